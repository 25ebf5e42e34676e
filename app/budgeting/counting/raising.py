"""Completing Equal Shares: raising everybody's share step by step (Add1) until the money is used."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from app.budgeting.counting import shares
from app.budgeting.counting.contest import Contest
from app.budgeting.counting.market import open_market
from app.budgeting.counting.parameters import Completion, Parameters
from app.budgeting.counting.problems import CountingProblem, refuse
from app.budgeting.counting.shares import Run

MOST_RUNS = 100_000


@dataclass(frozen=True)
class Search:
    """`chosen` is the run that counts; `next` the first that would overspend, if one was reached; `raises` how often the share rose."""

    chosen: Run
    next: Run | None
    raises: int
    runs: int


def first_share(contest: Contest) -> Fraction:
    """What each voter has at the start, in the profile's units."""
    return Fraction(contest.profile.budget, max(1, contest.profile.voters))


def increment(contest: Contest, parameters: Parameters) -> Fraction:
    """In the profile's units."""
    if parameters.increment_is_share:
        return parameters.increment * first_share(contest)
    return parameters.increment * contest.profile.unit


def search(contest: Contest, parameters: Parameters) -> Search:
    """The run of the completion asked for. Which projects win does not grow step by step: no step is skipped that could differ."""
    share, step = first_share(contest), increment(contest, parameters)
    market = open_market(contest)
    chosen = shares.run(market, share)
    if not parameters.completion.raises_shares:
        return Search(chosen, None, 0, 1)
    raises, runs = 0, 1
    stops_when_full = parameters.completion is Completion.ADD1_EXHAUSTIVE
    while not is_exhausted(contest, chosen, all_of_it=not stops_when_full):
        before, raises, runs = raises, _next(chosen, raises, share, step), runs + 1
        if runs > MOST_RUNS:
            refuse(CountingProblem.TOO_MANY_STEPS, most=MOST_RUNS)
        following = shares.run(market, share + raises * step)
        if following.is_overspent:
            last = chosen if raises == before + 1 else shares.run(market, share + (raises - 1) * step)
            return Search(last, following, raises - 1, runs)
        chosen = following
    return Search(chosen, None, raises, runs)


def _next(run: Run, raises: int, share: Fraction, step: Fraction) -> int:
    """The next raise that can change anything.

    Where every voter of every winner paid in full, all of them will be bought again at the same prices, until some other project
    could be paid with the whole share of its voters: no raise before that one is different.
    """
    profile, won = run.market.profile, set(run.winners)
    if any(bought.full < profile.votes[bought.project] for bought in run.purchases):
        return raises + 1
    rest = [p for p in run.market.demands if p not in won and not run.market.contest.rivals_of(p) & won]
    enough = min(Fraction(profile.costs[p], profile.votes[p]) for p in rest)
    return max(raises + 1, ceil((enough - share) / step))


def is_exhausted(contest: Contest, run: Run, *, all_of_it: bool) -> bool:
    """Whether nothing more fits in the budget; with `all_of_it`, whether nothing more could ever be bought."""
    won = set(run.winners)
    left = contest.profile.budget - run.spent
    rest = (p for p in contest.entrants if p not in won and not contest.rivals_of(p) & won)
    return not any(all_of_it or contest.profile.costs[p] <= left for p in rest)
