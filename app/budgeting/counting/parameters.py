"""The sheet of parameters of a count: what is fixed and published before the vote, because each of them can change who wins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from app.budgeting.counting.election import Election, VoteType
from app.budgeting.counting.problems import CountingProblem, refuse


class Rule(StrEnum):
    GREEDY = "greedy"
    GREEDY_NO_SKIP = "greedy-no-skip"
    GREEDY_THRESHOLD = "greedy-threshold"
    GREEDY_NO_SKIP_THRESHOLD = "greedy-no-skip-threshold"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"

    @property
    def stops_at_first_that_does_not_fit(self) -> bool:
        return self in (Rule.GREEDY_NO_SKIP, Rule.GREEDY_NO_SKIP_THRESHOLD)

    @property
    def wants_threshold(self) -> bool:
        return self in (Rule.GREEDY_THRESHOLD, Rule.GREEDY_NO_SKIP_THRESHOLD)

    @property
    def is_greedy(self) -> bool:
        return self not in (Rule.EQUAL_SHARES, Rule.PHRAGMEN)


class Completion(StrEnum):
    """What Equal Shares does with the money nobody could spend."""

    NONE = "none"
    ADD1 = "add1"  # raises every share by the increment; stops before the step that would overspend
    ADD1_EXHAUSTIVE = "add1-exhaustive"  # the same, and stops as soon as nothing more fits
    ADD1U = "add1u"  # add1, then greedy with what is left
    GREEDY = "greedy"  # greedy with what is left
    COMPARISON = "comparison"  # add1; greedy's winners instead if more voters are better off with them

    @property
    def raises_shares(self) -> bool:
        return self not in (Completion.NONE, Completion.GREEDY)

    @property
    def uses_greedy(self) -> bool:
        return self in (Completion.GREEDY, Completion.ADD1U, Completion.COMPARISON)


class Utility(StrEnum):
    """How much a voter is thought to gain from a project: its cost, one, or the points written beside it."""

    COST = "cost"
    CARDINALITY = "cardinality"
    POINTS = "points"


class Order(StrEnum):
    """How greedy ranks: by votes (or points), or by votes per currency unit."""

    SCORE = "score"
    SCORE_PER_COST = "score-per-cost"


@dataclass(frozen=True)
class Parameters:
    """`increment` is in currency units per voter, or a share of the first share when `increment_is_share`.

    `threshold` is the lowest score, `minimum_votes` the fewest voters, and `fair_share` the fraction f of "a project that costs
    x of the budget needs f·x of the voters". `exclusions` gives a reason for each project out of the count. Of each group in
    `conflicts` at most one project wins: the first counted. `seed` draws the lots; without one, ids in ascending order.
    """

    rule: Rule
    completion: Completion = Completion.NONE
    utility: Utility | None = None
    increment: Fraction = Fraction(1)
    increment_is_share: bool = False
    order: Order = Order.SCORE
    threshold: Fraction | None = None
    minimum_votes: int = 0
    fair_share: Fraction | None = None
    exclusions: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[frozenset[str], ...] = ()
    seed: str | None = None


def default_utility(vote_type: VoteType) -> Utility:
    """Cost where a ballot only marks projects, points where it weighs them (A7)."""
    return Utility.COST if vote_type in (VoteType.APPROVAL, VoteType.CHOOSE_1) else Utility.POINTS


def threshold_of(parameters: Parameters, election: Election) -> Fraction | None:
    """The lowest score a project may have, from the sheet or, for the rules that want one, from the file. Raises RuleBroken."""
    if parameters.threshold is not None or not parameters.rule.wants_threshold:
        return parameters.threshold
    stated = election.meta.get("min_project_score_threshold", "")
    try:
        return Fraction(stated)
    except ValueError:
        refuse(CountingProblem.THRESHOLD_MISSING, rule=parameters.rule)


def check(parameters: Parameters, election: Election, taken: frozenset[str] = frozenset()) -> None:
    """Raise RuleBroken when the sheet makes no sense for this election. `taken` are winners of a count before this one."""
    if parameters.increment <= 0:
        refuse(CountingProblem.BAD_INCREMENT)
    if parameters.completion is not Completion.NONE and parameters.rule is not Rule.EQUAL_SHARES:
        refuse(CountingProblem.COMPLETION_NEEDS_SHARES, completion=parameters.completion)
    known = taken.union(p.id for p in election.projects)
    named = set(parameters.exclusions).union(*parameters.conflicts)
    for project_id in sorted(named - known):
        refuse(CountingProblem.UNKNOWN_IN_PARAMETERS, project=project_id)
