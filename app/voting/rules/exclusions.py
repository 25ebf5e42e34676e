"""A project that can no longer be done is left out of the count: asked by one person, settled by another, before the box is closed.

The ballot and the rules do not change (B09): it stays on the ballot, marked, and cannot win. After the close nobody may ask for it, so
that nothing of a result can be behind it.
"""

from collections.abc import Collection
from enum import StrEnum

from app.core.errors import Problem
from app.voting.rules.terms import VoteState

SHORTEST_REASON = 20
WHILE = (VoteState.ANNOUNCED, VoteState.OPEN)


class ExclusionProblem(StrEnum):
    TOO_LATE = "exclusion-too-late"
    UNKNOWN = "exclusion-unknown"
    ALREADY = "exclusion-already"
    REASON_MISSING = "exclusion-reason-missing"
    SETTLED = "exclusion-settled"
    SAME_PERSON = "exclusion-same-person"


def problems_with_asking(
    state: VoteState, number: int, reason: str, *, on_ballot: Collection[int], asked: Collection[int]
) -> list[Problem]:  # fmt: skip
    """`asked` are the projects already out, or waiting for a second person."""
    if state not in WHILE:
        return [Problem(ExclusionProblem.TOO_LATE)]
    problems = []
    if number not in on_ballot:
        problems.append(Problem(ExclusionProblem.UNKNOWN, "number"))
    elif number in asked:
        problems.append(Problem(ExclusionProblem.ALREADY, "number"))
    if len(reason) < SHORTEST_REASON:
        problems.append(Problem(ExclusionProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    return problems


def problems_with_settling(state: VoteState, *, is_settled: bool, is_same_person: bool) -> list[Problem]:
    """Whoever asked does not settle it."""
    if is_settled:
        return [Problem(ExclusionProblem.SETTLED)]
    if state not in WHILE:
        return [Problem(ExclusionProblem.TOO_LATE)]
    return [Problem(ExclusionProblem.SAME_PERSON)] if is_same_person else []
