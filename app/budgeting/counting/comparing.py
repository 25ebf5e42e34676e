"""What other rules would have chosen with the same ballots."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from app.budgeting.counting import ledger
from app.budgeting.counting.count import Result, count
from app.budgeting.counting.election import Election
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule

Way = tuple[Rule, Completion, Order]
"""How to count: the order matters only to what ranks projects by their votes."""

FIVE: tuple[Way, ...] = (
    (Rule.GREEDY, Completion.NONE, Order.SCORE),
    (Rule.GREEDY_NO_SKIP, Completion.NONE, Order.SCORE),
    (Rule.EQUAL_SHARES, Completion.NONE, Order.SCORE),
    (Rule.EQUAL_SHARES, Completion.ADD1, Order.SCORE),
    (Rule.PHRAGMEN, Completion.NONE, Order.SCORE),
)
PER_COST: Way = (Rule.GREEDY, Completion.NONE, Order.SCORE_PER_COST)


@dataclass(frozen=True)
class Alternative:
    """Another rule's winners, against those of the count: which it adds, which it lacks, and how many voters get nothing."""

    rule: Rule
    completion: Completion
    order: Order
    winners: tuple[str, ...]
    spent: Fraction
    added: tuple[str, ...]
    lacking: tuple[str, ...]
    voters_without: int
    is_tie_sensitive: bool


def compared(result: Result, rules: Sequence[Way] = FIVE) -> list[Alternative]:
    """Each rule with the rest of the sheet as it is, the count's own among them if it is listed."""
    own = way_of(result.parameters)
    return [_alternative(result if one == own else _counted(result.election, result.parameters, one), one, result) for one in rules]


def way_of(parameters: Parameters) -> Way:
    """The rule of a sheet as it is compared with others."""
    ranks = parameters.rule.is_greedy or parameters.completion.uses_greedy
    return parameters.rule, parameters.completion, parameters.order if ranks else Order.SCORE


def _counted(election: Election, parameters: Parameters, one: Way) -> Result:
    return count(election, replace(parameters, rule=one[0], completion=one[1], order=one[2]))


def _alternative(other: Result, one: Way, result: Result) -> Alternative:
    ours, theirs = set(result.winners), set(other.winners)
    return Alternative(
        *one,
        other.winners,
        other.spent,
        tuple(name for name in other.winners if name not in ours),
        tuple(name for name in result.winners if name not in theirs),
        ledger.reach(other.contest, other.won).without,
        other.is_tie_sensitive,
    )
