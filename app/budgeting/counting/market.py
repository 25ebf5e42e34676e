"""What Equal Shares asks again and again of the same contest, computed once: a search may run it a thousand times."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.budgeting.counting.contest import Contest
from app.budgeting.counting.profile import Profile, Whole

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Demand:
    """The voters of one project: ballot types, voters of each, points (None when one each), voters × points; its cost in floats.

    `largest` is the most points one of them gives.
    """

    rows: Whole
    weights: Floats
    points: Floats | None
    weighed: Floats
    cost: float
    voters: float
    largest: float


@dataclass(frozen=True)
class Market:
    """`floors[p]` is the lowest price per utility p can have, everybody paying in full; only projects that cost something."""

    contest: Contest
    demands: dict[int, Demand]
    floors: dict[int, float]

    @property
    def profile(self) -> Profile:
        return self.contest.profile


def open_market(contest: Contest) -> Market:
    """A demand for each entrant that costs something and has voters."""
    profile = contest.profile
    demands = {p: _demand(profile, p) for p in contest.entrants if profile.costs[p] and len(profile.who[p])}
    floors = {p: d.cost / (float(d.weighed.sum()) * profile.factors[p]) * (1 - 1e-12) for p, d in demands.items()}
    return Market(contest, demands, floors)


def _demand(profile: Profile, project: int) -> Demand:
    rows, points = profile.who[project], profile.points[project]
    weights = profile.weights[rows].astype(np.float64)
    is_even = bool((points == 1).all())
    given = points.astype(np.float64)
    weighed = weights if is_even else weights * given
    return Demand(
        rows, weights, None if is_even else given, weighed, float(profile.costs[project]), float(weights.sum()), float(given.max())
    )
