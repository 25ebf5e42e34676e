"""Changing or withdrawing an approved commitment: a public reason and the signatures of both sectors (domain.md 11, BR-27)."""

from collections.abc import Mapping
from enum import StrEnum

from app.core.errors import Problem
from app.plans.rules.commitments import SHORTEST_REASON, CommitmentProblem, CommitmentState
from app.plans.rules.plan import PlanSeat


class AmendmentKind(StrEnum):
    MODIFIED = "modified"
    WITHDRAWN = "withdrawn"


def problems_with_proposal(
    kind: AmendmentKind, state: CommitmentState, *, reason: str, changes: bool, has_open: bool
) -> tuple[Problem, ...]:
    """Why a change of a commitment in force is not put to the two sectors."""
    if state not in (CommitmentState.ADOPTED, CommitmentState.IN_EXECUTION):
        return (Problem(CommitmentProblem.NOT_A_STEP, None, {"state": state, "to": CommitmentState.WITHDRAWN}),)
    problems = []
    if has_open:
        problems.append(Problem(CommitmentProblem.CHANGE_OPEN))
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(CommitmentProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}))
    if kind is AmendmentKind.MODIFIED and not changes:
        problems.append(Problem(CommitmentProblem.NOTHING_CHANGES))
    return tuple(problems)


def problems_with_agreement(
    seat: PlanSeat, person_id: int, signed: Mapping[PlanSeat, int], *, is_settled: bool, is_stale: bool
) -> tuple[Problem, ...]:
    """Why a sector may not sign a proposed change: settled, written on another text, already signed, or signed by the same person."""
    if is_settled:
        return (Problem(CommitmentProblem.CHANGE_SETTLED),)
    if is_stale:
        return (Problem(CommitmentProblem.CHANGE_STALE),)
    if seat in signed:
        return (Problem(CommitmentProblem.CHANGE_SIGNED),)
    return (Problem(CommitmentProblem.CHANGE_SAME_PERSON),) if person_id in signed.values() else ()
