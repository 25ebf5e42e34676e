"""Random elections, the same for the same number, made to be awkward: ties, free money, equal ballots, awkward fractions."""

import random
from fractions import Fraction

from app.budgeting.counting.election import Ballot, Election, Project, VoteType

TYPES = tuple(VoteType)


def random_election(number: int, vote_type: VoteType | None = None) -> Election:
    """2 to 9 projects, 1 to 25 voters. Costs repeat often, so that levels and exact limits are met all the time."""
    dice = random.Random(f"election-{number}")
    kind = vote_type or TYPES[number % len(TYPES)]
    ids = [f"p{at}" for at in dice.sample(range(1, 30), dice.randint(2, 9))]
    costs = dice.choice([(1, 2, 3), (10, 20, 30, 40), (7, 11, 13, 17, 19), (Fraction(1, 2), Fraction(5, 4), 3, 4)])
    projects = tuple(Project(name, Fraction(dice.choice(costs))) for name in ids)
    budget = sum(p.cost for p in projects) * Fraction(dice.randint(1, 10), 10)
    ballots = tuple(_ballot(dice, ids, kind) for _ in range(dice.randint(1, 25)))
    return Election(Fraction(int(budget * 4) + 1, 4), kind, projects, ballots, {"max_length": "5"} if number % 2 else {})


def _ballot(dice: random.Random, ids: list[str], kind: VoteType) -> Ballot:
    if kind is VoteType.CHOOSE_1:
        return Ballot((dice.choice(ids),))
    marked = tuple(dice.sample(ids, dice.randint(0, min(5, len(ids)))))
    if not kind.has_points:
        return Ballot(marked)
    return Ballot(marked, tuple(dice.choice([1, 1, 2, 3, 5, Fraction(3, 2)]) for _ in marked))
