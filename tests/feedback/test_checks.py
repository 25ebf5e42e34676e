"""The twenty-one questions of domain.md 6.4, on one answer and on a process: tables of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.contributions.rules.terms import Language
from app.feedback.messages.checks import CHECKS, FAULTS, QUESTIONS, said
from app.feedback.rules import wording
from app.feedback.rules.checks import QUESTION_OF, CheckCode, Facts, Level, Priority, Question, checks, stops
from app.feedback.rules.checks import process as whole
from app.feedback.rules.checks.findings import Check
from app.feedback.rules.checks.process import Counted, by_question, totals
from app.feedback.rules.drafts import DecisionDraft, PartDraft
from app.feedback.rules.outcomes import Outcome, Reason
from tests.feedback.test_rules import FACTS, GOOD

NOT_ADOPTED = GOOD[Outcome.NOT_ADOPTED]
OPENED = datetime(2027, 3, 1, 5, tzinfo=UTC)


def found(draft: DecisionDraft, facts: Facts = FACTS) -> dict[CheckCode, Level]:
    return {check.code: check.level for check in checks(draft, facts)}


def test_every_finding_belongs_to_a_question_and_says_something() -> None:
    assert set(QUESTION_OF) == set(CheckCode) == set(CHECKS)
    assert set(QUESTIONS) == set(Question) == set(whole.LEVELS)
    assert set(QUESTION_OF.values()) | {Question.Q1, Question.Q19, Question.Q21} == set(Question)


def test_the_levels_are_those_of_the_domain() -> None:
    stop = {1, 2, 3, 4, 6, 10, 11, 12, 14, 15, 19, 20}
    warn = {5, 7, 8, 13, 16, 17, 21}
    for question, level in whole.LEVELS.items():
        expected = Level.STOP if question.number in stop else Level.WARN if question.number in warn else Level.ASK
        assert level is expected


def test_stops_come_first_and_what_is_well_comes_last() -> None:
    levels = [check.level for check in checks(replace(NOT_ADOPTED, criterion=""), FACTS)]
    order = [Level.STOP, Level.WARN, Level.ASK, Level.GOOD]
    assert levels == sorted(levels, key=order.index)
    assert set(levels) == set(order)


@pytest.mark.parametrize(
    ("draft", "facts", "code", "level"),
    [
        (NOT_ADOPTED, FACTS, CheckCode.NO_SCORE, Level.WARN),
        (replace(NOT_ADOPTED, reason_code=Reason.R04), replace(FACTS), CheckCode.REPLY_PATH, Level.GOOD),
        (NOT_ADOPTED, replace(FACTS, language=Language.QUECHUA), CheckCode.NO_SUMMARY, Level.WARN),
        (replace(NOT_ADOPTED, summary="Yaku.", summary_language=Language.AYMARA), replace(FACTS, language=Language.QUECHUA),
         CheckCode.NO_SUMMARY, Level.WARN),
        (replace(NOT_ADOPTED, summary="Yaku.", summary_language=Language.QUECHUA), replace(FACTS, language=Language.QUECHUA),
         CheckCode.SUMMARISED, Level.GOOD),
        (NOT_ADOPTED, replace(FACTS, language=Language.OTHER), CheckCode.OTHER_LANGUAGE, Level.ASK),
        (replace(NOT_ADOPTED, group=("A-1", "A-2")), replace(FACTS, group=("A-1", "A-2", "A-3")), CheckCode.GROUP_INCOMPLETE, Level.STOP),
        (replace(NOT_ADOPTED, group=("A-1", "A-2")), FACTS, CheckCode.GROUP_INCOMPLETE, Level.STOP),
        (replace(NOT_ADOPTED, group=("A-1", "A-2")), replace(FACTS, group=("A-1", "A-2")), CheckCode.GROUP_LISTED, Level.GOOD),
        (NOT_ADOPTED, replace(FACTS, inputs_opened_at=OPENED), CheckCode.CRITERIA_LATE, Level.WARN),
        (NOT_ADOPTED, replace(FACTS, inputs_opened_at=OPENED, criteria_published_at=OPENED), CheckCode.CRITERIA_LATE, Level.WARN),
        (NOT_ADOPTED, replace(FACTS, inputs_opened_at=OPENED, criteria_published_at=OPENED - timedelta(days=1)),
         CheckCode.CRITERIA_IN_TIME, Level.GOOD),
        (NOT_ADOPTED, replace(FACTS, priority=Priority(3, 31)), CheckCode.PRIORITY_NOT_NAMED, Level.WARN),
        (replace(NOT_ADOPTED, text="El taller lo votó como prioridad. " * 5), replace(FACTS, priority=Priority(3, 31)),
         CheckCode.PRIORITY_NAMED, Level.GOOD),
        (NOT_ADOPTED, FACTS, CheckCode.DISSENT, Level.ASK),
        (NOT_ADOPTED, replace(FACTS, dissents=2), CheckCode.DISSENT_RECORDED, Level.GOOD),
        (replace(NOT_ADOPTED, correction_reason="Faltaba la norma."), replace(FACTS, is_correction=True),
         CheckCode.CORRECTION_SAID, Level.GOOD),
        (GOOD[Outcome.ADOPTED], FACTS, CheckCode.SAYS_WHAT_CHANGED, Level.GOOD),
        (replace(NOT_ADOPTED, text="La OPMI no dio paso al pedido de monitores del desagüe. " * 3), FACTS, CheckCode.ACRONYM, Level.WARN),
    ],
)  # fmt: skip
def test_what_surrounds_an_answer_is_found(draft: DecisionDraft, facts: Facts, code: CheckCode, level: Level) -> None:
    assert found(draft, facts).get(code) is level


@pytest.mark.parametrize(
    ("draft", "facts", "code"),
    [
        (NOT_ADOPTED, replace(FACTS, score_hundredths=6150), CheckCode.NO_SCORE),
        (replace(NOT_ADOPTED, criterion="", reason_code=Reason.R04), replace(FACTS, inputs_opened_at=OPENED), CheckCode.CRITERIA_LATE),
        (NOT_ADOPTED, FACTS, CheckCode.PRIORITY_NOT_NAMED),
        (NOT_ADOPTED, FACTS, CheckCode.GROUP_INCOMPLETE),
        (NOT_ADOPTED, FACTS, CheckCode.NO_SUMMARY),
    ],
)
def test_what_is_not_asked_is_not_found(draft: DecisionDraft, facts: Facts, code: CheckCode) -> None:
    assert code not in found(draft, facts)


def test_a_warning_names_the_words_it_is_about() -> None:
    sentence = "Este pedido de monitores del desagüe " + "sigue y sigue " * 12 + "sin parar."
    words = [said(check) for check in checks(replace(NOT_ADOPTED, text=sentence), FACTS) if check.code is CheckCode.LONG_SENTENCE]
    assert len(words) == 1
    assert "«Este pedido de monitores" in words[0]


def test_a_summary_is_asked_for_in_the_name_of_its_language() -> None:
    check = next(c for c in checks(NOT_ADOPTED, replace(FACTS, language=Language.QUECHUA)) if c.code is CheckCode.NO_SUMMARY)
    assert "quechua" in said(check)


PART = PartDraft(
    idea="Que haya monitores.", outcome=Outcome.NOT_ADOPTED, reason_code=Reason.R04, text=NOT_ADOPTED.text, criterion="Demanda",
    change_needed="Que lo pidan más personas.",
)  # fmt: skip
ADOPTED_PART = PartDraft(
    idea="Que se publique el expediente.", outcome=Outcome.ADOPTED, text=NOT_ADOPTED.text, what_changed="Antes no; ahora sí.", commitment=1
)


def split(*parts: PartDraft) -> DecisionDraft:
    return DecisionDraft(outcome=Outcome.ADOPTED_PARTIALLY, text=NOT_ADOPTED.text, organisation="gerencia-obras", parts=parts)


def test_each_idea_of_a_split_answer_is_judged_by_itself() -> None:
    assert stops(split(PART, ADOPTED_PART), FACTS) == ()
    broken = stops(split(PART, replace(ADOPTED_PART, commitment=None, idea=" ")), FACTS)
    assert {(str(p.code), p.field, p.values["part"]) for p in broken} == {
        ("no-commitment", "parts-1-commitment", 2), ("no-idea", "parts-1-idea", 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((PART,), "one-part"),
        ((PART, replace(PART, outcome=Outcome.MERGED)), "part-outcome"),
        ((PART, replace(PART, outcome=None)), "no-outcome"),
    ],
)
def test_a_split_answer_has_two_ideas_or_more_each_with_a_decision_of_its_own(parts: tuple[PartDraft, ...], code: str) -> None:
    assert code in {str(p.code) for p in stops(split(*parts), FACTS)}


def test_stops_are_the_same_alone_as_among_all_the_checks() -> None:
    for draft in (NOT_ADOPTED, DecisionDraft(), split(PART), replace(NOT_ADOPTED, text="DNI 12345678 " * 12, organisation="")):
        among_all = {(c.code, c.field) for c in checks(draft, FACTS) if c.level is Level.STOP}
        assert {(p.code, p.field) for p in stops(draft, FACTS)} == among_all


def test_a_question_that_blocks_only_warns_while_nothing_it_found_is_a_stop() -> None:
    warned, stopped = Check(Level.WARN, CheckCode.TEXT_SHORT, "text"), Check(Level.STOP, CheckCode.NO_REASON_CODE, "reason_code")
    assert by_question([("A-1", ()), ("A-2", (warned,))])[Question.Q3].level is Level.WARN
    assert by_question([("A-1", (stopped,)), ("A-2", (warned,))])[Question.Q3].level is Level.STOP
    assert by_question([("A-1", ())])[Question.Q3].level is Level.STOP


def test_a_process_is_counted_question_by_question() -> None:
    good, bad = checks(replace(NOT_ADOPTED, reason_code=Reason.R04), FACTS), checks(replace(NOT_ADOPTED, criterion=""), FACTS)
    standing = by_question([("A-1", good), ("A-2", bad)])
    assert standing[Question.Q2].passing == 2 and standing[Question.Q2].is_met
    assert standing[Question.Q3].passing == 1
    assert list(standing[Question.Q3].failing) == ["A-2"]
    assert {c.code for c in standing[Question.Q3].failing["A-2"]} == {CheckCode.NO_CRITERION, CheckCode.NO_SCORE}
    assert standing[Question.Q9].passing is None
    assert standing[Question.Q18].failing == {}


ROWS = [
    Counted("A-1", "adopted", "citizen", "08", ""),
    Counted("A-2", "not_adopted", "citizen", "08", "R04"),
    Counted("A-3", "", "academia", "", ""),
]


def test_totals_reconcile_by_outcome_sector_region_and_reason() -> None:
    counted = totals(ROWS, 3, {"adopted": 1, "not_adopted": 1, "deferred": 0})
    assert counted.wrong == ()
    assert counted.by_sector == {"citizen": 2, "academia": 1}
    assert whole.reconciled(counted).is_met


@pytest.mark.parametrize(
    ("rows", "received", "tally", "wrong"),
    [
        (ROWS, 4, {"adopted": 1, "not_adopted": 1}, {"outcome", "sector", "region", "reason"}),
        (ROWS, 3, {"adopted": 2, "not_adopted": 1}, {"tally"}),
        ([*ROWS, ROWS[0]], 4, {"adopted": 2, "not_adopted": 1}, {"code"}),
    ],
)
def test_totals_that_do_not_reconcile_are_named(rows: list[Counted], received: int, tally: dict[str, int], wrong: set[str]) -> None:
    counted = totals(rows, received, tally)
    assert set(counted.wrong) == wrong
    assert not whole.reconciled(counted).is_met
    assert wrong <= set(FAULTS)


def test_coverage_priorities_criteria_and_delivery_are_asked_of_the_process() -> None:
    assert whole.covered(["A-1", "A-2"], ["A-2"]).passing == 1
    assert whole.covered(["A-1"], []).is_met
    assert list(whole.priorities_closed(["A-1", "A-2"], ["A-1"]).failing) == ["A-2"]
    assert whole.criteria_in_time(OPENED - timedelta(1), OPENED).is_met
    assert not whole.criteria_in_time(None, OPENED).is_met
    assert not whole.criteria_in_time(OPENED, OPENED).is_met
    standing = whole.delivered({"A-1": True, "A-2": False})
    assert (standing.passing, standing.asked, list(standing.failing)) == (1, 2, ["A-2"])


BASE = "Su pedido se estudió con la gerencia y con la comunidad y no entra en este plan por falta de presupuesto para el año que viene"


def test_twins_are_those_that_share_nine_words_of_ten_outside_their_group() -> None:
    texts = {"A": f"{BASE} uno", "B": f"{BASE} dos", "C": "Otra cosa muy distinta sobre el agua de la parte alta.", "D": f"{BASE} tres"}
    twins = wording.twins(texts, {"A": ("A", "B"), "B": ("A", "B")})
    assert set(twins) == {"A", "B", "D"}
    assert wording.twins({"A": texts["A"], "B": texts["B"]}, {"A": ("A", "B"), "B": ("A", "B")}) == {}
    assert wording.twins({"A": texts["A"], "C": texts["C"]}) == {}


def test_the_quick_search_for_twins_agrees_with_comparing_every_pair() -> None:
    words = BASE.split()
    texts = {str(n): " ".join(words[: len(words) - n % 6] + [f"palabra{n}{k}" for k in range(n % 6)]) for n in range(60)}
    alike = {a for a in texts for b in texts if a != b and wording.likeness(texts[a], texts[b]) >= wording.TOO_ALIKE}
    assert set(wording.twins(texts)) == alike
    assert 0 < len(alike) < 60
