"""Why each project won, or what it lacked: codes and exact numbers, computed from the steps of the count."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Any

from app.budgeting.counting import ledger
from app.budgeting.counting.contest import Fate, Step
from app.budgeting.counting.count import Result
from app.budgeting.counting.parameters import Order, Rule, threshold_of


class Why(StrEnum):
    WON_BY_VOTES = "won-by-votes"
    WON_WITH_THE_REST = "won-with-the-rest"
    WON_BY_SHARES = "won-by-shares"
    WON_BY_TURN = "won-by-turn"
    DOES_NOT_FIT = "does-not-fit"
    AFTER_THE_STOP = "after-the-stop"
    NOT_REACHED = "not-reached"
    TOO_FEW_FOR_ITS_COST = "too-few-for-its-cost"
    MONEY_WENT_ELSEWHERE = "money-went-elsewhere"
    CONFLICT = "conflict"
    EXCLUDED = "excluded"
    NO_VOTES = "no-votes"
    BELOW_THRESHOLD = "below-threshold"
    TOO_FEW_VOTERS = "too-few-voters"
    BELOW_FAIR_SHARE = "below-fair-share"


@dataclass(frozen=True)
class Explanation:
    """`values` fill the sentence; amounts are exact, in currency units. `support` is the effective support in whole percent, under
    Equal Shares: 100 is enough. `spent_on` says where the money of its voters went, the largest amount first."""

    project_id: str
    why: Why
    values: dict[str, Any]
    support: int | None = None
    spent_on: tuple[tuple[str, Fraction], ...] = ()


@dataclass
class _Case:
    """One project of a result, with what every explanation starts from."""

    result: Result
    project: int
    step: Step | None
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        profile = self.result.contest.profile
        self.values = {
            "cost": profile.amount(profile.costs[self.project]),
            "votes": profile.votes[self.project],
            "score": profile.score(self.project),
            "rank": rank(self.result, self.project),
        }


def explained(result: Result) -> dict[str, Explanation]:
    """By project id, in the order of the file."""
    place = {project_id: at for at, project_id in enumerate(result.contest.profile.ids)}
    steps = {step.project: step for step in result.steps}
    supports = ledger.effective_support(result.run) if result.run else {}
    return {p.id: _explain(_Case(result, place[p.id], steps.get(place[p.id])), supports) for p in result.election.projects}


def rank(result: Result, project: int) -> int:
    """Its place by score (or score per cost), the same for those that are level; 1 is the first."""
    profile = result.contest.profile
    by_cost = result.parameters.order is Order.SCORE_PER_COST

    def worth(p: int) -> Fraction:
        return Fraction(profile.scores[p], profile.costs[p] or 1) if by_cost else Fraction(profile.scores[p])

    return 1 + sum(worth(p) > worth(project) for p in range(len(profile.ids)))


def near_misses(result: Result, most: int = 5) -> list[str]:
    """The losers that were closest: by effective support under Equal Shares, else those that lacked the smallest part of their cost."""
    profile = result.contest.profile
    if result.run is not None and not (result.preference and result.preference.greedy_kept):
        support = ledger.effective_support(result.run)
        losers = sorted((p for p, fate in result.fates.items() if fate is Fate.SUPPORTERS_SHORT), key=lambda p: (-support.get(p, 0), p))
        return [profile.ids[p] for p in losers[:most]]
    lacked = {s.project: 1 - s.left / profile.amount(profile.costs[s.project]) for s in result.steps if s.fate is Fate.DOES_NOT_FIT}
    return [profile.ids[p] for p in sorted(lacked, key=lambda p: (lacked[p], p))[:most]]


def _explain(case: _Case, supports: dict[int, int]) -> Explanation:
    fate = case.result.fates[case.project]
    ids = case.result.contest.profile.ids
    if fate is Fate.SUPPORTERS_SHORT:
        return _short_of_money(case, supports)
    tell = _TELLERS.get(fate)
    why = tell(case) if tell else Why(str(fate))
    support = 100 if fate is Fate.WON and case.result.run and why is Why.WON_BY_SHARES else None
    return Explanation(ids[case.project], why, case.values, support)


def _won(case: _Case) -> Why:
    by_greedy = case.result.preference is not None and case.result.preference.greedy_kept
    if case.result.parameters.rule is Rule.EQUAL_SHARES and not by_greedy:
        step = case.step
        if step is not None:
            empty = case.values["votes"] - step.full - step.short
            case.values |= {"full": step.full, "short": step.short, "empty": empty, "price": step.price}
        return Why.WON_BY_SHARES
    case.values["before"] = _left_before(case)
    return Why.WON_BY_TURN if case.result.parameters.rule is Rule.PHRAGMEN else Why.WON_BY_VOTES


def _won_with_the_rest(case: _Case) -> Why:
    case.values["before"] = _left_before(case)
    return Why.WON_WITH_THE_REST


def _does_not_fit(case: _Case) -> Why:
    left = case.step.left if case.step else Fraction(0)
    case.values |= {"before": left, "missing": case.values["cost"] - left}
    return Why.DOES_NOT_FIT


def _after_the_stop(case: _Case) -> Why:
    ids = case.result.contest.profile.ids
    case.values["stopper"] = next((ids[s.project] for s in case.result.steps if s.fate is Fate.DOES_NOT_FIT), "")
    return Why.AFTER_THE_STOP


def _conflict(case: _Case) -> Why:
    """Without a rival among the winners, it won in a count that came before."""
    ids, won = case.result.contest.profile.ids, case.result.won
    here = sorted(ids[p] for p in case.result.contest.rivals_of(case.project) if p in won)
    named = {name for group in case.result.parameters.conflicts if ids[case.project] in group for name in group} - set(ids)
    case.values["rival"] = (here or sorted(named) or [""])[0]
    return Why.CONFLICT


def _excluded(case: _Case) -> Why:
    case.values["reason"] = case.result.parameters.exclusions[case.result.contest.profile.ids[case.project]]
    return Why.EXCLUDED


def _below_threshold(case: _Case) -> Why:
    case.values["threshold"] = threshold_of(case.result.parameters, case.result.election)
    return Why.BELOW_THRESHOLD


def _too_few_voters(case: _Case) -> Why:
    case.values["least"] = case.result.parameters.minimum_votes
    return Why.TOO_FEW_VOTERS


def _below_fair_share(case: _Case) -> Why:
    profile, fair = case.result.contest.profile, case.result.parameters.fair_share or Fraction(0)
    case.values["needed"] = ceil(profile.costs[case.project] * profile.voters * fair / profile.budget) if profile.budget else 0
    return Why.BELOW_FAIR_SHARE


_TELLERS = {
    Fate.WON: _won,
    Fate.WON_WITH_THE_REST: _won_with_the_rest,
    Fate.DOES_NOT_FIT: _does_not_fit,
    Fate.AFTER_THE_STOP: _after_the_stop,
    Fate.CONFLICT: _conflict,
    Fate.EXCLUDED: _excluded,
    Fate.BELOW_THRESHOLD: _below_threshold,
    Fate.TOO_FEW_VOTERS: _too_few_voters,
    Fate.BELOW_FAIR_SHARE: _below_fair_share,
}


def _left_before(case: _Case) -> Fraction:
    return case.step.left + case.values["cost"] if case.step else Fraction(0)


def _short_of_money(case: _Case, supports: dict[int, int]) -> Explanation:
    """Two ways to lose under Equal Shares: never enough voters for the cost, or voters whose money went to what else they chose."""
    profile, run = case.result.contest.profile, case.result.run
    if run is None:
        raise RuntimeError("only Equal Shares leaves voters short of money")
    share = run.share / profile.unit
    needed = ceil(case.values["cost"] / share) if share else 0
    is_few = profile.votes[case.project] < needed
    case.values |= {"needed": needed, "money": run.wallets.money_of(case.project)}
    case.values["missing"] = case.values["cost"] - case.values["money"]
    spent = tuple((profile.ids[p], amount) for p, amount in ledger.spent_by_voters_of(run, case.project))
    why = Why.TOO_FEW_FOR_ITS_COST if is_few else Why.MONEY_WENT_ELSEWHERE
    return Explanation(profile.ids[case.project], why, case.values, supports.get(case.project), spent)
