"""What other rules would have chosen with the same ballots."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from app.budgeting.counting import ledger
from app.budgeting.counting.count import Result, count
from app.budgeting.counting.election import Election
from app.budgeting.counting.parameters import Completion, Parameters, Rule

FIVE = (
    (Rule.GREEDY, Completion.NONE),
    (Rule.GREEDY_NO_SKIP, Completion.NONE),
    (Rule.EQUAL_SHARES, Completion.NONE),
    (Rule.EQUAL_SHARES, Completion.ADD1),
    (Rule.PHRAGMEN, Completion.NONE),
)


@dataclass(frozen=True)
class Alternative:
    """Another rule's winners, against those of the count: which it adds, which it lacks, and how many voters get nothing."""

    rule: Rule
    completion: Completion
    winners: tuple[str, ...]
    spent: Fraction
    added: tuple[str, ...]
    lacking: tuple[str, ...]
    voters_without: int
    is_tie_sensitive: bool


def compared(result: Result, rules: Sequence[tuple[Rule, Completion]] = FIVE) -> list[Alternative]:
    """Each rule with the rest of the sheet as it is, the count's own among them if it is listed."""
    own = (result.parameters.rule, result.parameters.completion)
    return [_alternative(result if one == own else _counted(result.election, result.parameters, one), result) for one in rules]


def _counted(election: Election, parameters: Parameters, one: tuple[Rule, Completion]) -> Result:
    return count(election, replace(parameters, rule=one[0], completion=one[1]))


def _alternative(other: Result, result: Result) -> Alternative:
    ours, theirs = set(result.winners), set(other.winners)
    return Alternative(
        other.parameters.rule,
        other.parameters.completion,
        other.winners,
        other.spent,
        tuple(name for name in other.winners if name not in ours),
        tuple(name for name in result.winners if name not in theirs),
        ledger.reach(other.contest, other.won).without,
        other.is_tie_sensitive,
    )
