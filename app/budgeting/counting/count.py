"""Counting: an election and a sheet of parameters give a result, always the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from app.budgeting.counting import contest as contests
from app.budgeting.counting import greedy, lots, phragmen, profile, raising
from app.budgeting.counting.contest import Contest, Fate, Step
from app.budgeting.counting.election import Election
from app.budgeting.counting.parameters import Completion, Parameters, Rule, check
from app.budgeting.counting.shares import Run

VERSION = "1"  # of what is counted: it changes when the same ballots could give other winners
MOST_LOTS = 8


@dataclass(frozen=True)
class Preference:
    """The comparison step: how many voters gain more with each outcome, and which was kept."""

    equal_shares: int
    greedy: int
    indifferent: int
    greedy_kept: bool


@dataclass(frozen=True)
class Result:
    """`winners` in the order they were bought. `run` is the deciding run of Equal Shares, `raises` how often the share rose.

    `is_tie_sensitive` says that another lot would have given other winners.
    """

    election: Election
    parameters: Parameters
    contest: Contest
    steps: tuple[Step, ...]
    is_tie_sensitive: bool
    run: Run | None = None
    raises: int = 0
    preference: Preference | None = None

    @property
    def won(self) -> tuple[int, ...]:
        return tuple(step.project for step in self.steps if step.fate in (Fate.WON, Fate.WON_WITH_THE_REST))

    @property
    def winners(self) -> tuple[str, ...]:
        return tuple(self.contest.profile.ids[p] for p in self.won)

    @property
    def spent(self) -> Fraction:
        profile = self.contest.profile
        return profile.amount(sum(profile.costs[p] for p in self.won))

    @property
    def fates(self) -> dict[int, Fate]:
        """What became of each project. One that Equal Shares never bought is short of money among its voters, unless a rival won."""
        found = dict.fromkeys(range(len(self.contest.profile.ids)), Fate.SUPPORTERS_SHORT) | self.contest.barred
        found |= {step.project: step.fate for step in self.steps}
        won = set(self.won)
        return {
            p: Fate.CONFLICT if fate is Fate.SUPPORTERS_SHORT and self.contest.rivals_of(p) & won else fate for p, fate in found.items()
        }

    @property
    def ties(self) -> tuple[tuple[int, ...], ...]:
        """Projects that were level where the lot decided something, the first drawn first."""
        return tuple(dict.fromkeys(step.tied for step in self.steps if not step.was_settled))


def count(election: Election, parameters: Parameters, taken: frozenset[str] = frozenset()) -> Result:
    """Raises RuleBroken when the sheet makes no sense for this election. `taken` won before: their rivals cannot win here."""
    check(parameters, election, taken)
    order = lots.drawn((p.id for p in election.projects), parameters.seed)
    result = _counted(election, parameters, order, taken)
    return replace(result, is_tie_sensitive=_is_sensitive(result, order, taken))


def _counted(election: Election, parameters: Parameters, order: Iterable[str], taken: frozenset[str]) -> Result:
    contest = contests.open_contest(profile.build(election, parameters, order), election, parameters, taken)
    if parameters.rule is Rule.EQUAL_SHARES:
        return _shared(election, parameters, contest)
    if parameters.rule is Rule.PHRAGMEN:
        steps = _settled(phragmen.run(contest))
    else:
        steps = _greedy(contest, parameters)
    return Result(election, parameters, contest, steps, False)


def _greedy(contest: Contest, parameters: Parameters) -> tuple[Step, ...]:
    return tuple(greedy.run(contest, order=parameters.order, stops=parameters.rule.stops_at_first_that_does_not_fit))


def _shared(election: Election, parameters: Parameters, contest: Contest) -> Result:
    found = raising.search(contest, parameters)
    steps = _settled(found.chosen.steps())
    preference = None
    if parameters.completion in (Completion.GREEDY, Completion.ADD1U):
        won = found.chosen.winners
        steps += tuple(greedy.run(contest, order=parameters.order, stops=False, already=won, fate=Fate.WON_WITH_THE_REST))
    if parameters.completion is Completion.COMPARISON:
        other = _greedy(contest, parameters)
        preference = _compared(contest, found.chosen.winners, [s.project for s in other if s.fate is Fate.WON])
        steps = other if preference.greedy_kept else steps
    return Result(election, parameters, contest, steps, False, found.chosen, found.raises, preference)


def _compared(contest: Contest, equal_shares: list[int], by_greedy: list[int]) -> Preference:
    """Equal Shares stays unless strictly more voters gain more from greedy's winners, in the utility of the count."""
    profile = contest.profile
    gain = [0] * len(profile.weights)
    for sign, projects in ((1, equal_shares), (-1, by_greedy)):
        for p in projects:
            for row, points in zip(profile.who[p].tolist(), profile.points[p].tolist(), strict=True):
                gain[row] += sign * points * profile.factors[p]
    ours = sum(weight for weight, more in zip(profile.weights.tolist(), gain, strict=True) if more > 0)
    theirs = sum(weight for weight, more in zip(profile.weights.tolist(), gain, strict=True) if more < 0)
    return Preference(ours, theirs, profile.voters - ours - theirs, theirs > ours)


def _settled(steps: list[Step]) -> tuple[Step, ...]:
    """Mark the ties the lot really decided: where those that were level were not all bought next, at the same price.

    If they were, each of their voters had money for all of them, and any order leaves the same wallets.
    """
    told = []
    for at, step in enumerate(steps):
        following = steps[at + 1 : at + len(step.tied)]
        bought = {s.project for s in following if s.price == step.price and s.fate is Fate.WON} if step.tied else set()
        told.append(replace(step, was_settled=set(step.tied[1:]) <= bought))
    return tuple(told)


def _is_sensitive(result: Result, order: list[str], taken: frozenset[str]) -> bool:
    """Whether another lot gives other winners: tried with the order reversed, and with each project that lost a tie drawn first."""
    losers = list(dict.fromkeys(result.contest.profile.ids[p] for tied in result.ties for p in tied[1:]))
    if not losers:
        return False
    if result.parameters.rule.is_greedy:
        return True
    others = [order[::-1], *([name, *(other for other in order if other != name)] for name in losers[:MOST_LOTS])]
    return any(set(_counted(result.election, result.parameters, other, taken).winners) != set(result.winners) for other in others)
