"""Dates of a call, applications, jury, lot, results, readiness: tables of cases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.calls.rules import applying, choosing, course, readiness
from app.calls.rules.applying import ApplicationDraft, ApplicationProblem, ApplicationState, Outcome
from app.calls.rules.choosing import Candidate, Juror, JuryProblem, Weight
from app.calls.rules.course import CallDraft, CallKind, CallProblem, CallStage, CallState, CriterionDraft, Dates, SeatOffer, Selection
from app.calls.rules.readiness import Conclusion, Question, Readiness, ReadinessProblem
from app.organisations.rules import Sector

NOON = datetime(2027, 3, 20, 17, 0, tzinfo=UTC)
TODAY = date(2027, 3, 20)


def codes(problems: object) -> list[str]:
    return [str(problem.code) for problem in problems]  # type: ignore[attr-defined]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def call(**changes: object) -> CallDraft:
    draft = CallDraft(
        CallKind.RENEWAL, "Renovación", "Resumen", "Texto", "Personería o acta de constitución vigente.", Selection.VOTE,
        day(1), day(14), day(30), day(40), seats=(SeatOffer(Sector.CIVIL_SOCIETY, (6, 7)),),
    )  # fmt: skip
    return replace(draft, **changes)


WHOLE = (CriterionDraft("Apertura", 60), CriterionDraft("Ambición", 40))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"title": ""}, [CallProblem.TITLE_MISSING]),
        ({"requirements": "Ninguno"}, [CallProblem.REQUIREMENTS_MISSING]),
        ({"closes_on": day(13)}, [CallProblem.OPEN_TOO_SHORT]),  # 13 days, both counted
        ({"opens_on": day(0), "closes_on": day(14)}, [CallProblem.OPENS_BEFORE_NOTICE]),  # criteria are public before it opens
        ({"results_on": day(14)}, [CallProblem.RESULTS_BEFORE_CLOSE]),
        ({"claims_until": day(34)}, [CallProblem.CLAIMS_TOO_SHORT]),
        ({"seats": ()}, [CallProblem.SEATS_MISSING]),
        ({"selection": Selection.SCORING}, [CallProblem.CRITERIA_MISSING]),
        ({"selection": Selection.SCORING, "criteria": (CriterionDraft("Apertura", 60),)}, [CallProblem.WEIGHTS_WRONG]),
        ({"selection": Selection.SCORING, "criteria": WHOLE}, []),
        ({"kind": CallKind.CONTEST, "seats": ()}, [CallProblem.CONTEST_IS_SCORED]),
        ({"kind": CallKind.CONTEST, "seats": (), "selection": Selection.SCORING, "criteria": WHOLE}, []),
    ],
)
def test_when_a_call_may_be_published(changes: dict[str, object], expected: list[CallProblem]) -> None:
    assert codes(course.problems_with_publishing(call(**changes), CallState.DRAFT, NOON)) == expected


@pytest.mark.parametrize(
    ("state", "today", "stage"),
    [
        (CallState.DRAFT, 5, CallStage.DRAFT),
        (CallState.PUBLISHED, 0, CallStage.PUBLISHED),
        (CallState.PUBLISHED, 1, CallStage.OPEN),
        (CallState.PUBLISHED, 14, CallStage.OPEN),
        (CallState.PUBLISHED, 15, CallStage.CLOSED),
        (CallState.EVALUATING, 20, CallStage.EVALUATING),
        (CallState.RESULTS, 40, CallStage.CLAIMS),
        (CallState.RESULTS, 41, CallStage.RESULTS),
        (CallState.FINISHED, 90, CallStage.FINISHED),
    ],
)
def test_a_call_opens_and_closes_by_its_dates(state: CallState, today: int, stage: CallStage) -> None:
    assert course.stage(state, Dates(day(1), day(14), day(40)), day(today)) is stage


def application(**changes: object) -> ApplicationDraft:
    draft = ApplicationDraft(
        "Red Vecinal",
        Sector.CIVIL_SOCIETY,
        "Ada Poma",
        "ada@example.pe",
        motive="Trabajamos desde hace diez años con juntas vecinales de la zona.",
    )
    return replace(draft, **changes)


@pytest.mark.parametrize(
    ("kind", "stage", "changes", "expected"),
    [
        (CallKind.RENEWAL, CallStage.OPEN, {}, []),
        (CallKind.RENEWAL, CallStage.CLOSED, {}, [ApplicationProblem.CALL_NOT_OPEN]),
        (CallKind.RENEWAL, CallStage.OPEN, {"organisation": ""}, [ApplicationProblem.ORGANISATION_MISSING]),
        (CallKind.RENEWAL, CallStage.OPEN, {"representative": ""}, [ApplicationProblem.REPRESENTATIVE_MISSING]),
        (CallKind.RENEWAL, CallStage.OPEN, {"email": ""}, [ApplicationProblem.REACH_MISSING]),
        (CallKind.RENEWAL, CallStage.OPEN, {"motive": "Porque sí."}, [ApplicationProblem.MOTIVE_SHORT]),
        (CallKind.RENEWAL, CallStage.OPEN, {"sector": Sector.PRIVATE}, [ApplicationProblem.SECTOR_NOT_CALLED]),
        (CallKind.CONTEST, CallStage.OPEN, {"reform": "Abrir datos"}, [ApplicationProblem.ONLY_GOVERNMENT]),
        (CallKind.CONTEST, CallStage.OPEN, {"sector": Sector.GOVERNMENT}, [ApplicationProblem.REFORM_MISSING]),
        (CallKind.CONTEST, CallStage.OPEN, {"sector": Sector.GOVERNMENT, "reform": "Abrir datos"}, []),
    ],
)
def test_which_applications_are_received(
    kind: CallKind, stage: CallStage, changes: dict[str, object], expected: list[ApplicationProblem]
) -> None:
    found = applying.problems_with_application(application(**changes), kind, stage, [Sector.CIVIL_SOCIETY])
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("stage", "state", "reason", "expected"),
    [
        (CallStage.CLOSED, ApplicationState.RECEIVED, "Presentó todos los documentos.", []),
        (CallStage.OPEN, ApplicationState.RECEIVED, "Presentó todos los documentos.", [ApplicationProblem.NOT_CHECKABLE]),
        (CallStage.CLAIMS, ApplicationState.ELIGIBLE, "Presentó todos los documentos.", [ApplicationProblem.NOT_CHECKABLE]),
        (CallStage.CLOSED, ApplicationState.WITHDRAWN, "Presentó todos los documentos.", [ApplicationProblem.NOT_CHECKABLE]),
        (CallStage.CLOSED, ApplicationState.RECEIVED, "Sí", [ApplicationProblem.REASON_MISSING]),
    ],
)
def test_requirements_are_checked_after_closing_with_a_reason(
    stage: CallStage, state: ApplicationState, reason: str, expected: list[ApplicationProblem]
) -> None:
    assert codes(applying.problems_with_checking(stage, state, reason)) == expected


THREE = [Juror(1, True), Juror(2, True), Juror(3, True)]


@pytest.mark.parametrize(
    ("is_closed", "states", "jurors", "needs_jury", "expected"),
    [
        (True, [ApplicationState.ELIGIBLE], THREE, True, []),
        (False, [ApplicationState.ELIGIBLE], THREE, True, [CallProblem.NOT_CLOSED]),
        (True, [ApplicationState.RECEIVED], THREE, True, [CallProblem.ELIGIBILITY_UNDONE]),
        (True, [ApplicationState.ELIGIBLE], THREE[:2], True, [CallProblem.TOO_FEW_JURORS]),
        (True, [ApplicationState.ELIGIBLE], [*THREE, Juror(4, False)], True, [CallProblem.CONFLICTS_UNDECLARED]),
        (True, [ApplicationState.ELIGIBLE], [], False, []),
    ],
)
def test_evaluation_begins_with_conflicts_declared(
    is_closed: bool, states: list[ApplicationState], jurors: list[Juror], needs_jury: bool, expected: list[CallProblem]
) -> None:
    found = choosing.problems_with_evaluating(CallState.PUBLISHED, is_closed=is_closed, states=states, jurors=jurors, needs_jury=needs_jury)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("juror", "values", "expected"),
    [
        (Juror(1, True), {1: 4, 2: 0}, []),
        (Juror(1, False), {1: 4, 2: 0}, [JuryProblem.NOT_DECLARED]),
        (Juror(1, True, frozenset({7})), {1: 4, 2: 0}, [JuryProblem.CONFLICTED]),
        (Juror(1, True), {1: 5, 2: 0}, [JuryProblem.SCORE_OUT_OF_SCALE]),
        (Juror(1, True), {1: 4}, [JuryProblem.SCORE_OUT_OF_SCALE]),
    ],
)
def test_a_juror_scores_what_they_have_no_conflict_with(juror: Juror, values: dict[int, int], expected: list[JuryProblem]) -> None:
    assert codes(choosing.problems_with_score(juror, 7, values, {1: 4, 2: 4})) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([(1, 4), (2, 4)], 10_000),
        ([(1, 4), (1, 2), (2, 0)], 4_500),  # mean 3 of 4, weight 60
        ([(1, 4)], 6_000),
        ([], 0),
        ([(1, 1), (1, 1), (1, 2)], 2_000),
    ],
)
def test_points_are_means_times_weights(scores: list[tuple[int, int]], expected: int) -> None:
    assert choosing.points(scores, {1: Weight(60, 4), 2: Weight(40, 4)}) == expected


def test_equal_points_share_a_place() -> None:
    assert [(p.application_id, p.place) for p in choosing.ranking({5: 80, 3: 80, 4: 90})] == [(4, 1), (3, 2), (5, 2)]


def test_the_lot_can_be_drawn_again_by_anybody() -> None:
    import hashlib

    codes_ = ["REN-1", "REN-2", "REN-3", "REN-4"]
    order = choosing.drawn("08-15-16-23-42", codes_)
    assert order == tuple(sorted(codes_, key=lambda code: hashlib.sha256(f"08-15-16-23-42|{code}".encode()).hexdigest()))
    assert choosing.drawn("08-15-16-23-42", reversed(codes_)) == order
    assert choosing.drawn("otra semilla", codes_) != order


def candidate(id: int, place: int | None, **changes: object) -> Candidate:
    return replace(Candidate(id, Sector.CIVIL_SOCIETY, ApplicationState.ELIGIBLE, place), **changes)


def test_as_many_are_proposed_as_there_are_seats() -> None:
    found = choosing.proposed([candidate(1, 1), candidate(2, 2), candidate(3, 3)], {Sector.CIVIL_SOCIETY: 2})
    assert found == {1: Outcome.SELECTED, 2: Outcome.SELECTED, 3: Outcome.RESERVE}


def test_a_tie_across_the_last_seat_chooses_nobody_by_itself() -> None:
    found = choosing.proposed([candidate(1, 1), candidate(2, 2), candidate(3, 2)], {Sector.CIVIL_SOCIETY: 2})
    assert found == {1: Outcome.SELECTED, 2: Outcome.RESERVE, 3: Outcome.RESERVE}


REASON = "Obtuvo el mayor puntaje de su sector."
SEATS = {Sector.CIVIL_SOCIETY: 1}


@pytest.mark.parametrize(
    ("state", "candidates", "expected"),
    [
        (CallState.EVALUATING, [candidate(1, 1, outcome=Outcome.SELECTED, reason=REASON)], []),
        (CallState.PUBLISHED, [candidate(1, 1, outcome=Outcome.SELECTED, reason=REASON)], [CallProblem.NOT_EVALUATING]),
        (CallState.EVALUATING, [candidate(1, 1, outcome=Outcome.SELECTED)], [CallProblem.RESULTS_UNDONE]),
        (CallState.EVALUATING, [candidate(1, 1, reason=REASON)], [CallProblem.RESULTS_UNDONE]),
        (
            CallState.EVALUATING,
            [candidate(1, 1, outcome=Outcome.SELECTED, reason=REASON), candidate(2, 2, outcome=Outcome.SELECTED, reason=REASON)],
            [CallProblem.TOO_MANY_CHOSEN],
        ),
        (
            CallState.EVALUATING,
            [candidate(1, 1, outcome=Outcome.RESERVE, reason=REASON), candidate(2, 2, outcome=Outcome.SELECTED, reason=REASON)],
            [CallProblem.CHOSEN_SKIPS],
        ),
        (
            CallState.EVALUATING,
            [candidate(1, 1, state=ApplicationState.INELIGIBLE, outcome=Outcome.SELECTED, reason=REASON)],
            [CallProblem.CHOSEN_NOT_ELIGIBLE],
        ),
    ],
)
def test_results_answer_everybody_and_skip_nobody(state: CallState, candidates: list[Candidate], expected: list[CallProblem]) -> None:
    assert codes(choosing.problems_with_results(state, candidates, SEATS)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Readiness(False, False, False, False), []),
        (Readiness(False, False, False, False, requires_induction=True), [ReadinessProblem.NEEDS_INDUCTION]),
        (Readiness(True, False, False, False, requires_induction=True), []),
        (Readiness(True, True, False, True, requires_induction=True), [ReadinessProblem.NEEDS_ASSESSMENT]),
        (Readiness(True, True, True, True, True, Conclusion.WITH_CONDITIONS), []),
        (Readiness(True, True, True, True, True, Conclusion.NOT_SUSTAINABLE), [ReadinessProblem.NOT_SUSTAINABLE]),
    ],
)
def test_who_may_own_a_commitment(facts: Readiness, expected: list[ReadinessProblem]) -> None:
    assert codes(readiness.ownership_problems(facts)) == expected


ANSWERS = dict.fromkeys(Question, "Una respuesta con sustento y una fecha.")


@pytest.mark.parametrize(
    ("changes", "is_signed", "expected"),
    [
        ({}, False, []),
        ({"reform": ""}, False, [ReadinessProblem.REFORM_MISSING]),
        ({"answers": ANSWERS | {Question.BUDGET: "Sí"}}, False, [ReadinessProblem.ANSWER_MISSING]),
        ({"reasons": ""}, False, [ReadinessProblem.CONCLUSION_SHORT]),
        ({}, True, [ReadinessProblem.SIGNED]),
    ],
)
def test_a_pre_assessment_answers_every_question(changes: dict[str, object], is_signed: bool, expected: list[ReadinessProblem]) -> None:
    draft = readiness.AssessmentDraft("Datos abiertos", ANSWERS, Conclusion.SUSTAINABLE, "Tiene norma, presupuesto y equipo.")
    assert codes(readiness.problems_with_assessment(replace(draft, **changes), is_signed=is_signed)) == expected


@pytest.mark.parametrize(
    ("changes", "is_government", "expected"),
    [
        ({}, True, []),
        ({}, False, [ReadinessProblem.NOT_GOVERNMENT]),
        ({"done_on": day(1)}, True, [ReadinessProblem.DATE_IN_FUTURE]),
        ({"hours": 0}, True, [ReadinessProblem.HOURS_WRONG]),
        ({"taught_by": ""}, True, [ReadinessProblem.TAUGHT_BY_MISSING]),
        ({"certificate": ""}, True, [ReadinessProblem.CERTIFICATE_MISSING]),
    ],
)
def test_an_induction_has_a_certificate(changes: dict[str, object], is_government: bool, expected: list[ReadinessProblem]) -> None:
    draft = readiness.InductionDraft(TODAY, 6, 12, "Secretaría", "Valores", "Constancia 001-2027")
    assert codes(readiness.problems_with_induction(replace(draft, **changes), is_government=is_government, today=TODAY)) == expected
