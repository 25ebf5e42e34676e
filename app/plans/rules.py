"""The plan: its states, what a commitment must say, and what its approval needs (domain.md 8, BR-08, BR-27)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_DESCRIPTION, SHORTEST_OVERRIDE = 40, 60
CODES_NAMED = 12


class PlanState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


class PlanSeat(StrEnum):
    GOVERNMENT = "government"
    NON_GOVERNMENT = "non-government"


class PlanProblem(StrEnum):
    NO_TITLE = "plan-no-title"
    ALREADY_OPEN = "plan-already-open"
    APPROVED = "plan-approved"
    CHANGED_MEANWHILE = "plan-changed-meanwhile"
    NO_COMMITMENTS = "plan-no-commitments"
    COMMITMENT_NO_TITLE = "commitment-no-title"
    COMMITMENT_SHORT = "commitment-short"
    COMMITMENT_NUMBER_TAKEN = "commitment-number-taken"
    COMMITMENT_NO_ORGANISATION = "commitment-no-organisation"
    COMMITMENT_IN_USE = "commitment-in-use"
    MILESTONE_NO_TITLE = "milestone-no-title"
    MILESTONE_NO_DATE = "milestone-no-date"
    MILESTONE_IN_USE = "milestone-in-use"
    ANSWERS_WAITING = "plan-answers-waiting"
    OVERRIDE_SHORT = "plan-override-short"
    OTHER_SEAT_GAVE_NO_REASON = "plan-other-seat-gave-no-reason"
    ALREADY_SIGNED = "plan-already-signed"
    SIGNED_OTHER_SEAT = "plan-signed-other-seat"
    PROCESS_STOPPED = "plan-process-stopped"


@dataclass(frozen=True)
class PlanDraft:
    """What heads the plan; `starts` and `ends` are months ("2027-01")."""

    title: str
    summary: str = ""
    starts: str = ""
    ends: str = ""
    approval_norm: str = ""


@dataclass(frozen=True)
class CommitmentDraft:
    """`description` is Markdown; `organisation` and `theme` are slugs; `number` None asks for the next one."""

    title: str
    description: str
    organisation: str = ""
    theme: str = ""
    number: int | None = None


@dataclass(frozen=True)
class MilestoneDraft:
    title: str
    due_on: date | None
    responsible: str = ""


def problems_with_plan(draft: PlanDraft) -> tuple[Problem, ...]:
    return () if draft.title.strip() else (Problem(PlanProblem.NO_TITLE, "title"),)


def problems_with_commitment(draft: CommitmentDraft) -> tuple[Problem, ...]:
    """A commitment has a title, says what will be done, and somebody is responsible."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(PlanProblem.COMMITMENT_NO_TITLE, "title"))
    if len(draft.description.strip()) < SHORTEST_DESCRIPTION:
        problems.append(Problem(PlanProblem.COMMITMENT_SHORT, "description", {"shortest": SHORTEST_DESCRIPTION}))
    if not draft.organisation:
        problems.append(Problem(PlanProblem.COMMITMENT_NO_ORGANISATION, "organisation"))
    return tuple(problems)


def problems_with_milestone(draft: MilestoneDraft) -> tuple[Problem, ...]:
    """A milestone can be checked: it has a name and a day."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(PlanProblem.MILESTONE_NO_TITLE, "title"))
    if draft.due_on is None:
        problems.append(Problem(PlanProblem.MILESTONE_NO_DATE, "due_on"))
    return tuple(problems)


def problems_with_signature(
    state: PlanState, *, commitments: int, revision: int, seen_revision: int, seat: PlanSeat, person_id: int,
    signed: Mapping[PlanSeat, tuple[int, str]], waiting_codes: Sequence[str], override_reason: str,
) -> tuple[Problem, ...]:  # fmt: skip
    """Why this seat may not sign the plan now; `signed` maps a seat to who signed and the reason for an override they gave."""
    problems = []
    if state is PlanState.APPROVED:
        return (Problem(PlanProblem.APPROVED),)
    if revision != seen_revision:
        problems.append(Problem(PlanProblem.CHANGED_MEANWHILE))
    if not commitments:
        problems.append(Problem(PlanProblem.NO_COMMITMENTS))
    if seat in signed:
        problems.append(Problem(PlanProblem.ALREADY_SIGNED))
    elif person_id in {person for person, _ in signed.values()}:
        problems.append(Problem(PlanProblem.SIGNED_OTHER_SEAT))
    if waiting_codes:
        problems += _problems_with_override(waiting_codes, override_reason, [reason for _, reason in signed.values()])
    return tuple(problems)


def _problems_with_override(waiting_codes: Sequence[str], reason: str, others: Sequence[str]) -> list[Problem]:
    named = ", ".join(waiting_codes[:CODES_NAMED]) + ("…" if len(waiting_codes) > CODES_NAMED else "")
    if not reason.strip():
        return [Problem(PlanProblem.ANSWERS_WAITING, "override_reason", {"count": len(waiting_codes), "codes": named})]
    if len(reason.strip()) < SHORTEST_OVERRIDE:
        return [Problem(PlanProblem.OVERRIDE_SHORT, "override_reason", {"shortest": SHORTEST_OVERRIDE})]
    if any(not other for other in others):
        return [Problem(PlanProblem.OTHER_SEAT_GAVE_NO_REASON)]
    return []
