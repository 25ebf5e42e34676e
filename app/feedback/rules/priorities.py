"""What a workshop voted: how the votes rank it, and how each priority must end, in a commitment or in a reason (domain.md 6.4, Q17)."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.core.errors import Problem
from app.feedback.rules.outcomes import NEEDS_COMMITMENT, Outcome

MOST_VOTERS, MOST_VOTES_EACH = 10_000, 100
SHORTEST_OPTION = 10


class Ending(StrEnum):
    COMMITMENT = "commitment"
    REASON = "reason"
    OPEN = "open"


class PriorityProblem(StrEnum):
    BALLOT_INCOMPLETE = "priority-ballot-incomplete"
    BALLOT_NOT_A_NUMBER = "priority-ballot-not-a-number"
    MORE_VOTES_THAN_CAST = "priority-more-votes-than-cast"
    OPTION_WITHOUT_VOTES = "priority-option-without-votes"


def ending_of(outcome: Outcome | None, text: str, *, has_commitment: bool) -> Ending:
    """How a priority ended by its public answer (none yet: `outcome` None). Adopted without a commitment is still open."""
    if outcome is None or not outcome.is_final:
        return Ending.OPEN
    if has_commitment:
        return Ending.COMMITMENT
    return Ending.OPEN if outcome in NEEDS_COMMITMENT or not text.strip() else Ending.REASON


def ranks(votes: Sequence[int]) -> list[int]:
    """The place of each, the most voted first: 1, 2, 2, 4. Equal votes share a place."""
    return [1 + sum(other > count for other in votes) for count in votes]


def problems_with_ballot(votes: Iterable[int | None], voters: int | None, votes_each: int | None) -> tuple[Problem, ...]:
    """How many voted and with how many votes each are said together or not at all; nobody voted more than that."""
    if voters is None and votes_each is None:
        return ()
    if voters is None or votes_each is None:
        return (Problem(PriorityProblem.BALLOT_INCOMPLETE, "voters"),)
    if not 0 < voters <= MOST_VOTERS or not 0 < votes_each <= MOST_VOTES_EACH:
        return (Problem(PriorityProblem.BALLOT_NOT_A_NUMBER, "voters", {"voters": MOST_VOTERS, "each": MOST_VOTES_EACH}),)
    counted = sum(count or 0 for count in votes)
    if counted > voters * votes_each:
        return (Problem(PriorityProblem.MORE_VOTES_THAN_CAST, "voters", {"counted": counted, "cast": voters * votes_each}),)
    return ()
