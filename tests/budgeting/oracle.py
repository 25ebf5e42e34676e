"""pabutools as an oracle: the same election, counted by other people's program. Exact fractions, plain profiles (pb.md A1)."""

import sys
import warnings
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pabutools import election as pb
    from pabutools import rules as pb_rules
    from pabutools.election.satisfaction import Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat
    from pabutools.rules.composition import popularity_comparison

from app.budgeting.counting.election import Election, VoteType
from app.budgeting.counting.parameters import Completion, Parameters, Rule, Utility, default_utility

SATISFACTION = {Utility.COST: Cost_Sat, Utility.CARDINALITY: Cardinality_Sat, Utility.POINTS: Additive_Cardinal_Sat}
sys.setrecursionlimit(10_000)  # its Equal Shares recurses once per project bought


def _instance(election: Election, left_out: Iterable[str] = ()) -> tuple[Any, Any]:
    projects = {p.id: pb.Project(p.id, pb_number(p.cost)) for p in election.projects if p.id not in left_out}
    instance = pb.Instance(projects.values(), budget_limit=pb_number(election.budget))
    if election.vote_type in (VoteType.APPROVAL, VoteType.CHOOSE_1):
        ballots = [pb.ApprovalBallot(projects[i] for i in b.projects if i in projects) for b in election.ballots]
        return instance, pb.ApprovalProfile(ballots, instance=instance)
    return instance, pb.CardinalProfile([_points(b, election, projects) for b in election.ballots], instance=instance)


def _points(ballot: Any, election: Election, projects: dict[str, Any]) -> Any:
    if election.vote_type is VoteType.ORDINAL:  # positions as pb.md writes them: its own Borda gives the last nothing
        most = election.most_ranked or len(ballot.projects)
        given = {name: most - at for at, name in enumerate(ballot.projects)}
    else:
        given = dict(zip(ballot.projects, ballot.points, strict=True))
    return pb.CardinalBallot({projects[i]: pb_number(value) for i, value in given.items() if i in projects and value > 0})


def pb_number(value: Fraction | int) -> Any:
    from pabutools.fractions import frac

    return frac(Fraction(value).numerator, Fraction(value).denominator)


def winners(election: Election, parameters: Parameters) -> set[str]:
    """What pabutools selects, without its traps: projects nobody voted for are left out, as ours are."""
    marked = {
        name for b in election.ballots for at, name in enumerate(b.projects) if not b.points or b.points[at] > 0
    }  # fmt: skip
    instance, profile = _instance(election, {p.id for p in election.projects} - marked)
    satisfaction = SATISFACTION[parameters.utility or default_utility(election.vote_type)]
    if parameters.rule is Rule.PHRAGMEN:
        return _names(pb_rules.sequential_phragmen(instance, _approvals(profile, instance)))
    if parameters.rule is Rule.GREEDY:
        return _names(pb_rules.greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction))
    return _names(_equal_shares(instance, profile, satisfaction, parameters))


def raised_until_full(election: Election) -> set[str]:
    """Equal Shares as its users complete it: equal ballots together, each share raised by 1 % until nothing more fits (pb.md A3)."""
    instance, profile = _instance(election)
    step = pb_number(election.budget / (100 * len(election.ballots)))
    return _names(pb_rules.method_of_equal_shares(instance, profile.as_multiprofile(), sat_class=Cost_Sat, voter_budget_increment=step))


def _approvals(profile: Any, instance: Any) -> Any:
    return pb.ApprovalProfile([pb.ApprovalBallot(list(ballot)) for ballot in profile], instance=instance)


def _equal_shares(instance: Any, profile: Any, satisfaction: Any, parameters: Parameters) -> Any:
    shares = {"sat_class": satisfaction}
    increment = pb_number(parameters.increment)
    if parameters.completion is Completion.NONE:
        return pb_rules.method_of_equal_shares(instance, profile, **shares)
    if parameters.completion is Completion.ADD1_EXHAUSTIVE:
        return pb_rules.method_of_equal_shares(instance, profile, **shares, voter_budget_increment=increment)
    rules = [pb_rules.method_of_equal_shares, pb_rules.greedy_utilitarian_welfare]
    if parameters.completion is Completion.GREEDY:
        return pb_rules.completion_by_rule_combination(instance, profile, rules, [shares, {"sat_class": satisfaction}])

    def raised(inst: Any, prof: Any, **more: Any) -> Any:
        return pb_rules.exhaustion_by_budget_increase(
            inst, prof, pb_rules.method_of_equal_shares, dict(shares), exhaustive_stop=False,
            budget_step=increment * prof.num_ballots(), **more,
        )  # fmt: skip

    if parameters.completion is Completion.ADD1:
        return raised(instance, profile)
    if parameters.completion is Completion.ADD1U:
        return pb_rules.completion_by_rule_combination(instance, profile, [raised, rules[1]], [{}, {"sat_class": satisfaction}])
    outcomes = popularity_comparison(instance, profile, satisfaction, [raised, rules[1]], [{}, {"sat_class": satisfaction}])
    return outcomes[0]  # a draw keeps the first, Equal Shares, as ours does


def _names(projects: Iterable[Any]) -> set[str]:
    return {str(project.name) for project in projects}
