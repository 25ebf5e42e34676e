"""Greedy: projects in order of their votes (or votes per currency unit) while the money lasts."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import groupby

from app.budgeting.counting.contest import Contest, Fate, Step
from app.budgeting.counting.parameters import Order


def run(contest: Contest, *, order: Order, stops: bool, already: Collection[int] = (), fate: Fate = Fate.WON) -> list[Step]:
    """A step for each entrant, in the order considered. `stops` ends at the first that does not fit; otherwise it is skipped.

    `already` are projects bought before, which are not considered again; what is bought here has the given `fate`.
    """
    profile = contest.profile
    left = profile.budget - sum(profile.costs[p] for p in already)
    won, steps, is_over = set(already), list[Step](), False
    for level in _levels(contest, order, already):
        mattered = len(level) > 1 and _lot_matters(contest, level, left, won, stops)
        for project in level:
            cost = profile.costs[project]
            if is_over:
                found = Fate.AFTER_THE_STOP
            elif contest.rivals_of(project) & won:
                found = Fate.CONFLICT
            elif cost > left:
                found, is_over = Fate.DOES_NOT_FIT, stops
            else:
                found, left = fate, left - cost
                won.add(project)
            tied = tuple(level) if mattered and not is_over else ()
            steps.append(Step(project, found, profile.amount(left), tied=tied, was_settled=not tied))
    return steps


def _levels(contest: Contest, order: Order, already: Collection[int]) -> Iterator[list[int]]:
    """Projects with the same score together, the highest first; inside a level, by lot."""
    profile = contest.profile

    def worth(project: int) -> Fraction:
        return Fraction(profile.scores[project], profile.costs[project] if order is Order.SCORE_PER_COST else 1)

    entrants = [p for p in contest.entrants if p not in already]
    if order is Order.SCORE_PER_COST:  # what costs nothing has no end of votes per currency unit
        free = [p for p in entrants if not profile.costs[p]]
        yield from ([p] for p in free)
        entrants = [p for p in entrants if profile.costs[p]]
    for _, level in groupby(sorted(entrants, key=lambda p: -worth(p)), key=worth):
        yield list(level)


def _lot_matters(contest: Contest, level: list[int], left: int, won: set[int], stops: bool) -> bool:
    """Whether another order inside the level would give other winners: not if all of it fits, nor if none of it does."""
    costs = contest.profile.costs
    open_ = [p for p in level if not contest.rivals_of(p) & won]
    if any(contest.rivals_of(p) & set(open_) for p in open_):
        return True
    fitting = [p for p in open_ if costs[p] <= left]
    if not fitting:
        return False
    contenders = open_ if stops else fitting
    return sum(costs[p] for p in contenders) > left
