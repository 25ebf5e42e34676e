"""Rules of a scrutiny: territories that keep the secret, seeds, how paper is keyed, one's own share. No database."""

from fractions import Fraction

import pytest

from app.budgeting.counting import ledger, report
from app.budgeting.counting.count import count
from app.budgeting.counting.parameters import Completion, Parameters, Rule
from app.scrutiny.rules.accounts import account
from app.scrutiny.rules.acts import fits, shape_of
from app.scrutiny.rules.tables import Entry, entry_of
from app.scrutiny.rules.territories import Zone, grouped, is_too_small
from app.voting.rules import BallotKind
from tests.budgeting import real


def zone(name: str, ballots: int, *, unanimous: bool = False) -> Zone:
    return Zone(name, name, ballots + 3, ballots, ballots, 1, unanimous)


@pytest.mark.parametrize("small", range(10))
def test_small_and_unanimous_territories_go_up_into_a_larger_group(small: int) -> None:
    groups = grouped([zone("a", 40), zone("b", small), zone("c", 30), zone("d", 25, unanimous=True)])
    for group in groups:
        assert group.ballots == 0 or group.ballots >= 10
    merged = {name for group in groups if group.is_merged for name in group.names}
    assert "d" in merged and ("b" in merged) is (small > 0)
    assert sum(group.ballots for group in groups) == 95 + small


def test_no_hidden_territory_can_be_worked_out_by_subtraction() -> None:
    """One small district alone would be the total less the others: it takes the next smallest with it."""
    groups = grouped([zone("a", 40), zone("b", 4), zone("c", 12)])
    assert [group.names for group in groups] == [("a",), ("b", "c")]
    assert is_too_small(grouped([zone("a", 4), zone("b", 3)])) and not is_too_small(groups)


@pytest.mark.parametrize(
    ("source", "seed", "is_right"),
    [
        ("Los 10 dígitos del sorteo", "0412233144", True), ("Los 10 dígitos del sorteo", "041223314", False),
        ("Los 10 dígitos del sorteo", "04122331aa", False), ("El SHA-256 del acta", "a" * 64, True),
        ("El SHA-256 del acta", "A" * 64, False), ("El hash del bloque 900000", "0f" * 32, True),
        ("Los cinco números de la Tinka, separados por guiones", "05-12-19-33-41", True),
        ("Los cinco números de la Tinka, separados por guiones", "05-12-19-33", False), ("Lo que diga la radio", "dos de mayo", True),
        ("Lo que diga la radio", "dos", False), ("Lo que diga", "con\nsalto", False),
    ],
)  # fmt: skip
def test_a_seed_has_the_form_that_was_announced(source: str, seed: str, is_right: bool) -> None:
    assert fits(seed, shape_of(source)) is is_right


@pytest.mark.parametrize(
    ("rule", "completion", "kind", "asked", "entry"),
    [
        (Rule.GREEDY, Completion.NONE, BallotKind.APPROVAL, "", Entry.TOTALS),
        (Rule.GREEDY_NO_SKIP_THRESHOLD, Completion.NONE, BallotKind.CUMULATIVE, "", Entry.TOTALS),
        (Rule.GREEDY, Completion.NONE, BallotKind.APPROVAL, "ballots", Entry.BALLOTS),
        (Rule.GREEDY, Completion.NONE, BallotKind.ORDINAL, "", Entry.BALLOTS),
        (Rule.EQUAL_SHARES, Completion.ADD1, BallotKind.APPROVAL, "", Entry.BALLOTS),
        (Rule.PHRAGMEN, Completion.NONE, BallotKind.APPROVAL, "", Entry.BALLOTS),
    ],
)
def test_paper_is_keyed_as_totals_only_where_totals_are_enough(
    rule: Rule, completion: Completion, kind: BallotKind, asked: str, entry: Entry
) -> None:
    assert entry_of(Parameters(rule, completion), kind, asked) is entry


def test_the_share_of_a_voter_told_from_the_published_steps_is_that_of_the_count() -> None:
    result = count(real.election("Poland_Swiecie_2023"), Parameters(Rule.EQUAL_SHARES, Completion.ADD1))
    told = report.as_data(result)
    assert result.run is not None
    for ballot in list(dict.fromkeys(ballot.projects for ballot in result.election.ballots))[:80]:
        mine = dict.fromkeys(ballot, 1)
        ours, theirs = account(told, mine), ledger.account(result.run, mine)
        assert ours is not None and (ours.share, ours.paid) == (theirs.share, theirs.paid)
        assert ours.left >= Fraction(0)
    assert account(report.as_data(count(result.election, Parameters(Rule.GREEDY))), {"1": 1}) is None
