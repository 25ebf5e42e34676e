"""The rules of counting, one by one, on elections small enough to count by hand."""

import hashlib
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from app.budgeting.counting import lots, raising
from app.budgeting.counting.contest import Fate
from app.budgeting.counting.count import count
from app.budgeting.counting.election import Ballot, Election, Project, VoteType
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.budgeting.counting.problems import CountingProblem
from app.core.errors import RuleBroken
from tests.budgeting.elections import random_election

NO_SKIP, SHARES = Parameters(Rule.GREEDY_NO_SKIP), Parameters(Rule.EQUAL_SHARES)


def poll(budget: int, costs: dict[str, int], votes: dict[str, int], **more: object) -> Election:
    """`votes` says how many cast each ballot, written "a b"."""
    ballots = tuple(Ballot(tuple(marked.split())) for marked, times in votes.items() for _ in range(times))
    projects = tuple(Project(name, Fraction(cost)) for name, cost in costs.items())
    return replace(Election(Fraction(budget), VoteType.APPROVAL, projects, ballots), **more)  # type: ignore[arg-type]


PARK = poll(100, {"a": 60, "b": 50, "c": 40, "d": 10}, {"a": 5, "b": 4, "c": 3, "d": 0})


def fates(election: Election, parameters: Parameters) -> dict[str, Fate]:
    result = count(election, parameters)
    return {name: result.fates[at] for at, name in enumerate(result.contest.profile.ids)}


def test_greedy_skips_what_does_not_fit_and_funds_nothing_without_votes() -> None:
    assert fates(PARK, Parameters(Rule.GREEDY)) == {"a": Fate.WON, "b": Fate.DOES_NOT_FIT, "c": Fate.WON, "d": Fate.NO_VOTES}


def test_without_skipping_the_count_ends_at_the_first_that_does_not_fit() -> None:
    assert fates(PARK, NO_SKIP) == {"a": Fate.WON, "b": Fate.DOES_NOT_FIT, "c": Fate.AFTER_THE_STOP, "d": Fate.NO_VOTES}


def test_by_votes_per_cost_the_cheap_ones_go_first() -> None:
    election = poll(100, {"a": 90, "b": 20, "c": 30}, {"a": 5, "b": 2, "c": 2})
    assert count(election, Parameters(Rule.GREEDY)).winners == ("a",)
    assert count(election, Parameters(Rule.GREEDY, order=Order.SCORE_PER_COST)).winners == ("b", "c")


def test_a_threshold_comes_from_the_sheet_or_from_the_file_and_its_rules_want_one() -> None:
    sheet = Parameters(Rule.GREEDY_THRESHOLD)
    assert fates(replace(PARK, meta={"min_project_score_threshold": "4"}), sheet)["c"] is Fate.BELOW_THRESHOLD
    assert fates(PARK, replace(sheet, threshold=Fraction(3)))["c"] is Fate.WON
    with pytest.raises(RuleBroken) as refused:
        count(PARK, sheet)
    assert refused.value.problems[0].code is CountingProblem.THRESHOLD_MISSING


@pytest.mark.parametrize("rule", [Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN])
def test_exclusions_minimums_and_fair_shares_hold_under_every_rule(rule: Rule) -> None:
    assert fates(PARK, Parameters(rule, exclusions={"a": "sin terreno"}))["a"] is Fate.EXCLUDED
    assert fates(PARK, Parameters(rule, minimum_votes=4))["c"] is Fate.TOO_FEW_VOTERS
    assert fates(PARK, Parameters(rule, fair_share=Fraction(1)))["b"] is Fate.BELOW_FAIR_SHARE  # 4 of 12 voters, half of the budget


@pytest.mark.parametrize("rule", [Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN])
def test_of_two_projects_in_conflict_only_one_wins(rule: Rule) -> None:
    election = poll(140, {"a": 30, "b": 30, "c": 30}, {"a b c": 5, "a": 2})
    assert set(count(election, Parameters(rule)).winners) == {"a", "b", "c"}
    found = fates(election, Parameters(rule, conflicts=(frozenset({"a", "b"}),)))
    assert (found["a"], found["b"], found["c"]) == (Fate.WON, Fate.CONFLICT, Fate.WON)


def test_a_winner_of_an_earlier_count_keeps_its_rivals_out() -> None:
    sheet = Parameters(Rule.GREEDY, conflicts=(frozenset({"a", "distrito-1"}),))
    assert count(PARK, sheet, frozenset({"distrito-1"})).winners == ("b", "c")


def test_under_equal_shares_a_small_group_decides_over_its_part() -> None:
    election = poll(90, {"a": 40, "b": 40, "c": 18}, {"a b": 8, "c": 2})
    assert count(election, Parameters(Rule.GREEDY)).winners == ("a", "b")
    assert set(count(election, SHARES).winners) == {"a", "c"}


def test_prices_are_exact_and_the_money_spent_is_the_cost() -> None:
    election = poll(100, {"a": 10, "b": 31}, {"a": 3, "a b": 4})
    result = count(election, SHARES)
    assert [(s.price, s.full, s.short) for s in result.steps] == [(Fraction(10, 7), 7, 0), (Fraction(31, 4), 4, 0)]


