"""What a project must say, who may judge it, and how it is answered: tables of cases."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.budgeting.counting.contest import Fate
from app.feedback.rules.checks.codes import CheckCode
from app.feedback.rules.outcomes import Outcome, Reason
from app.projects.rules import ENDED, ProjectState, can_become
from app.projects.rules.answers import AnswerDraft, AnswerProblem, AnswerState, problems_with_answer, problems_with_approval
from app.projects.rules.appeals import AppealProblem, last_day, problems_with_appeal, problems_with_deciding
from app.projects.rules.evaluating import (
    Conclusion,
    EvaluationDraft,
    EvaluationProblem,
    EvaluationState,
    Finding,
    SheetCriterion,
    SheetState,
    Step,
    problems_with_approving,
    problems_with_asking,
    problems_with_sheet,
    problems_with_submitting,
)
from app.projects.rules.filters import ProjectFilters
from app.projects.rules.matrix import (
    WHOLE,
    Candidate,
    Marker,
    MatrixCriterion,
    MatrixDraft,
    MatrixProblem,
    MatrixState,
    Tally,
    problems_with_marking,
    problems_with_matrix,
    problems_with_ranking,
    ranking,
)
from app.projects.rules.writing import (
    ProjectDraft,
    ProjectProblem,
    Standing,
    problems_with_editing,
    problems_with_merge,
    problems_with_project,
    problems_with_publishing,
    problems_with_split,
)

TODAY = date(2027, 3, 20)
LONG = (
    "El terreno propuesto está dentro de la faja marginal del río, donde la ley no deja construir, "
    "aunque la necesidad es real y está comprobada."
)
GOOD = ProjectDraft(
    "Puente peatonal de Ccorca", "En lluvias el río corta el paso a la escuela y a la posta.", cost_cents=100_00,
    cost_basis="Metrado de la oficina.",
)  # fmt: skip
REFUSED = AnswerDraft(Outcome.NOT_ADOPTED, Reason.R06, LONG, criterion="Viabilidad técnica", change_needed="Otro lugar.")
CRITERIA = (
    SheetCriterion("land", Step.FORMAL, "Terreno", "Con la partida."),
    SheetCriterion("technical", Step.MERIT, "Técnica", "Con la visita."),
)


def codes(problems: object) -> list[str]:
    return [str(p.code) for p in problems]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"title": "Puente"}, [ProjectProblem.TITLE_SHORT]),
        ({"problem": "Llueve."}, [ProjectProblem.PROBLEM_SHORT]),
        ({"theme": "otro"}, [ProjectProblem.UNKNOWN_THEME]),
        ({"ubigeo": "150101"}, [ProjectProblem.UNKNOWN_TERRITORY]),
        ({"cost_cents": 0}, [ProjectProblem.COST_TOO_LARGE]),
        ({"cost_cents": None, "cost_basis": ""}, []),
        ({"cost_basis": "A ojo"}, [ProjectProblem.BASIS_SHORT]),
        ({"yearly_cost_cents": -1}, [ProjectProblem.YEARLY_NEGATIVE]),
    ],
)
def test_a_project_says_what_why_and_how_its_cost_was_computed(changes: dict[str, object], expected: list[str]) -> None:
    draft = replace(GOOD, **changes)
    assert codes(problems_with_project(draft, themes=frozenset({"obras"}), territories=frozenset({"080102"}))) == expected


def test_a_public_project_changes_only_with_a_reason_and_before_it_is_chosen() -> None:
    assert codes(problems_with_editing(ProjectState.DRAFT, is_public=False, reason="")) == []
    assert codes(problems_with_editing(ProjectState.DRAFT, is_public=True, reason="porque sí")) == [ProjectProblem.REASON_SHORT]
    assert codes(problems_with_editing(ProjectState.PRIORITISED, is_public=True, reason=LONG)) == [ProjectProblem.NOT_EDITABLE]


def test_a_project_becomes_public_with_a_cost_and_an_origin() -> None:
    assert codes(problems_with_publishing(is_public=False, origins=0, cost_cents=None)) == [
        ProjectProblem.NO_ORIGIN,
        ProjectProblem.COST_MISSING,
    ]
    assert codes(problems_with_publishing(is_public=True, origins=1, cost_cents=5)) == [ProjectProblem.ALREADY_PUBLIC]


@pytest.mark.parametrize(
    ("one", "into", "reason", "expected"),
    [
        (Standing(1, 1, ProjectState.DRAFT), Standing(2, 1, ProjectState.ADMISSIBLE), LONG, []),
        (Standing(1, 1, ProjectState.DRAFT), Standing(1, 1, ProjectState.DRAFT), LONG, [ProjectProblem.MERGED_INTO_ITSELF]),
        (Standing(1, 1, ProjectState.DRAFT), Standing(2, 9, ProjectState.DRAFT), LONG, [ProjectProblem.MERGE_ELSEWHERE]),
        (Standing(1, 1, ProjectState.MERGED), Standing(2, 1, ProjectState.DRAFT), LONG, [ProjectProblem.NOT_MERGEABLE]),
        (Standing(1, 1, ProjectState.DRAFT), Standing(2, 1, ProjectState.AGREED), LONG, [ProjectProblem.MERGE_TARGET_ENDED]),
        (Standing(1, 1, ProjectState.DRAFT), Standing(2, 1, ProjectState.DRAFT), "Sí", [ProjectProblem.REASON_SHORT]),
    ],
)
def test_projects_of_one_round_merge_before_the_choice(one: Standing, into: Standing, reason: str, expected: list[str]) -> None:
    assert codes(problems_with_merge(one, into, reason)) == expected


def test_what_is_left_of_a_split_project_says_its_cost_again() -> None:
    found = codes(problems_with_split(ProjectState.DRAFT, None, "", ""))
    assert found == [ProjectProblem.REMAINDER_MISSING, ProjectProblem.BASIS_SHORT, ProjectProblem.REASON_SHORT]
    assert codes(problems_with_split(ProjectState.MERGED, 5, LONG, LONG)) == [ProjectProblem.NOT_EDITABLE]


@pytest.mark.parametrize(
    ("state", "wanted", "may"),
    [
        (ProjectState.ADMISSIBLE, ProjectState.PRIORITISED, True),
        (ProjectState.DRAFT, ProjectState.PRIORITISED, False),
        (ProjectState.NOT_ADMISSIBLE, ProjectState.PRIORITISED, False),
        (ProjectState.NOT_PRIORITISED, ProjectState.PRIORITISED, True),
        (ProjectState.ADMISSIBLE, ProjectState.AGREED, False),
        (ProjectState.PRIORITISED, ProjectState.AGREED, True),
        (ProjectState.AGREED, ProjectState.DROPPED, True),
        (ProjectState.MERGED, ProjectState.DROPPED, False),
        (ProjectState.DROPPED, ProjectState.DROPPED, False),
    ],
)
def test_nothing_of_the_course_is_skipped(state: ProjectState, wanted: ProjectState, may: bool) -> None:
    assert can_become(state, wanted) is may


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"outcome": None}, [CheckCode.NO_OUTCOME]),
        ({"outcome": Outcome.ADOPTED}, [AnswerProblem.WRONG_OUTCOME]),
        ({"outcome": Outcome.MERGED}, [AnswerProblem.WRONG_OUTCOME]),
        ({"text": ""}, [CheckCode.NO_TEXT]),
        ({"text": "No se puede."}, [CheckCode.TEXT_SHORT]),
        ({"reason_code": None}, [CheckCode.NO_REASON_CODE]),
        ({"reason_code": Reason.R99}, [CheckCode.R99_SHORT]),
        ({"reason_code": Reason.R03}, [CheckCode.NO_REFERENCE]),
        ({"criterion": ""}, [CheckCode.NO_CRITERION]),
        ({"change_needed": " "}, [CheckCode.NO_CHANGE_NEEDED]),
        ({"outcome": Outcome.OUT_OF_SCOPE}, [CheckCode.NO_WHERE_TO_GO]),
        ({"outcome": Outcome.DEFERRED}, [CheckCode.NO_TARGET_CYCLE, CheckCode.NO_CARRY_OVER_OWNER]),
        (
            {"outcome": Outcome.REFERRED, "referred_to": "La empresa", "referred_document": "Oficio", "referred_on": date(2027, 3, 21)},
            [CheckCode.REFERRED_AHEAD],
        ),
        ({"text": LONG + " Llame al 984 123 456."}, [CheckCode.HAS_PHONE]),
    ],
)
def test_a_refusal_carries_a_reason_of_the_same_list_as_every_answer(changes: dict[str, object], expected: list[str]) -> None:
    assert codes(problems_with_answer(replace(REFUSED, **changes), ProjectState.NOT_ADMISSIBLE, today=TODAY)) == expected


def test_every_end_can_be_answered_and_nothing_else() -> None:
    for state in ProjectState:
        is_refused = AnswerProblem.NOT_ENDED in codes(problems_with_answer(REFUSED, state, today=TODAY))
        assert is_refused is (state not in ENDED)
    merged = AnswerDraft(Outcome.MERGED, text=LONG, merged_into="PP-1")
    assert codes(problems_with_answer(merged, ProjectState.MERGED, today=TODAY)) == []
    assert codes(problems_with_answer(replace(merged, merged_into=""), ProjectState.MERGED, today=TODAY)) == [CheckCode.NO_MERGE_TARGET]


def test_nobody_approves_what_they_wrote() -> None:
    assert codes(problems_with_approval(AnswerState.REVIEW, frozenset({1}), 1)) == [AnswerProblem.WRITER_APPROVES]
    assert codes(problems_with_approval(AnswerState.DRAFT, frozenset({1}), 2)) == [AnswerProblem.NOT_IN_REVIEW]
    assert codes(problems_with_approval(AnswerState.REVIEW, frozenset({1}), 2)) == []


MET = {"land": (Finding.MET, ""), "technical": (Finding.MET, "")}
UNMET = {"land": (Finding.NOT_MET, "Está en la faja marginal del río."), "technical": (None, "")}
OPINION = "Cumple los criterios: el terreno está saneado y el costo es razonable para la obra."


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (EvaluationDraft(MET, Conclusion.ADMISSIBLE, OPINION), []),
        (EvaluationDraft(MET, Conclusion.ADMISSIBLE, "Bien."), [EvaluationProblem.OPINION_SHORT]),
        (EvaluationDraft({}, Conclusion.ADMISSIBLE, OPINION), [EvaluationProblem.FINDING_MISSING] * 2),
        (EvaluationDraft(MET, None, OPINION), [EvaluationProblem.CONCLUSION_MISSING]),
        (EvaluationDraft(UNMET, Conclusion.ADMISSIBLE, OPINION), [EvaluationProblem.ADMITS_UNMET]),
        (EvaluationDraft(UNMET, Conclusion.NOT_ADMISSIBLE, "", REFUSED), []),
        (EvaluationDraft(UNMET, Conclusion.NOT_ADMISSIBLE, ""), [CheckCode.NO_OUTCOME]),
        (EvaluationDraft(MET, Conclusion.NOT_ADMISSIBLE, "", REFUSED), [EvaluationProblem.REFUSES_ALL_MET]),
        (EvaluationDraft({**MET, "land": (Finding.NOT_MET, "")}, Conclusion.NOT_ADMISSIBLE, "", REFUSED), [EvaluationProblem.NOTE_SHORT]),
        (
            EvaluationDraft({**MET, "technical": (Finding.NEEDS_CHANGE, "Falta el estudio de suelos.")}, Conclusion.ADMISSIBLE, OPINION),
            [EvaluationProblem.ADMITS_UNMET],
        ),
    ],
)
def test_the_conclusion_follows_from_the_findings(draft: EvaluationDraft, expected: list[str]) -> None:
    assert codes(problems_with_submitting(draft, CRITERIA, has_cost=True, today=TODAY)) == expected


def test_a_project_without_a_cost_is_not_admissible() -> None:
    draft = EvaluationDraft(MET, Conclusion.ADMISSIBLE, OPINION)
    assert codes(problems_with_submitting(draft, CRITERIA, has_cost=False, today=TODAY)) == [EvaluationProblem.COST_MISSING]


def test_whoever_decided_before_does_not_approve_again() -> None:
    state = EvaluationState.REVIEW
    assert codes(problems_with_approving(state, evaluator_id=1, earlier=frozenset(), person_id=1)) == [EvaluationProblem.WRITER_APPROVES]
    assert codes(problems_with_approving(state, evaluator_id=1, earlier=frozenset({2}), person_id=2)) == [EvaluationProblem.APPROVER_BEFORE]
    assert codes(problems_with_approving(state, evaluator_id=1, earlier=frozenset({2}), person_id=3)) == []


def test_criteria_say_how_they_are_verified_and_freeze() -> None:
    assert codes(problems_with_sheet(CRITERIA, 5, state=SheetState.FROZEN)) == [EvaluationProblem.SHEET_FROZEN]
    assert codes(problems_with_sheet((), 5, state=None)) == [EvaluationProblem.SHEET_EMPTY]
    short = (replace(CRITERIA[0], hint="Mirar"), replace(CRITERIA[1], name="Terreno"))
    assert codes(problems_with_sheet(short, 99, state=None)) == [
        EvaluationProblem.SHEET_HINT_SHORT, EvaluationProblem.SHEET_REPEATED, EvaluationProblem.SHEET_DAYS,
    ]  # fmt: skip


def test_a_question_leaves_time_to_answer() -> None:
    given = {"is_own": True, "question": "¿De quién es el terreno de la losa?", "today": TODAY, "has_open": False}
    assert codes(problems_with_asking(EvaluationState.WRITING, due_on=date(2027, 3, 22), **given)) == [EvaluationProblem.QUESTION_TOO_SOON]
    assert codes(problems_with_asking(EvaluationState.REVIEW, due_on=date(2027, 3, 30), **given)) == [EvaluationProblem.NOT_WRITABLE]
    assert codes(problems_with_asking(EvaluationState.WRITING, due_on=date(2027, 3, 30), **given)) == []


def test_an_appeal_is_in_time_once_and_decided_by_somebody_new() -> None:
    until = last_day(date(2027, 3, 15), 5)
    state = ProjectState.NOT_ADMISSIBLE
    assert until == TODAY and codes(problems_with_appeal(state, until, LONG, today=TODAY, has_open=False)) == []
    assert codes(problems_with_appeal(state, until, LONG, today=date(2027, 3, 21), has_open=False)) == [AppealProblem.TOO_LATE]
    assert codes(problems_with_appeal(state, until, LONG, today=TODAY, has_open=True)) == [AppealProblem.REPEATED]
    assert codes(problems_with_appeal(ProjectState.DRAFT, until, LONG, today=TODAY, has_open=False)) == [AppealProblem.NOT_APPEALABLE]
    assert codes(problems_with_deciding(is_decided=False, involved=frozenset({1}), person_id=1, reason=LONG)) == [AppealProblem.INVOLVED]
    assert codes(problems_with_deciding(is_decided=True, involved=frozenset(), person_id=1, reason=LONG)) == [AppealProblem.DECIDED]
    assert codes(problems_with_deciding(is_decided=False, involved=frozenset(), person_id=1, reason="No.")) == [AppealProblem.REASON_SHORT]


LEVELS = ((0, "Nada"), (5, "Algo"), (10, "Mucho"))
MATRIX = MatrixDraft(
    (MatrixCriterion("a", "Pobreza", 60, Marker.TEAM, LEVELS), MatrixCriterion("b", "Gente", 40, Marker.AGENTS, LEVELS)),
    "Por sorteo con la semilla anunciada antes.",
)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (MATRIX, []),
        (MatrixDraft((), MATRIX.tie_rule), [MatrixProblem.EMPTY]),
        (replace(MATRIX, tie_rule=""), [MatrixProblem.TIE_RULE_SHORT]),
        (replace(MATRIX, criteria=(replace(MATRIX.criteria[0], weight=0),)), [MatrixProblem.WEIGHT_WRONG]),
        (replace(MATRIX, criteria=(replace(MATRIX.criteria[0], levels=((5, "Algo"), (0, "Nada"))),)), [MatrixProblem.LEVELS_WRONG]),
        (replace(MATRIX, criteria=(MATRIX.criteria[0], MATRIX.criteria[0])), [MatrixProblem.REPEATED]),
    ],
)
def test_a_matrix_says_its_weights_levels_and_ties(draft: MatrixDraft, expected: list[str]) -> None:
    assert codes(problems_with_matrix(draft, None)) == expected
    assert codes(problems_with_matrix(draft, MatrixState.FROZEN)) == [MatrixProblem.FROZEN]


def test_each_marks_what_is_theirs_with_a_published_level() -> None:
    assert codes(problems_with_marking(MatrixState.PUBLISHED, MATRIX.criteria, {"a": 5}, Marker.TEAM)) == []
    assert codes(problems_with_marking(MatrixState.PUBLISHED, MATRIX.criteria, {"a": 7}, Marker.TEAM)) == [MatrixProblem.NOT_A_LEVEL]
    assert codes(problems_with_marking(MatrixState.RANKED, MATRIX.criteria, {"a": 5}, Marker.TEAM)) == [MatrixProblem.NOT_MARKABLE]
    assert codes(problems_with_marking(MatrixState.PUBLISHED, MATRIX.criteria[:1], {}, Marker.AGENTS)) == [MatrixProblem.NOT_YOURS]


TALLIES = (
    Tally("P1", "a", 10, 1),
    Tally("P1", "b", 15, 3),
    Tally("P2", "a", 5, 1),
    Tally("P2", "b", 30, 3),
    Tally("P3", "a", 0, 1),
    Tally("P3", "b", 0, 3),
)


def test_the_ranking_is_exact_and_cut_by_each_ceiling() -> None:
    candidates = [Candidate("P1", 100), Candidate("P2", 200), Candidate("P3", 80, "080102")]
    lines = ranking(MATRIX, candidates, TALLIES, {"080102": 80, "*": 300}, "semilla")
    assert [(line.part, line.place, line.code, line.total, line.fate, line.left_cents) for line in lines] == [
        ("080102", 1, "P3", Fraction(0), Fate.WON, 0),
        (WHOLE, 1, "P1", Fraction(8), Fate.WON, 200),
        (WHOLE, 2, "P2", Fraction(7), Fate.WON, 0),
    ]
    poor = ranking(MATRIX, candidates, TALLIES, {"080102": 80, "*": 250}, "semilla")
    assert [(line.code, line.fate) for line in poor if line.part == WHOLE] == [("P1", Fate.WON), ("P2", Fate.DOES_NOT_FIT)]
    strict = ranking(replace(MATRIX, minimum=750), candidates, TALLIES, {"080102": 80, "*": 300}, "semilla")
    assert [line.fate for line in strict] == [Fate.BELOW_THRESHOLD, Fate.WON, Fate.BELOW_THRESHOLD]


def test_nothing_is_ranked_with_marks_missing_or_evaluations_pending() -> None:
    candidates = [Candidate("P1", 100), Candidate("P9", 100)]
    state = MatrixState.FROZEN
    assert codes(problems_with_ranking(state, MATRIX.criteria, candidates, TALLIES, "semilla", 0)) == [MatrixProblem.MARK_MISSING]
    assert codes(problems_with_ranking(state, MATRIX.criteria, candidates[:1], TALLIES, "semilla", 2)) == [MatrixProblem.EVALUATING]
    assert codes(problems_with_ranking(state, MATRIX.criteria, candidates[:1], TALLIES, "x", 0)) == [MatrixProblem.SEED_SHORT]
    assert codes(problems_with_ranking(MatrixState.RANKED, MATRIX.criteria, candidates, TALLIES, "semilla", 0)) == [
        MatrixProblem.NOT_PUBLISHED
    ]


def test_nonsense_in_the_address_filters_nothing() -> None:
    assert ProjectFilters.parse({"estado": "x", "tema": "<b>", "territorio": "99x", "q": "  agua   segura "}) == ProjectFilters(
        q="agua segura"
    )
