"""Phragmén's sequential rule: everybody earns money at the same pace; a group buys a project as soon as it has its cost.

The load of a voter is what it has spent so far, as pace earned. Loads are exact: whole numbers over one denominator.
"""

from fractions import Fraction
from math import gcd

import numpy as np

from app.budgeting.counting.contest import Contest, Fate, Step
from app.budgeting.counting.profile import Whole


class _Loads:
    """What each ballot type carries, as the number of the purchase that set it, and the total of each project's voters."""

    def __init__(self, contest: Contest, projects: list[int]) -> None:
        profile = contest.profile
        self.contest = contest
        self.last: Whole = np.zeros(len(profile.weights), dtype=np.int64)
        self.levels = [0]  # level 0: nothing spent yet; over `over`
        self.over = 1
        self.totals = dict.fromkeys(projects, 0)

    def price(self, project: int) -> tuple[int, int]:
        """The load its voters would reach: numerator and denominator."""
        profile = self.contest.profile
        return self.totals[project] + profile.costs[project] * self.over, profile.votes[project] * self.over

    def buy(self, project: int) -> Fraction:
        """All its voters reach the new load. Returns it."""
        profile = self.contest.profile
        top, bottom = self.price(project)
        shared = gcd(top, profile.votes[project])
        factor = profile.votes[project] // shared
        self.over *= factor
        self.levels = [level * factor for level in self.levels] + [top // shared]
        del self.totals[project]
        moved = np.zeros(len(self.last), dtype=np.int64)
        rows = profile.who[project]
        moved[rows] = profile.weights[rows]
        for other, total in self.totals.items():
            theirs = profile.who[other]
            carried = moved[theirs]
            counts = np.bincount(self.last[theirs], weights=carried, minlength=len(self.levels)) if carried.any() else ()
            shift = sum(int(count) * (self.levels[-1] - self.levels[level]) for level, count in enumerate(counts) if count)
            self.totals[other] = total * factor + shift
        self.last[rows] = len(self.levels) - 1
        return Fraction(top, bottom)


def run(contest: Contest) -> list[Step]:
    """Stops as soon as a project whose turn it is would overspend, even if another that is level would fit."""
    profile = contest.profile
    left = profile.budget
    open_ = [p for p in contest.entrants if profile.costs[p] <= profile.budget]
    steps = [Step(p, Fate.DOES_NOT_FIT, profile.amount(left)) for p in contest.entrants if profile.costs[p] > profile.budget]
    loads = _Loads(contest, open_)
    won = set[int]()
    while loads.totals:
        tied = _first(loads)
        if any(profile.costs[p] > left for p in tied):
            fit = [p for p in tied if profile.costs[p] <= left]
            steps += [Step(p, Fate.DOES_NOT_FIT if p not in fit else Fate.NOT_REACHED, profile.amount(left)) for p in tied]
            steps += [Step(p, Fate.NOT_REACHED, profile.amount(left)) for p in loads.totals if p not in tied]
            break
        chosen = tied[0]
        left -= profile.costs[chosen]
        price = loads.buy(chosen)
        won.add(chosen)
        steps.append(Step(chosen, Fate.WON, profile.amount(left), price / profile.unit, profile.votes[chosen], 0, tuple(tied)))
        for rival in contest.rivals_of(chosen) & loads.totals.keys():
            del loads.totals[rival]
            steps.append(Step(rival, Fate.CONFLICT, profile.amount(left)))
    return steps


def _first(loads: _Loads) -> list[int]:
    """Those whose voters have the money first, by lot. Compared in floats, and exactly where floats cannot tell."""
    rough = {p: top / bottom for p in loads.totals for top, bottom in [loads.price(p)]}
    limit = min(rough.values()) * (1 + 1e-9)
    prices = {p: Fraction(*loads.price(p)) for p, value in rough.items() if value <= limit}
    lowest = min(prices.values())
    return sorted(p for p, price in prices.items() if price == lowest)