def test_a_voter_without_enough_gives_all_it_has() -> None:
    """Of 15 each, "a" takes 8 from two; "b" costs 38: those two give their last 7, and the other two pay 12."""
    result = count(poll(60, {"a": 16, "b": 38}, {"a b": 2, "b": 2}), replace(SHARES, utility=Utility.CARDINALITY))
    assert [(s.price, s.full, s.short) for s in result.steps] == [(8, 2, 0), (12, 2, 2)]


def test_add1_stops_before_overspending_and_its_exhaustive_kind_as_soon_as_nothing_fits() -> None:
    """The case of Wieliczka in small (pb.md 0.3): raising further, the outcome changes and is still within the budget."""
    differ = []
    for number in range(0, 400, 5):
        election = random_election(number, VoteType.APPROVAL)
        sheet = replace(SHARES, increment=Fraction(1, 4))
        until_over = count(election, replace(sheet, completion=Completion.ADD1))
        until_full = count(election, replace(sheet, completion=Completion.ADD1_EXHAUSTIVE))
        assert until_over.spent <= election.budget and until_full.spent <= election.budget
        assert until_over.raises >= until_full.raises
        differ += [number] if set(until_over.winners) != set(until_full.winners) else []
    assert differ


def test_completing_with_greedy_uses_the_rest_and_says_so() -> None:
    election = poll(100, {"a": 50, "b": 45}, {"a": 6, "b": 4})
    result = count(election, replace(SHARES, completion=Completion.GREEDY))
    assert (result.winners, result.spent) == (("a", "b"), 95)
    assert fates(election, replace(SHARES, completion=Completion.GREEDY))["b"] is Fate.WON_WITH_THE_REST


def test_the_comparison_keeps_equal_shares_unless_more_voters_gain_with_greedy() -> None:
    for number in range(0, 200, 5):
        election = random_election(number, VoteType.APPROVAL)
        result = count(election, replace(SHARES, completion=Completion.COMPARISON, increment=Fraction(1, 4)))
        kept = result.preference
        assert kept is not None and kept.equal_shares + kept.greedy + kept.indifferent == len(election.ballots)
        other = Parameters(Rule.GREEDY) if kept.greedy > kept.equal_shares else replace(
            SHARES, completion=Completion.ADD1, increment=Fraction(1, 4)
        )  # fmt: skip
        assert set(result.winners) == set(count(election, other).winners)


def test_phragmen_stops_when_the_next_in_turn_would_overspend() -> None:
    election = poll(100, {"a": 60, "b": 50, "c": 5}, {"a": 6, "b": 4, "c": 1})
    assert fates(election, Parameters(Rule.PHRAGMEN)) == {"a": Fate.WON, "b": Fate.DOES_NOT_FIT, "c": Fate.WON}
    assert fates(replace(election, budget=Fraction(64)), Parameters(Rule.PHRAGMEN))["a"] is Fate.DOES_NOT_FIT


@pytest.mark.parametrize("rule", list(Rule))
def test_a_tie_is_broken_by_lot_and_told_only_where_it_decided(rule: Rule) -> None:
    sheet = Parameters(rule, threshold=Fraction(1))
    tied = poll(50, {"a": 50, "b": 50}, {"a": 3, "b": 3})
    if rule is Rule.EQUAL_SHARES:
        tied, sheet = poll(50, {"a": 50, "b": 50}, {"a b": 3}), sheet
    if rule is not Rule.PHRAGMEN:  # it stops when any of those level would not fit
        assert count(tied, sheet).winners == ("a",)
        assert count(tied, sheet).is_tie_sensitive
        seeds = {str(seed): lots.drawn(["a", "b"], str(seed))[0] for seed in range(20)}
        assert set(seeds.values()) == {"a", "b"}
        assert all(count(tied, replace(sheet, seed=seed)).winners == (first,) for seed, first in seeds.items())
    assert not count(replace(tied, budget=Fraction(200)), sheet).is_tie_sensitive


@pytest.mark.parametrize("rule", [Rule.GREEDY, Rule.GREEDY_NO_SKIP])
def test_a_level_of_three_is_one_lot_told_once_in_its_order(rule: Rule) -> None:
    tied = poll(70, {"a": 50, "b": 50, "c": 20}, {"a": 3, "b": 3, "c": 3})
    result = count(tied, Parameters(rule, seed="2027"))
    assert [[result.contest.profile.ids[p] for p in found] for found in result.ties] == [lots.drawn(["a", "b", "c"], "2027")]


def test_the_lot_is_the_hash_of_the_seed_and_the_id() -> None:
    assert lots.digest("2027", "P1") == hashlib.sha256(b"2027:P1").hexdigest()
    assert lots.drawn(["P3", "P1", "P2"], None) == ["P1", "P2", "P3"]
    assert lots.drawn(["P3", "P1", "P2"], "x") == sorted(["P1", "P2", "P3"], key=lambda name: lots.digest("x", name))


