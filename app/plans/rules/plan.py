"""The plan: its states, what heads it, and what its approval and its submission need (domain.md 8, 11; BR-08, BR-22, BR-27)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_OVERRIDE = 60
CODES_NAMED = 12
FEWEST_ADVISED, MOST_ADVISED = 5, 15


class PlanState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


class PlanSeat(StrEnum):
    GOVERNMENT = "government"
    NON_GOVERNMENT = "non-government"


class PlanSource(StrEnum):
    """Whether the plan was written here, or its record brought afterwards (BR-36)."""

    NATIVE = "native"
    IMPORTED = "imported-retroactive"


class PlanProblem(StrEnum):
    NO_TITLE = "plan-no-title"
    DATES_REVERSED = "plan-dates-reversed"
    ALREADY_OPEN = "plan-already-open"
    APPROVED = "plan-approved"
    NOT_APPROVED = "plan-not-approved"
    CHANGED_MEANWHILE = "plan-changed-meanwhile"
    NO_COMMITMENTS = "plan-no-commitments"
    COMMITMENT_NO_TITLE = "commitment-no-title"
    COMMITMENT_SHORT = "commitment-short"
    COMMITMENT_NUMBER_TAKEN = "commitment-number-taken"
    COMMITMENT_NO_ORGANISATION = "commitment-no-organisation"
    COMMITMENT_IN_USE = "commitment-in-use"
    MILESTONE_NO_TITLE = "milestone-no-title"
    MILESTONE_NO_DATE = "milestone-no-date"
    MILESTONE_DATES_REVERSED = "milestone-dates-reversed"
    MILESTONE_IN_USE = "milestone-in-use"
    ANSWERS_WAITING = "plan-answers-waiting"
    OVERRIDE_SHORT = "plan-override-short"
    OTHER_SEAT_GAVE_NO_REASON = "plan-other-seat-gave-no-reason"
    ALREADY_SIGNED = "plan-already-signed"
    SIGNED_OTHER_SEAT = "plan-signed-other-seat"
    PROCESS_STOPPED = "plan-process-stopped"
    SUBMISSION_FUTURE = "plan-submission-future"
    SUBMISSION_BEFORE_APPROVAL = "plan-submission-before-approval"
    SUBMISSION_NO_DOCUMENT = "plan-submission-no-document"
    ALREADY_SUBMITTED = "plan-already-submitted"


@dataclass(frozen=True)
class PlanDraft:
    """What heads the plan. Its days are free: nobody is held to two years (domain.md 3.6)."""

    title: str
    summary: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    approval_norm: str = ""
    approval_norm_url: str = ""


def problems_with_plan(draft: PlanDraft) -> tuple[Problem, ...]:
    """A plan has a title, and does not end before it starts."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(PlanProblem.NO_TITLE, "title"))
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        problems.append(Problem(PlanProblem.DATES_REVERSED, "ends_on"))
    return tuple(problems)


class CountAdvice(StrEnum):
    FEW = "few-commitments"
    MANY = "many-commitments"


def advice_on_count(commitments: int) -> CountAdvice | None:
    """BR-22: a few, focused commitments; 5 to 15 in the old guidance. Advice, never a refusal."""
    if commitments > MOST_ADVISED:
        return CountAdvice.MANY
    return CountAdvice.FEW if 0 < commitments < FEWEST_ADVISED else None


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


def problems_with_submission(
    state: PlanState, *, approved_on: date | None, is_submitted: bool, submitted_on: date | None, document: str, today: date
) -> tuple[Problem, ...]:
    """Why the plan is not recorded as handed to OGP: only once, only what was approved, with its document, never in the future."""
    if state is not PlanState.APPROVED:
        return (Problem(PlanProblem.NOT_APPROVED),)
    if is_submitted:
        return (Problem(PlanProblem.ALREADY_SUBMITTED),)
    problems = []
    if submitted_on is None or submitted_on > today:
        problems.append(Problem(PlanProblem.SUBMISSION_FUTURE, "submitted_on"))
    elif approved_on and submitted_on < approved_on:
        problems.append(Problem(PlanProblem.SUBMISSION_BEFORE_APPROVAL, "submitted_on"))
    if not document.strip():
        problems.append(Problem(PlanProblem.SUBMISSION_NO_DOCUMENT, "document"))
    return tuple(problems)
