"""The money of each voter under Equal Shares: exact where it decides, and floats with a known error everywhere else.

Every voter starts with the same share and, for each project bought among those it supports, pays the price times its points; if
it cannot, it gives all it has and is empty from then on. So the money of any group that is not empty is its share less, for each
purchase, price times the points the group gave. Prices are written exactly the first time something close depends on them.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from app.budgeting.counting.market import Demand, Floats, Market
from app.budgeting.counting.profile import Whole

ROUNDING = 1e-13  # relative error of a sum of floats, generously
MOST_DOUBT = 1e-11  # of a share: with more, balances are computed again from exact prices

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rough:
    """A price per point in floats, at most `doubt` off; `rich` are the voters that can pay it. None of them is near the limit
    when `is_clear`."""

    price: float
    doubt: float
    rich: Mask
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An exact price per point, `top`/(`bottom` × the denominator of the wallets). `rows` still have money; of them `poor` give
    all they have, and `spent` end with nothing, poor or not."""

    project: int
    top: int
    bottom: int
    rows: Whole
    poor: Mask
    spent: Mask


class Wallets:
    """Amounts are in the profile's units. `prices` are exact, over `over`; the latest purchases may still wait for theirs.

    `payers` has, for each purchase, the ballot types that paid the whole price and those that gave all they had.
    """

    def __init__(self, market: Market, share: Fraction) -> None:
        self.market = market
        self.profile = market.profile
        self.over, self.share = share.denominator, share.numerator
        self.first = float(share)
        self.bought: list[int] = []
        self.prices: list[int] = []
        self.payers: list[tuple[Whole, Whole]] = []
        self.rough: Floats = np.full(len(self.profile.weights), self.first)
        self.empty: Mask = np.zeros(len(self.profile.weights), dtype=bool)
        self.doubt = self.first * ROUNDING  # how far any rough balance may be off

    # ---------------------------------------------------------------------------------------------- in floats

    def rough_price(self, project: int) -> Rough | None:
        """None when its voters do not have the money. The doubt is infinite when floats cannot tell."""
        demand = self.market.demands[project]
        money = self.rough[demand.rows]
        have, blur = float(demand.weights @ money), demand.voters * self.doubt + demand.cost * ROUNDING
        if have < demand.cost - blur:
            return None
        missing, rich_points = demand.cost, float(demand.weighed.sum())
        rich: Mask = np.ones(len(money), dtype=bool)  # once poor, always poor: rounding must not let one in again
        while have > demand.cost + blur and rich_points > 0:
            price = missing / rich_points
            asked = price if demand.points is None else price * demand.points
            rich = rich & (money >= asked)
            now = float(demand.weighed @ rich)
            if now == rich_points:
                return self._judged(demand, money, asked, Rough(price, 0.0, rich, False), blur)
            poor = ~rich
            missing, rich_points = demand.cost - float(demand.weights[poor] @ money[poor]), now
        return Rough(0.0, float("inf"), np.zeros(0, dtype=bool), False)

    def _judged(self, demand: Demand, money: Floats, asked: Floats | float, found: Rough, blur: float) -> Rough:
        near = self.doubt + demand.largest * (blur / float(demand.weighed.sum()) + found.price * ROUNDING)
        gap = np.abs(money - asked)
        unclear = gap <= 1e3 * near
        certain = float(demand.weighed @ (found.rich & ~unclear))
        if certain <= 0:
            return Rough(found.price, float("inf"), found.rich, False)
        doubt = blur / certain + found.price * ROUNDING
        is_clear = not bool((gap <= self.doubt + doubt * demand.largest).any())
        return Rough(found.price, doubt, found.rich, is_clear)

    def pay_rough(self, project: int, offer: Rough) -> bool:
        """Charge the voters a price that is certain enough; False, and nothing is charged, when it is not."""
        demand = self.market.demands[project]
        doubt = self.doubt + offer.doubt * demand.largest + self.first * 1e-16
        if not offer.is_clear or doubt > self.first * MOST_DOUBT:
            return False
        rich, poor = demand.rows[offer.rich], demand.rows[~offer.rich]
        self.payers.append((rich, poor[~self.empty[poor]]))
        self.bought.append(project)
        self.rough[rich] -= offer.price if demand.points is None else offer.price * demand.points[offer.rich]
        self.rough[poor] = 0.0
        self.empty[poor] = True
        self.doubt = doubt
        return True

    # ---------------------------------------------------------------------------------------------- exactly

    def settle(self) -> None:
        """Write the exact price of every purchase, and the balances again from them."""
        if len(self.prices) == len(self.bought):
            return
        for at in range(len(self.prices), len(self.bought)):
            full, short = self.payers[at]
            self._write(self.profile.costs[self.bought[at]] * self.over - self.money(short), self.points_of(full, self.bought[at]))
        balance = np.full(len(self.rough), self.share / self.over)
        for project, price in zip(self.bought, self.prices, strict=True):
            demand = self.market.demands[project]
            balance[demand.rows] -= price / self.over * (1.0 if demand.points is None else demand.points)
        self.rough = np.where(self.empty, 0.0, balance)
        self.doubt = self.first * ROUNDING

    def offer(self, project: int) -> Offer | None:
        """The exact price; None when its voters do not have the money together."""
        self.settle()
        profile = self.profile
        alive = ~self.empty[profile.who[project]]
        rows, points = profile.who[project][alive], profile.points[project][alive]
        weighed = profile.weights[rows] * points
        poor: Mask = np.zeros(len(rows), dtype=bool)
        while True:
            bottom = int(weighed[~poor].sum())
            if bottom == 0:
                return None
            top = profile.costs[project] * self.over - self.money(rows[poor])
            short, level = self._against(rows, points, top, bottom)
            if not (short & ~poor).any():
                return Offer(project, top, bottom, rows, poor, poor | level)
            poor = poor | short

    def pay(self, offer: Offer) -> None:
        """Charge the voters an exact price."""
        self._write(offer.top, offer.bottom)
        self.bought.append(offer.project)
        self.payers.append((offer.rows[~offer.poor], offer.rows[offer.poor]))
        rich, points = ~offer.spent, self.profile.points[offer.project][~self.empty[self.profile.who[offer.project]]]
        self.rough[offer.rows[rich]] -= self.prices[-1] / self.over * points[rich]
        self.rough[offer.rows[offer.spent]] = 0.0
        self.empty[offer.rows[offer.spent]] = True
        self.doubt += self.first * 1e-15

    def _write(self, top: int, bottom: int) -> None:
        shared = gcd(top, bottom)
        factor = bottom // shared
        self.over *= factor
        self.share *= factor
        self.prices = [paid * factor for paid in self.prices] + [top // shared]

    def price(self, at: int) -> Fraction:
        """Of the purchase number `at`, per point, in the profile's units."""
        self.settle()
        return Fraction(self.prices[at], self.over)

    def money(self, rows: Whole, after: int | None = None) -> int:
        """What these ballot types had together, over `over`, after so many purchases (all with a price); none was empty then."""
        if not len(rows):
            return 0
        profile = self.profile
        theirs = self._voters_of(rows)
        total = int(profile.weights[rows].sum()) * self.share
        for project, price in list(zip(self.bought, self.prices, strict=False))[:after]:
            total -= int(theirs[profile.who[project]] @ profile.points[project]) * price
        return total

    def points_of(self, rows: Whole, project: int) -> int:
        """The points that the voters of these types give to the project, together."""
        return int(self._voters_of(rows)[self.profile.who[project]] @ self.profile.points[project])

    def _voters_of(self, rows: Whole) -> Whole:
        """By ballot type: its voters where it is one of these, else none."""
        theirs: Whole = np.zeros(len(self.profile.weights), dtype=np.int64)
        theirs[rows] = self.profile.weights[rows]
        return theirs

    def money_of(self, project: int) -> Fraction:
        """What the voters of a project have left together, in currency units."""
        self.settle()
        rows = self.profile.who[project]
        return Fraction(self.money(rows[~self.empty[rows]]), self.over * self.profile.unit)

    def _against(self, rows: Whole, points: Whole, top: int, bottom: int) -> tuple[Mask, Mask]:
        """Of the types: those with less than price × points, and those with exactly that."""
        price = top / (bottom * self.over)
        asked = price * points
        gap = self.rough[rows] - asked
        short = gap < 0
        level = np.zeros(len(rows), dtype=bool)
        unsure = np.flatnonzero(np.abs(gap) <= 10 * self.doubt + ROUNDING * asked)
        if len(unsure):
            signs = self._signs(rows[unsure], points[unsure], top, bottom)
            short[unsure] = signs < 0
            level[unsure] = signs == 0
        return short, level

    def _signs(self, rows: Whole, points: Whole, top: int, bottom: int) -> Whole:
        """Sign of money less price × points, exactly; types that paid for the same things are compared once."""
        paid = np.zeros((len(rows), len(self.bought) + 1), dtype=np.int64)
        paid[:, -1] = points
        for column, project in enumerate(self.bought):
            who = self.profile.who[project]
            at = np.minimum(np.searchsorted(who, rows), len(who) - 1)
            paid[:, column] = np.where(who[at] == rows, self.profile.points[project][at], 0)
        kinds, which = np.unique(paid, axis=0, return_inverse=True)
        signs = []
        for kind in kinds.tolist():
            money = self.share - sum(price * given for price, given in zip(self.prices, kind, strict=False) if given)
            difference = money * bottom - top * kind[-1]
            signs.append((difference > 0) - (difference < 0))
        return np.array(signs, dtype=np.int64)[which.reshape(-1)]