EVERY = [(rule, completion) for rule in Rule for completion in (Completion if rule is Rule.EQUAL_SHARES else (Completion.NONE,))]


@pytest.mark.parametrize(("rule", "completion"), EVERY)
def test_the_order_of_voters_and_projects_changes_nothing_under_a_lot(rule: Rule, completion: Completion) -> None:
    for number in range(20):
        election = random_election(number)
        dice = random.Random(number)
        mixed = replace(
            election, projects=tuple(dice.sample(election.projects, len(election.projects))),
            ballots=tuple(dice.sample(election.ballots, len(election.ballots))),
        )  # fmt: skip
        sheet = Parameters(rule, completion, increment=Fraction(1, 4), threshold=Fraction(1), seed=str(number))
        one, other = count(election, sheet), count(mixed, sheet)
        assert (one.winners, one.is_tie_sensitive) == (other.winners, other.is_tie_sensitive)


@pytest.mark.parametrize(("rule", "completion"), EVERY)
def test_doubling_every_ballot_changes_no_winner(rule: Rule, completion: Completion) -> None:
    """The step of Add1 is halved with the shares, as it is given per voter."""
    for number in range(20):
        election = random_election(number)
        sheet = Parameters(rule, completion, increment=Fraction(1, 2), threshold=Fraction(0))
        doubled = replace(election, ballots=election.ballots * 2)
        assert count(doubled, replace(sheet, increment=Fraction(1, 4))).winners == count(election, sheet).winners


@pytest.mark.parametrize(("rule", "completion"), [(r, c) for r, c in EVERY if not r.stops_at_first_that_does_not_fit])
def test_a_project_nobody_can_afford_changes_no_winner(rule: Rule, completion: Completion) -> None:
    for number in range(20):
        election = random_election(number)
        palace = Project("palacio", election.budget * 10**6)
        sheet = Parameters(rule, completion, increment=Fraction(1), threshold=Fraction(0), exclusions={"palacio": "no cabe"})
        assert count(replace(election, projects=(*election.projects, palace)), sheet).winners == count(
            election, replace(sheet, exclusions={})
        ).winners  # fmt: skip
        if completion in (Completion.NONE, Completion.GREEDY):
            voted = replace(
                election, projects=(*election.projects, palace), ballots=tuple(_marking(b, "palacio") for b in election.ballots)
            )
            plain = replace(sheet, exclusions={}, utility=Utility.COST)
            if not election.vote_type.has_points and election.vote_type is not VoteType.ORDINAL:
                assert count(voted, plain).winners == count(election, plain).winners


def _marking(ballot: Ballot, name: str) -> Ballot:
    return replace(ballot, projects=(*ballot.projects, name))


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (Parameters(Rule.GREEDY, Completion.ADD1), CountingProblem.COMPLETION_NEEDS_SHARES),
        (Parameters(Rule.EQUAL_SHARES, Completion.ADD1, increment=Fraction(0)), CountingProblem.BAD_INCREMENT),
        (Parameters(Rule.GREEDY, exclusions={"z": "?"}), CountingProblem.UNKNOWN_IN_PARAMETERS),
        (Parameters(Rule.GREEDY, conflicts=(frozenset({"a", "z"}),)), CountingProblem.UNKNOWN_IN_PARAMETERS),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(sheet: Parameters, code: CountingProblem) -> None:
    with pytest.raises(RuleBroken) as refused:
        count(PARK, sheet)
    assert refused.value.problems[0].code is code


def test_an_election_without_ballots_or_projects_has_no_winners() -> None:
    for rule, completion in EVERY:
        sheet = Parameters(rule, completion, threshold=Fraction(1))
        assert count(replace(PARK, ballots=()), sheet).winners == ()
        assert count(replace(PARK, projects=(), ballots=()), sheet).winners == ()


def test_a_voter_exactly_at_the_limit_does_not_make_the_count_go_round() -> None:
    """Found among random elections: rounding let a voter in and out of those who pay in full, for ever."""
    election = random_election(829)
    assert count(election, Parameters(Rule.EQUAL_SHARES, Completion.GREEDY, Utility.POINTS)).winners


def test_a_withdrawn_project_with_an_impossible_cost_does_not_make_add1_walk_for_ever() -> None:
    election = poll(1000, {"a": 400, "b": 300, "retirado": 999_999_999}, {"a b": 6, "b": 3, "a retirado": 1})
    result = count(election, replace(SHARES, completion=Completion.ADD1))
    assert (set(result.winners), result.raises) == ({"a", "b"}, 999_999_999 - 100 + 57)


def test_skipping_raises_that_change_nothing_gives_the_same_as_taking_each(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = replace(SHARES, completion=Completion.ADD1, increment=Fraction(1, 8))
    quick = [count(random_election(number), sheet) for number in range(60)]
    monkeypatch.setattr(raising, "_next", lambda run, raises, share, step: raises + 1)
    for number, result in enumerate(quick):
        each = count(random_election(number), sheet)
        assert (each.winners, each.raises, each.steps) == (result.winners, result.raises, result.steps)
