"""Applications: who applies for what, whether the requirements are met, claims; each is answered in writing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.calls.rules.course import SHORTEST_REASON, CallKind, CallStage
from app.core.errors import Problem
from app.organisations.rules import Sector, is_government

SHORTEST_MOTIVE = 60


class ApplicationState(StrEnum):
    RECEIVED = "received"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What came of an application that met the requirements; one that did not has its reason there."""

    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not-selected"


class ApplicationProblem(StrEnum):
    CALL_NOT_OPEN = "application-call-not-open"
    ORGANISATION_MISSING = "application-organisation-missing"
    REPRESENTATIVE_MISSING = "application-representative-missing"
    REACH_MISSING = "application-reach-missing"
    MOTIVE_SHORT = "application-motive-short"
    SECTOR_NOT_CALLED = "application-sector-not-called"
    ONLY_GOVERNMENT = "application-only-government"
    REFORM_MISSING = "application-reform-missing"
    REPEATED = "application-repeated"
    NOT_CHECKABLE = "application-not-checkable"
    REASON_MISSING = "application-reason-missing"
    CLAIM_SHORT = "claim-short"
    CLAIM_ANSWER_SHORT = "claim-answer-short"
    CLAIM_ANSWERED = "claim-answered"
    CLAIM_REPEATED = "claim-repeated"


@dataclass(frozen=True)
class ApplicationDraft:
    """What an organisation sends. The representative's name and addresses are restricted; the rest is public when checked."""

    organisation: str
    sector: Sector
    representative: str
    email: str = ""
    phone: str = ""
    motive: str = ""
    reform: str = ""
    is_ongoing: bool = False
    alternate: str = ""


def problems_with_application(draft: ApplicationDraft, kind: CallKind, stage: CallStage, sectors: Iterable[Sector]) -> tuple[Problem, ...]:
    """Open, of a sector that is called, complete enough to be judged and to be answered."""
    if stage is not CallStage.OPEN:
        return (Problem(ApplicationProblem.CALL_NOT_OPEN),)
    problems = []
    if not draft.organisation.strip():
        problems.append(Problem(ApplicationProblem.ORGANISATION_MISSING, "organisation"))
    if not draft.representative.strip():
        problems.append(Problem(ApplicationProblem.REPRESENTATIVE_MISSING, "representative"))
    if not draft.email and not draft.phone:
        problems.append(Problem(ApplicationProblem.REACH_MISSING, "email"))
    if len(draft.motive.strip()) < SHORTEST_MOTIVE:
        problems.append(Problem(ApplicationProblem.MOTIVE_SHORT, "motive", {"shortest": SHORTEST_MOTIVE}))
    if kind is CallKind.RENEWAL and draft.sector not in set(sectors):
        problems.append(Problem(ApplicationProblem.SECTOR_NOT_CALLED, "sector"))
    if kind is CallKind.CONTEST and not is_government(draft.sector):
        problems.append(Problem(ApplicationProblem.ONLY_GOVERNMENT, "sector"))
    if kind is CallKind.CONTEST and not draft.reform.strip():
        problems.append(Problem(ApplicationProblem.REFORM_MISSING, "reform"))
    return tuple(problems)


def problems_with_checking(stage: CallStage, state: ApplicationState, reason: str) -> tuple[Problem, ...]:
    """Requirements are checked once the call has closed and before results, each with a reason people can read."""
    if stage not in (CallStage.CLOSED, CallStage.EVALUATING) or state is ApplicationState.WITHDRAWN:
        return (Problem(ApplicationProblem.NOT_CHECKABLE),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(ApplicationProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


def problems_with_claim(text: str) -> tuple[Problem, ...]:
    if len(text.strip()) < SHORTEST_REASON:
        return (Problem(ApplicationProblem.CLAIM_SHORT, "text", {"shortest": SHORTEST_REASON}),)
    return ()


def problems_with_claim_answer(text: str, *, is_answered: bool) -> tuple[Problem, ...]:
    if is_answered:
        return (Problem(ApplicationProblem.CLAIM_ANSWERED),)
    if len(text.strip()) < SHORTEST_REASON:
        return (Problem(ApplicationProblem.CLAIM_ANSWER_SHORT, "answer", {"shortest": SHORTEST_REASON}),)
    return ()
