"""The checks of an answer, the signatures under it, and the numbers: tables of cases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.feedback.rules.acts import FeedbackProblem, is_agreed, problems_with_return, problems_with_signature
from app.feedback.rules.checks import REQUIRED, CheckCode, Facts, Level, MergeTarget, checks, stops
from app.feedback.rules.coverage import Coverage
from app.feedback.rules.drafts import DecisionDraft, content_sha256, signed_content
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason, Seat
from app.feedback.rules.personal_data import LeakKind, leaks
from app.feedback.rules.pile import AnswerFilters, PileFilters, PileState
from app.feedback.rules.wording import contrasts, likeness, shares_a_word

LONG = "Su pedido de monitores en el desagüe se estudió con la gerencia y con la comunidad. " * 2
FACTS = Facts(
    code="PRB-C-0001",
    title="Monitores del desagüe",
    today=date(2027, 3, 20),
    commitments={1: {"1.1"}, 2: set()},
    reply_to="foro@example.pe",
    merge_target=MergeTarget("PRB-C-0002", is_known=True, has_final_answer=True),
)
GOOD: dict[Outcome, DecisionDraft] = {
    Outcome.ADOPTED: DecisionDraft(Outcome.ADOPTED, what_changed="Antes no había; ahora habrá.", commitment=1, milestone="1.1"),
    Outcome.ADOPTED_PARTIALLY: DecisionDraft(
        Outcome.ADOPTED_PARTIALLY, Reason.R04, adopted_part="Los monitores.", rejected_part="El pago.", commitment=2
    ),
    Outcome.ALREADY_COVERED: DecisionDraft(Outcome.ALREADY_COVERED, Reason.R01, reference="Ordenanza 12-2025"),
    Outcome.DEFERRED: DecisionDraft(Outcome.DEFERRED, Reason.R05, target_cycle="Plan 2029", carry_over_owner="Secretaría"),
    Outcome.REFERRED: DecisionDraft(
        Outcome.REFERRED,
        Reason.R02,
        reference="Ley 27972",
        referred_to="SUNASS",
        referred_document="Oficio 118",
        referred_on=date(2027, 3, 3),
    ),
    Outcome.NOT_ADOPTED: DecisionDraft(Outcome.NOT_ADOPTED, Reason.R09, criterion="Demanda", change_needed="Que lo pidan más personas."),
    Outcome.OUT_OF_SCOPE: DecisionDraft(Outcome.OUT_OF_SCOPE, Reason.R07, where_to_go="La comisaría de su barrio."),
    Outcome.MERGED: DecisionDraft(Outcome.MERGED, merged_into="PRB-C-0002"),
    Outcome.NEEDS_CLARIFICATION: DecisionDraft(
        Outcome.NEEDS_CLARIFICATION, question="¿En qué tramo?", clarify_by=date(2027, 3, 27), fallback=Outcome.NOT_ADOPTED
    ),
    Outcome.WITHDRAWN: DecisionDraft(Outcome.WITHDRAWN, request_record="Correo del 10 de marzo"),
}
GOOD = {outcome: replace(draft, text=LONG, organisation="gerencia-obras") for outcome, draft in GOOD.items()}


def codes(draft: DecisionDraft, facts: Facts = FACTS) -> set[str]:
    return {str(p.code) for p in stops(draft, facts)}


BY_PROJECT = replace(GOOD[Outcome.ADOPTED], commitment=None, milestone="", reference="https://minka.example.pe/proyectos/PP27-PR-007")
"""In a participatory budget what is adopted shows in a project that was chosen."""


@pytest.mark.parametrize("outcome", Outcome)
def test_a_complete_answer_of_each_outcome_has_nothing_that_stops_it(outcome: Outcome) -> None:
    assert codes(GOOD[outcome]) == set()


@pytest.mark.parametrize(("outcome", "field", "code"), [(o, f, c) for o, required in REQUIRED.items() for f, c in required])
def test_each_outcome_asks_for_its_own_fields(outcome: Outcome, field: str, code: CheckCode) -> None:
    empty = None if field in ("referred_on", "clarify_by", "fallback") else ""
    assert str(code) in codes(replace(GOOD[outcome], **{field: empty}))


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_needs_its_reason_adopted_included(outcome: Outcome) -> None:
    assert "no-text" in codes(replace(GOOD[outcome], text="  "))


@pytest.mark.parametrize("outcome", Outcome)
def test_the_reason_has_forty_letters_when_adopted_and_a_hundred_and_twenty_otherwise(outcome: Outcome) -> None:
    shortest = 40 if outcome is Outcome.ADOPTED else 120
    assert "text-short" in codes(replace(GOOD[outcome], text="m" * (shortest - 1)))
    assert "text-short" not in codes(replace(GOOD[outcome], text="m" * shortest))


def test_in_a_retroactive_process_the_length_only_warns() -> None:
    draft, facts = replace(GOOD[Outcome.NOT_ADOPTED], text="Muy caro."), replace(FACTS, is_retroactive=True)
    assert codes(draft, facts) == set()
    assert CheckCode.TEXT_SHORT in {c.code for c in checks(draft, facts) if c.level is Level.WARN}
    assert "no-text" in codes(replace(draft, text=""), facts)


@pytest.mark.parametrize(
    "outcome", [o for o in Outcome if o not in (Outcome.ADOPTED, Outcome.MERGED, Outcome.NEEDS_CLARIFICATION, Outcome.WITHDRAWN)]
)
def test_what_is_not_fully_adopted_needs_a_reason_of_the_list(outcome: Outcome) -> None:
    assert "no-reason-code" in codes(replace(GOOD[outcome], reason_code=None))


@pytest.mark.parametrize(
    ("draft", "facts", "expected"),
    [
        (DecisionDraft(), FACTS, {"no-outcome", "no-text", "no-organisation"}),
        (replace(GOOD[Outcome.NOT_ADOPTED], reason_code=Reason.R99, text="m" * 199), FACTS, {"r99-short"}),
        (replace(GOOD[Outcome.NOT_ADOPTED], reason_code=Reason.R99, text="m" * 200), FACTS, set()),
        (replace(GOOD[Outcome.NOT_ADOPTED], reason_code=Reason.R02), FACTS, {"no-reference"}),
        (replace(GOOD[Outcome.NOT_ADOPTED], reason_code=Reason.R03), FACTS, {"no-reference"}),
        (replace(GOOD[Outcome.ALREADY_COVERED], reference=""), FACTS, {"no-reference"}),
        (replace(GOOD[Outcome.ADOPTED], commitment=None, milestone=""), FACTS, {"no-commitment"}),
        (BY_PROJECT, FACTS, {"no-commitment"}),
        (BY_PROJECT, replace(FACTS, chosen_projects=frozenset({"PP27-PR-008"})), {"no-commitment"}),
        (BY_PROJECT, replace(FACTS, chosen_projects=frozenset({"PP27-PR-007"})), set()),
        (replace(GOOD[Outcome.ADOPTED_PARTIALLY], commitment=None), FACTS, {"no-commitment"}),
        (replace(GOOD[Outcome.ADOPTED], commitment=9), FACTS, {"unknown-commitment"}),
        (replace(GOOD[Outcome.ADOPTED], milestone="2.1"), FACTS, {"unknown-milestone"}),
        (replace(GOOD[Outcome.NOT_ADOPTED], organisation=""), FACTS, {"no-organisation"}),
        (GOOD[Outcome.NOT_ADOPTED], replace(FACTS, reply_to=""), {"no-reply-path"}),
        (GOOD[Outcome.NOT_ADOPTED], replace(FACTS, is_moderated=False), {"not-moderated"}),
        (GOOD[Outcome.NOT_ADOPTED], replace(FACTS, is_correction=True), {"no-correction-reason"}),
        (replace(GOOD[Outcome.NOT_ADOPTED], correction_reason="Faltaba."), replace(FACTS, is_correction=True), set()),
        (replace(GOOD[Outcome.REFERRED], referred_on=date(2027, 3, 21)), FACTS, {"referred-ahead"}),
        (replace(GOOD[Outcome.NEEDS_CLARIFICATION], clarify_by=date(2027, 3, 26)), FACTS, {"clarify-too-soon"}),
        (replace(GOOD[Outcome.NEEDS_CLARIFICATION], fallback=Outcome.NEEDS_CLARIFICATION), FACTS, {"fallback-not-final"}),
        (GOOD[Outcome.MERGED], replace(FACTS, merge_target=MergeTarget("X", is_known=False)), {"unknown-merge-target"}),
        (GOOD[Outcome.MERGED], replace(FACTS, merge_target=MergeTarget("PRB-C-0001", True, True)), {"merged-into-itself"}),
        (GOOD[Outcome.MERGED], replace(FACTS, merge_target=MergeTarget("PRB-C-0002", True, True, leads_back=True)), {"merge-cycle"}),
        (GOOD[Outcome.MERGED], replace(FACTS, merge_target=MergeTarget("PRB-C-0002", True)), {"merge-target-unanswered"}),
        (GOOD[Outcome.MERGED], replace(FACTS, merge_target=MergeTarget("PRB-C-0002", True), batch=frozenset({"PRB-C-0002"})), set()),
    ],
)
def test_what_stops_an_answer(draft: DecisionDraft, facts: Facts, expected: set[str]) -> None:
    assert codes(draft, facts) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Su DNI 40123456 consta.", [LeakKind.DNI]),
        ("El señor de documento 40123456 vino.", [LeakKind.DNI]),
        ("Expediente 20270118 en trámite.", []),
        ("Cuesta S/ 12345678 en total.", []),
        ("Llame al 987 654 321.", [LeakKind.PHONE]),
        ("Llame al +51 987654321.", [LeakKind.PHONE]),
        ("La central es (084) 227152.", []),
        ("Escriba a rosa.q@gmail.com.", [LeakKind.EMAIL]),
        ("Escriba a mesa@municusco.gob.pe.", []),
        ("Vea https://example.org/a/98765432109.", []),
        ("La vecina Quispe lo dijo.", [LeakKind.SURNAME]),
        ("La vecina QUISPE y Huaman.", [LeakKind.SURNAME, LeakKind.SURNAME]),
        ("Rosa lo dijo.", []),
    ],
)
def test_personal_data_is_found_and_documents_of_offices_are_not(text: str, found: list[LeakKind]) -> None:
    assert [leak.kind for leak in leaks(text, hidden_name="Rosa Quispe Huamán")] == found


def test_a_surname_that_is_a_public_place_is_no_leak() -> None:
    assert leaks("En Santiago habrá taller.", hidden_name="Juan Campos Santiago", public_words={"santiago"}) == ()
    draft = replace(GOOD[Outcome.NOT_ADOPTED], text=LONG + " Señora Quispe.")
    assert codes(draft, replace(FACTS, hidden_name="Rosa Quispe Huamán")) == {"has-surname"}
    assert codes(draft, FACTS) == set()


def test_warnings_do_not_stop() -> None:
    long_sentence = " ".join(["palabra"] * 31) + "."
    draft = replace(GOOD[Outcome.ADOPTED], text=long_sentence, what_changed="Habrá veedores.")
    found = {c.code for c in checks(draft, replace(FACTS, title="Ciclovía")) if c.level is Level.WARN}
    assert found == {CheckCode.NO_TITLE_WORD, CheckCode.LONG_SENTENCE, CheckCode.NO_BEFORE_AFTER, CheckCode.HARD_TO_READ}
    assert codes(draft, replace(FACTS, title="Ciclovía")) == set()


def test_an_answer_after_the_plan_is_marked_late_and_not_withheld() -> None:
    late = replace(FACTS, plan_approved_at=datetime(2027, 3, 1, tzinfo=UTC))
    assert codes(GOOD[Outcome.NOT_ADOPTED], late) == set()
    assert CheckCode.LATE in {c.code for c in checks(GOOD[Outcome.NOT_ADOPTED], late)}


def test_wording() -> None:
    assert shares_a_word("Monitores del desagüe", "Los monitor de DESAGUES") and not shares_a_word("Ciclovía", "Monitores")
    assert shares_a_word("", "x")
    assert contrasts("Antes nadie; ahora todos") and not contrasts("Habrá veedores")


def test_the_hash_covers_every_part_and_the_code() -> None:
    draft = GOOD[Outcome.NOT_ADOPTED]
    sha256 = content_sha256(draft, "PRB-C-0001")
    others = [
        replace(draft, text=draft.text + "."),
        replace(draft, commitment=1),
        replace(draft, referred_on=date(2027, 1, 1)),
        replace(draft, correction_reason="x"),
        replace(draft, outcome=Outcome.DEFERRED),
    ]
    assert len({sha256, content_sha256(draft, "PRB-C-0002"), *(content_sha256(o, "PRB-C-0001") for o in others)}) == 7
    assert sha256 == content_sha256(replace(draft), "PRB-C-0001")
    assert signed_content(DecisionDraft(), "A") == {"contribution": "A"}


SIGN = {"person_id": 5, "seat": Seat.GOVERNMENT, "post": "Gerente", "writers": {1}, "signed": {}}


@pytest.mark.parametrize(
    ("state", "seen", "changes", "expected"),
    [
        (DecisionState.REVIEW, "a", {}, set()),
        (DecisionState.DRAFT, "a", {}, {FeedbackProblem.NOT_IN_REVIEW}),
        (DecisionState.PUBLISHED, "a", {}, {FeedbackProblem.NOT_IN_REVIEW}),
        (DecisionState.REVIEW, "b", {}, {FeedbackProblem.TEXT_CHANGED}),
        (DecisionState.REVIEW, "a", {"person_id": 1}, {FeedbackProblem.WRITER_SIGNS}),
        (DecisionState.REVIEW, "a", {"signed": {Seat.NON_GOVERNMENT: 5}}, {FeedbackProblem.SIGNED_OTHER_SEAT}),
        (DecisionState.REVIEW, "a", {"signed": {Seat.GOVERNMENT: 7}}, {FeedbackProblem.ALREADY_SIGNED}),
        (DecisionState.REVIEW, "a", {"post": " "}, {FeedbackProblem.NO_POST}),
    ],
)
def test_who_may_sign(state: DecisionState, seen: str, changes: dict[str, object], expected: set[FeedbackProblem]) -> None:
    found = problems_with_signature(state, "a", seen, **{**SIGN, **changes})  # type: ignore[arg-type]
    assert {p.code for p in found} == expected


@pytest.mark.parametrize(
    ("signatures", "writers", "agreed"),
    [
        ([(Seat.GOVERNMENT, 1, "a"), (Seat.NON_GOVERNMENT, 2, "a")], {3}, True),
        ([(Seat.GOVERNMENT, 1, "a")], {3}, False),
        ([(Seat.GOVERNMENT, 1, "a"), (Seat.NON_GOVERNMENT, 2, "b")], {3}, False),
        ([(Seat.GOVERNMENT, 1, "a"), (Seat.NON_GOVERNMENT, 1, "a")], {3}, False),
        ([(Seat.GOVERNMENT, 1, "a"), (Seat.NON_GOVERNMENT, 2, "a")], {2}, False),
    ],
)
def test_two_people_of_two_sectors_agree_on_one_text(signatures: list[tuple[Seat, int, str]], writers: set[int], agreed: bool) -> None:
    assert is_agreed("a", signatures, writers) is agreed


def test_an_answer_is_returned_with_a_note_and_only_before_it_is_public() -> None:
    assert problems_with_return(DecisionState.REVIEW, "Falta la norma exacta.") == ()
    assert {p.code for p in problems_with_return(DecisionState.PUBLISHED, "no")} == {
        FeedbackProblem.CANNOT_BE_RETURNED,
        FeedbackProblem.NOTE_SHORT,
    }


def test_the_numbers_reconcile() -> None:
    vector = Coverage(120, {Outcome.ADOPTED: 100, Outcome.MERGED: 10, Outcome.NOT_ADOPTED: 8, Outcome.WITHDRAWN: 2})
    assert (vector.answered, vector.expected, vector.waiting, vector.percent) == (118, 118, 0, 100)
    missing = Coverage(120, {Outcome.ADOPTED: 117, Outcome.NEEDS_CLARIFICATION: 1, Outcome.WITHDRAWN: 1})
    assert (missing.answered, missing.waiting, missing.percent) == (117, 2, 98)
    assert missing.received == missing.answered + missing.withdrawn + missing.waiting
    assert Coverage(0).percent == 100


def test_filters_travel_in_the_query_string_and_nonsense_is_ignored() -> None:
    args = {"estado": "borrador", "mias": "si", "tema": "agua", "q": "desagüe"}
    assert PileFilters.parse(args).arguments() == args
    assert PileFilters.parse({"estado": "<x>", "taller": "-1"}) == PileFilters(state=PileState.UNANSWERED)
    assert AnswerFilters.parse({"resultado": "nada"}) == AnswerFilters()
    assert AnswerFilters.parse({"resultado": "adopted", "q": " a  b "}).arguments() == {"resultado": "adopted", "q": "a b"}


def test_an_answer_that_repeats_another_is_warned_about() -> None:
    other = "Gracias por su pedido. La obra la supervisa el distrito y ya enviamos su pedido a esa municipalidad con un oficio."
    assert likeness(other, other.upper()) == 1 and likeness("", "") == 0 and likeness(other, "Otra cosa muy distinta.") < 0.3
    alike, own = other.replace("Gracias", "Muchas gracias"), other + " En Ccorca habrá tres monitores elegidos en asamblea desde junio."
    for text, expected in ((alike, {"PRB-C-0007"}), (own, set())):
        draft = replace(GOOD[Outcome.NOT_ADOPTED], text=text)
        found = checks(draft, replace(FACTS, others={"PRB-C-0007": other, "PRB-C-0008": "Corto."}))
        assert {c.values["target"] for c in found if c.code is CheckCode.BOILERPLATE} == expected
        assert all(c.level is Level.WARN for c in found if c.code is CheckCode.BOILERPLATE)
