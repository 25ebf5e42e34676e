"""Where the money of the voters went under Equal Shares, and who was left without any project they voted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.budgeting.counting.contest import Contest
from app.budgeting.counting.profile import Whole
from app.budgeting.counting.shares import Run


@dataclass(frozen=True)
class Account:
    """How one voter's share was used: what each project took, in the order bought, and what was left. In currency units."""

    share: Fraction
    paid: tuple[tuple[str, Fraction], ...]

    @property
    def left(self) -> Fraction:
        return self.share - sum((amount for _, amount in self.paid), Fraction(0))


def account(run: Run, points: dict[str, int]) -> Account:
    """Of a voter who gave these points (1 for each project marked, unless ballots weigh them)."""
    profile = run.market.profile
    money, paid = run.share, []
    for at, project in enumerate(run.wallets.bought):
        given = points.get(profile.ids[project], 0)
        if given > 0:
            amount = min(money, run.wallets.price(at) * given)
            money -= amount
            paid.append((profile.ids[project], amount / profile.unit))
    return Account(run.share / profile.unit, tuple(paid))


def spent_by_voters_of(run: Run, project: int) -> list[tuple[int, Fraction]]:
    """What the voters of a project paid for each other one, the largest amount first; in currency units."""
    wallets, profile = run.wallets, run.market.profile
    wallets.settle()
    theirs = np.zeros(len(profile.weights), dtype=bool)
    theirs[profile.who[project]] = True
    spent = []
    for at, bought in enumerate(wallets.bought):
        full, short = (rows[theirs[rows]] for rows in wallets.payers[at])
        amount = wallets.points_of(full, bought) * wallets.prices[at] + wallets.money(short, after=at)
        if amount:
            spent.append((bought, Fraction(amount, wallets.over * profile.unit)))
    return sorted(spent, key=lambda one: (-one[1], one[0]))


def effective_support(run: Run) -> dict[int, int]:
    """In whole percent, rounded down: of its cost, the most that the voters of each project without it could have paid at any
    step at the price then going, or with all their money at the end. Of a bought one it is not asked here: it had enough.
    """
    wallets, profile = run.wallets, run.market.profile
    wallets.settle()
    losers = [p for p in run.market.demands if p not in set(wallets.bought)]
    best = dict.fromkeys(losers, 0.0)
    money = np.full(len(profile.weights), float(run.share))
    for at, bought in enumerate(wallets.bought):
        price = wallets.prices[at] / wallets.over
        for p in losers:
            demand = run.market.demands[p]
            asked = price / profile.factors[bought] * profile.factors[p] * (1.0 if demand.points is None else demand.points)
            best[p] = max(best[p], float(demand.weights @ np.minimum(money[demand.rows], asked)))
        full, short = wallets.payers[at]
        at_full = np.zeros(len(money))
        at_full[profile.who[bought]] = price * profile.points[bought]
        money[full] = np.maximum(0.0, money[full] - at_full[full])
        money[short] = 0.0
    for p in losers:
        demand = run.market.demands[p]
        best[p] = max(best[p], float(demand.weights @ money[demand.rows]))
    return {p: int(best[p] / run.market.demands[p].cost * 100 + 1e-9) for p in losers}


@dataclass(frozen=True)
class Reach:
    """Voters by what they got: how many have some winner among what they chose, and how many none."""

    voters: int
    with_a_winner: int
    by_winners: tuple[int, ...]  # how many voters got 0, 1, 2, ... of the projects they chose

    @property
    def without(self) -> int:
        return self.voters - self.with_a_winner


def reach(contest: Contest, won: Iterable[int]) -> Reach:
    """Voters who marked nothing count as voters without a winner."""
    profile = contest.profile
    got: Whole = np.zeros(len(profile.weights), dtype=np.int64)
    for project in won:
        got[profile.who[project]] += 1
    counts = [int(profile.weights[got == number].sum()) for number in range(int(got.max(initial=0)) + 1)]
    return Reach(profile.voters, int(profile.weights[got > 0].sum()), tuple(counts))
