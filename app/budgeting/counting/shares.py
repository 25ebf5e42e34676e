"""Method of Equal Shares: one run at a given share per voter. The money is the voters': whoever gets together enough buys."""

from dataclasses import dataclass, field
from fractions import Fraction

from app.budgeting.counting.contest import Contest, Fate, Step
from app.budgeting.counting.market import Market
from app.budgeting.counting.wallets import Offer, Rough, Wallets


@dataclass(frozen=True, slots=True)
class Purchase:
    """`full` voters paid the whole price and `short` gave all they had; `tied` were level, this project first by lot."""

    project: int
    full: int
    short: int
    tied: tuple[int, ...]


@dataclass
class Run:
    """`free` are the projects that cost nothing; `spent` is in the profile's units. An overspent run stopped where it overspent."""

    market: Market
    share: Fraction
    wallets: Wallets
    free: list[int]
    purchases: list[Purchase] = field(default_factory=list)
    spent: int = 0
    is_overspent: bool = False

    @property
    def winners(self) -> list[int]:
        return [*self.free, *(purchase.project for purchase in self.purchases)]

    def steps(self) -> list[Step]:
        """What was bought, in order, with exact prices in currency units."""
        profile = self.market.profile
        left = profile.budget
        told = [Step(p, Fate.WON, profile.amount(left), Fraction(0), profile.votes[p]) for p in self.free]
        for at, bought in enumerate(self.purchases):
            left -= profile.costs[bought.project]
            price = self.wallets.price(at) / profile.unit
            told.append(Step(bought.project, Fate.WON, profile.amount(left), price, bought.full, bought.short, bought.tied))
        return told


def run(market: Market, share: Fraction) -> Run:
    """`share` is in the profile's units. What costs nothing is bought first, for nothing."""
    contest = market.contest
    done = Run(market, share, Wallets(market, share), _free(contest))
    open_ = dict(market.floors)
    for project in done.free:
        _close(contest, project, open_)
    while True:
        tied, offer = _cheapest(done.wallets, open_)
        if not tied:
            return done
        project = tied[0]
        done.spent += contest.profile.costs[project]
        if done.spent > contest.profile.budget:
            done.is_overspent = True
            return done
        full, short = _charge(done.wallets, project, offer)
        done.purchases.append(Purchase(project, full, short, tuple(tied) if len(tied) > 1 else ()))
        del open_[project]
        _close(contest, project, open_)


def _free(contest: Contest) -> list[int]:
    profile, won = contest.profile, list[int]()
    for project in contest.entrants:
        if profile.costs[project] == 0 and contest.rivals_of(project).isdisjoint(won):
            won.append(project)
    return won


def _close(contest: Contest, bought: int, open_: dict[int, float]) -> None:
    for rival in contest.rivals_of(bought):
        open_.pop(rival, None)


def _charge(wallets: Wallets, project: int, offer: Rough | Offer) -> tuple[int, int]:
    """How many paid in full, and how many gave all they had."""
    if not (isinstance(offer, Rough) and wallets.pay_rough(project, offer)):
        exact = offer if isinstance(offer, Offer) else wallets.offer(project)
        if exact is None:
            raise RuntimeError("a project that can be paid for has no price")
        wallets.pay(exact)
    full, short = wallets.payers[-1]
    return int(wallets.profile.weights[full].sum()), int(wallets.profile.weights[short].sum())


def _cheapest(wallets: Wallets, open_: dict[int, float]) -> tuple[list[int], Rough | Offer]:
    """The projects with the lowest price per utility, by lot, and the offer of the first; none when nobody can buy anything.

    Prices only rise: a project whose last price is above the best waits. What its voters cannot pay together leaves `open_`,
    because they will never have more.
    """
    factors = wallets.profile.factors
    best, near = float("inf"), list[tuple[float, int, Rough]]()
    for project in sorted(open_, key=open_.__getitem__):
        if open_[project] > best:
            break
        found = wallets.rough_price(project)
        if found is None:
            del open_[project]
            continue
        factor = factors[project]
        if found.doubt < float("inf"):
            open_[project] = max(open_[project], (found.price - found.doubt) / factor)
            best = min(best, (found.price + found.doubt) / factor)
        near.append((open_[project], project, found))
    near = [one for one in near if one[0] <= best]
    if len(near) == 1 and near[0][2].doubt < float("inf"):
        return [near[0][1]], near[0][2]
    return _level(wallets, [project for _, project, _ in near], open_)


def _level(wallets: Wallets, projects: list[int], open_: dict[int, float]) -> tuple[list[int], Rough | Offer]:
    offers = {}
    for project in projects:
        offer = wallets.offer(project)
        if offer is None:
            del open_[project]
        else:
            offers[project] = offer
    if not offers:
        return _cheapest(wallets, open_) if open_ and projects else ([], Rough(0.0, 0.0, wallets.empty, False))
    prices = {project: Fraction(offer.top, offer.bottom * wallets.profile.factors[project]) for project, offer in offers.items()}
    lowest = min(prices.values())
    tied = sorted(project for project, price in prices.items() if price == lowest)
    return tied, offers[tied[0]]
