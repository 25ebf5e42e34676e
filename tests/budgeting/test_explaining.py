"""Why each project won or what it lacked, where the money went, who got nothing, what another rule would have chosen."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.budgeting import messages
from app.budgeting.counting import amounts, comparing, explaining, ledger
from app.budgeting.counting.contest import Fate
from app.budgeting.counting.count import Result, count
from app.budgeting.counting.election import Ballot, Election, Project, VoteType
from app.budgeting.counting.explaining import Why
from app.budgeting.counting.matrix import Criterion, Mark, rank
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.budgeting.counting.privacy import publication, without_persons
from app.budgeting.counting.problems import CountingProblem
from app.budgeting.counting.territories import count_by_territory
from app.core.errors import RuleBroken
from tests.budgeting import real
from tests.budgeting.elections import random_election
from tests.budgeting.test_counting import EVERY, PARK, poll

ADD1 = Parameters(Rule.EQUAL_SHARES, Completion.ADD1)


def why(result: Result, project_id: str) -> tuple[Why, dict[str, object]]:
    found = explaining.explained(result)[project_id]
    return found.why, found.values


def test_greedy_says_the_place_of_a_winner_and_what_a_loser_lacked() -> None:
    result = count(PARK, Parameters(Rule.GREEDY))
    assert why(result, "a") == (Why.WON_BY_VOTES, {"cost": 60, "votes": 5, "score": 5, "rank": 1, "before": 100})
    assert why(result, "b") == (Why.DOES_NOT_FIT, {"cost": 50, "votes": 4, "score": 4, "rank": 2, "before": 40, "missing": 10})
    assert why(result, "d")[0] is Why.NO_VOTES
    assert explaining.near_misses(result) == ["b"]


def test_stops_conflicts_exclusions_and_minimums_name_what_decided() -> None:
    stopped = count(PARK, Parameters(Rule.GREEDY_NO_SKIP))
    assert why(stopped, "c")[1]["stopper"] == "b"
    assert why(count(PARK, Parameters(Rule.GREEDY, conflicts=(frozenset({"a", "c"}),))), "c")[1]["rival"] == "a"
    earlier = count(PARK, Parameters(Rule.GREEDY, conflicts=(frozenset({"a", "norte-1"}),)), frozenset({"norte-1"}))
    assert why(earlier, "a")[1]["rival"] == "norte-1"
    assert why(count(PARK, Parameters(Rule.GREEDY, exclusions={"a": "sin terreno"})), "a")[1]["reason"] == "sin terreno"
    assert why(count(PARK, Parameters(Rule.GREEDY, threshold=Fraction(4))), "c")[1]["threshold"] == 4
    assert why(count(PARK, Parameters(Rule.GREEDY, minimum_votes=4)), "c")[1]["least"] == 4
    assert why(count(PARK, Parameters(Rule.GREEDY, fair_share=Fraction(1))), "b")[1]["needed"] == 6


def test_equal_shares_tells_too_few_votes_from_money_that_went_elsewhere() -> None:
    election = poll(90, {"a": 40, "b": 40, "c": 18, "e": 30}, {"a b": 8, "c": 1, "c e": 1})
    result = count(election, Parameters(Rule.EQUAL_SHARES))
    loser = explaining.explained(result)["b"]
    assert (loser.why, loser.values["money"], loser.values["missing"]) == (Why.MONEY_WENT_ELSEWHERE, 32, 8)
    assert (loser.spent_on, loser.support) == ((("a", Fraction(40)),), 100)  # level with "a", it lost the lot
    few = explaining.explained(result)["e"]
    assert (few.why, few.values["needed"], few.values["votes"]) == (Why.TOO_FEW_FOR_ITS_COST, 4, 1)
    assert explaining.near_misses(result) == ["b", "e"]


def test_the_money_of_the_voters_of_any_loser_adds_up_to_their_shares() -> None:
    for number in range(60):
        result = count(random_election(number), replace(ADD1, increment=Fraction(1, 4)))
        profile, run = result.contest.profile, result.run
        assert run is not None
        for name, found in explaining.explained(result).items():
            if result.contest.profile.ids.index(name) not in result.won and found.why in (
                Why.MONEY_WENT_ELSEWHERE,
                Why.TOO_FEW_FOR_ITS_COST,
            ):
                spent = sum((amount for _, amount in found.spent_on), Fraction(0))
                assert spent + found.values["money"] == found.values["votes"] * run.share / profile.unit


def test_the_account_of_each_voter_adds_up_to_what_the_winners_cost() -> None:
    election = real.election("Poland_Swiecie_2023")
    result = count(election, ADD1)
    run = result.run
    assert run is not None
    paid: dict[str, Fraction] = {}
    for ballot in election.ballots:
        account = ledger.account(run, dict.fromkeys(ballot.projects, 1))
        assert account.left >= 0
        for name, amount in account.paid:
            paid[name] = paid.get(name, Fraction(0)) + amount
    assert paid == {p.id: p.cost for p in election.projects if p.id in result.winners}


def test_effective_support_is_below_a_hundred_for_what_lost_without_a_tie() -> None:
    result = count(real.election("Poland_Swiecie_2023"), ADD1)
    ids = result.contest.profile.ids
    support = {ids[p]: percent for p, percent in ledger.effective_support(result.run).items()} if result.run else {}
    assert set(support) == set(ids) - set(result.winners)
    assert all(0 <= percent < 100 for percent in support.values())


def test_every_explanation_has_its_sentence_with_its_numbers() -> None:
    for number in range(30):
        for rule, completion in EVERY:
            sheet = Parameters(rule, completion, increment=Fraction(1, 2), threshold=Fraction(2), minimum_votes=number % 3)
            for found in explaining.explained(count(random_election(number), sheet)).values():
                values = {name: amounts.money(v) if isinstance(v, Fraction) else v for name, v in found.values.items()}
                assert "%(" not in str(messages.WHYS[found.why]) % values
    assert set(messages.WHYS) == set(Why) and set(messages.FATES) == set(Fate)
    assert set(messages.RULES) == set(Rule) and set(messages.COMPLETIONS) == set(Completion)
    assert set(messages.UTILITIES) == set(Utility) and set(messages.ORDERS) == set(Order)


def test_who_was_left_without_any_project_is_counted() -> None:
    result = count(PARK, Parameters(Rule.GREEDY))
    reach = ledger.reach(result.contest, result.won)
    assert (reach.voters, reach.with_a_winner, reach.without, reach.by_winners) == (12, 8, 4, (4, 8))


def test_the_comparison_says_what_each_other_rule_adds_and_lacks() -> None:
    result = count(PARK, Parameters(Rule.GREEDY))
    own, no_skip, *_ = comparing.compared(result)
    assert (own.added, own.lacking) == ((), ())
    assert (no_skip.rule, no_skip.added, no_skip.lacking, no_skip.voters_without) == (Rule.GREEDY_NO_SKIP, (), ("c",), 7)


def zoned() -> Election:
    projects = tuple(Project(name, Fraction(cost), district=zone) for name, cost, zone in (
        ("n1", 30, "Norte"), ("n2", 30, "Norte"), ("s1", 40, "Sur"), ("t1", 50, ""), ("t2", 50, ""),
    ))  # fmt: skip
    ballots = (Ballot(("n1", "t1")),) * 3 + (Ballot(("n2", "t2")),) * 2 + (Ballot(("s1", "t1")),) * 4
    return Election(Fraction(0), VoteType.APPROVAL, projects, ballots)


def test_each_territory_counts_its_own_voters_under_its_own_ceiling() -> None:
    ceilings = {"Norte": Fraction(40), "Sur": Fraction(39), "": Fraction(60)}
    results = count_by_territory(zoned(), Parameters(Rule.GREEDY), ceilings)
    assert {zone: result.winners for zone, result in results.items()} == {"Norte": ("n1",), "Sur": (), "": ("t1",)}
    assert {zone: result.contest.profile.voters for zone, result in results.items()} == {"Norte": 5, "Sur": 4, "": 9}


def test_a_districts_winner_keeps_a_rival_for_everybody_out() -> None:
    ceilings = {"Norte": Fraction(40), "Sur": Fraction(39), "": Fraction(60)}
    sheet = Parameters(Rule.GREEDY, conflicts=(frozenset({"n1", "t1"}), frozenset({"s1", "t2"})), exclusions={"s1": "sin terreno"})
    assert count_by_territory(zoned(), sheet, ceilings)[""].winners == ("t2",)


@pytest.mark.parametrize(
    ("ceilings", "code"),
    [
        ({"Norte": Fraction(1), "": Fraction(1)}, CountingProblem.TERRITORY_WITHOUT_CEILING),
        ({"Norte": Fraction(1), "Sur": Fraction(1), "": Fraction(1), "Este": Fraction(1)}, CountingProblem.UNKNOWN_TERRITORY),
    ],
)
def test_every_territory_has_a_ceiling_and_every_ceiling_a_territory(ceilings: dict[str, Fraction], code: CountingProblem) -> None:
    with pytest.raises(RuleBroken) as refused:
        count_by_territory(zoned(), Parameters(Rule.GREEDY), ceilings)
    assert refused.value.problems[0].code is code


CRITERIA = (Criterion("impacto", Fraction(60)), Criterion("costo", Fraction(40)))


def marks(**scores: tuple[int, int]) -> list[Mark]:
    return [Mark(name, c.id, Fraction(score)) for name, given in scores.items() for c, score in zip(CRITERIA, given, strict=True)]


def test_the_matrix_ranks_by_weighted_totals_and_funds_in_order() -> None:
    projects = [Project("a", Fraction(60)), Project("b", Fraction(50)), Project("c", Fraction(40))]
    given = [*marks(a=(100, 50), b=(70, 70), c=(50, 20)), Mark("a", "impacto", Fraction(50), "otro")]
    lines = rank(projects, CRITERIA, given, Fraction(100), minimum=Fraction(30))
    assert [(line.project, line.total, line.fate, line.left) for line in lines] == [
        ("b", 70, Fate.WON, 50), ("a", 65, Fate.DOES_NOT_FIT, 50), ("c", 38, Fate.WON, 10),
    ]  # fmt: skip
    assert [line.fate for line in rank(projects, CRITERIA, given, Fraction(100), stops=True)] == [
        Fate.WON, Fate.DOES_NOT_FIT, Fate.AFTER_THE_STOP,
    ]  # fmt: skip
    assert rank(projects, CRITERIA, given, Fraction(100), minimum=Fraction(40))[-1].fate is Fate.BELOW_THRESHOLD


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (marks(a=(1, 2)), CountingProblem.MATRIX_SCORE_MISSING),
        (marks(a=(1, 2), b=(1, 101)), CountingProblem.MATRIX_SCORE_OUTSIDE),
        (marks(a=(1, 2), b=(1, 1), z=(1, 1)), CountingProblem.UNKNOWN_IN_PARAMETERS),
    ],
)
def test_a_matrix_with_a_hole_or_a_score_out_of_scale_is_refused(given: list[Mark], code: CountingProblem) -> None:
    with pytest.raises(RuleBroken) as refused:
        rank([Project("a", Fraction(1)), Project("b", Fraction(1))], CRITERIA, given, Fraction(9))
    assert refused.value.problems[0].code is code


def test_ballots_are_published_only_when_each_was_cast_by_five_or_more() -> None:
    alike = poll(10, {"a": 1, "b": 1}, {"a": 5, "a b": 6})
    assert publication(alike).may_publish_ballots
    assert publication(replace(alike, ballots=alike.ballots[1:])).alike == 4
    assert not publication(replace(alike, ballots=alike.ballots[1:])).may_publish_ballots
    aged = replace(alike, ballots=(replace(alike.ballots[0], more={"age": "90+"}), *alike.ballots[1:]))
    assert not publication(aged, about=("age",)).may_publish_ballots and publication(aged, about=("age",)).unique == 1


def test_what_is_published_says_nothing_of_who_voted_or_in_which_order() -> None:
    election = poll(10, {"a": 1, "b": 1}, {"b": 2, "a": 2})
    told = replace(election, ballots=tuple(replace(b, voter_id="45", district="Norte", more={"sex": "F"}) for b in election.ballots))
    bare = without_persons(told)
    assert bare == without_persons(replace(told, ballots=told.ballots[::-1]))
    assert [(b.voter_id, b.projects, b.district, b.more) for b in bare.ballots] == [
        ("1", ("a",), None, None), ("2", ("a",), None, None), ("3", ("b",), None, None), ("4", ("b",), None, None),
    ]  # fmt: skip
