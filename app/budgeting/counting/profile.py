"""An election made ready to count: whole numbers only, equal ballots together, projects in the order of their lots."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from app.budgeting.counting.amounts import number
from app.budgeting.counting.election import Ballot, Election, VoteType
from app.budgeting.counting.lots import drawn
from app.budgeting.counting.parameters import Parameters, Utility, default_utility

Whole = NDArray[np.int64]
Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Profile:
    """Projects are numbers: their place in the lot, so that the lower number wins every tie.

    Amounts are in 1/`unit` of a currency unit, points in 1/`point_unit` of a point. A ballot type is a distinct ballot, `weights`
    how many voters cast it. `who[p]` are the types that support p (points above zero) and `points[p]` how much each does.
    `factors[p]` turns points into utility. `votes[p]` counts voters, `scores[p]` adds points, also those below zero.
    """

    ids: tuple[str, ...]
    costs: tuple[int, ...]
    budget: int
    unit: int
    point_unit: int
    voters: int
    weights: Whole
    who: tuple[Whole, ...]
    points: tuple[Whole, ...]
    factors: tuple[int, ...]
    votes: tuple[int, ...]
    scores: tuple[int, ...]

    def amount(self, value: int) -> Fraction:
        """In currency units."""
        return Fraction(value, self.unit)

    def score(self, project: int) -> Fraction:
        return Fraction(self.scores[project], self.point_unit)


def build(election: Election, parameters: Parameters, order: Iterable[str] | None = None) -> Profile:
    """`order` replaces the lot: it asks what another lot would have decided."""
    ids = tuple(order) if order is not None else tuple(drawn((p.id for p in election.projects), parameters.seed))
    place = {project_id: at for at, project_id in enumerate(ids)}
    cost = {p.id: p.cost for p in election.projects}
    unit = lcm(election.budget.denominator, *(value.denominator for value in cost.values()))
    costs = tuple(int(cost[project_id] * unit) for project_id in ids)
    point_unit = _point_unit(election)
    types = Counter(map(_marker(election, place, point_unit), election.ballots))
    utility = parameters.utility or default_utility(election.vote_type)
    columns = _columns(types, len(ids))
    weights = np.fromiter(types.values(), dtype=np.int64, count=len(types))
    who = tuple(rows[given > 0] for rows, given in columns)
    points = tuple(given[given > 0] if utility is Utility.POINTS else np.ones_like(given[given > 0]) for _, given in columns)
    return Profile(
        ids, costs, int(election.budget * unit), unit, point_unit, len(election.ballots), weights, who, points,
        factors=costs if utility is Utility.COST else (1,) * len(ids),
        votes=tuple(int(weights[at].sum()) for at in who),
        scores=tuple(int(weights[at] @ given) for at, given in columns),
    )  # fmt: skip


def _point_unit(election: Election) -> int:
    if not election.vote_type.has_points:
        return 1
    written = {value.denominator for b in election.ballots for value in b.points}
    return lcm(default_score(election).denominator, *written)


def _marker(election: Election, place: dict[str, int], point_unit: int) -> Callable[[Ballot], Marks]:
    """What a ballot gives to each project still in the count, in one way of writing it.

    Equal pairs are one object: a hundred thousand different ballots are made of a few hundred of them.
    """
    pairs: dict[tuple[int, int], tuple[int, int]] = {}

    def pair(project: int, value: int) -> tuple[int, int]:
        return pairs.setdefault((project, value), (project, value))

    if election.vote_type.has_points:
        default = int(default_score(election) * point_unit)
        everybody = dict.fromkeys(place.values(), default) if default else {}

        def weighed(ballot: Ballot) -> Marks:
            written = zip(ballot.projects, ballot.points, strict=True)
            given = everybody | {place[name]: int(value * point_unit) for name, value in written if name in place}
            return tuple(sorted(pair(*one) for one in given.items()))

        return weighed
    if election.vote_type is VoteType.ORDINAL:
        most = election.most_ranked

        def ranked(ballot: Ballot) -> Marks:
            highest = len(ballot.projects) if most is None else most
            return tuple(sorted(pair(place[name], highest - at) for at, name in enumerate(ballot.projects) if name in place))

        return ranked
    marked = {name: pair(at, 1) for name, at in place.items()}
    return lambda ballot: tuple(sorted(marked[name] for name in ballot.projects if name in marked))


def default_score(election: Election) -> Fraction:
    """What a scoring ballot gives to the projects it does not name."""
    return (number(election.meta.get("default_score", "")) or Fraction(0)) if election.vote_type is VoteType.SCORING else Fraction(0)


def _columns(types: Iterable[Marks], projects: int) -> list[tuple[Whole, Whole]]:
    """By project, the types that mark it, ascending, and what each gives."""
    at = [array("q") for _ in range(projects)]
    given = [array("q") for _ in range(projects)]
    for row, marks in enumerate(types):
        for project, value in marks:
            at[project].append(row)
            given[project].append(value)
    return [(np.array(rows, dtype=np.int64), np.array(values, dtype=np.int64)) for rows, values in zip(at, given, strict=True)]
