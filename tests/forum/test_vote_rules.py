"""Votes of seats: results, majorities, Borda places and ties, ballots: tables of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.forum.rules import voting
from app.forum.rules.participation import Quorum
from app.forum.rules.seats import Side
from app.forum.rules.voting import Ballot, Choice, Majority, MotionKind, MotionProblem, MotionState, Verdict, Vote

NOON = datetime(2027, 3, 20, 17, 0, tzinfo=UTC)


def codes(problems: object) -> list[str]:
    return [str(problem.code) for problem in problems]  # type: ignore[attr-defined]


G, N = Side.GOVERNMENT, Side.NON_GOVERNMENT
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN
NO_LEAST = Quorum(1, 2, False, 0, 0)


def said(government: str, others: str) -> list[Vote]:
    """ "ffa" on each side: for, for, against; "-" abstains."""
    words = {"f": FOR, "a": AGAINST, "-": ABSTAIN}
    return [Vote(G, words[c]) for c in government] + [Vote(N, words[c]) for c in others]


@pytest.mark.parametrize(
    ("majority", "government", "others", "verdict"),
    [
        (Majority.SIMPLE, "ffa", "fa", Verdict.PASSED),
        (Majority.SIMPLE, "fa", "fa", Verdict.TIED),
        (Majority.SIMPLE, "aa", "fa", Verdict.REJECTED),
        (Majority.SIMPLE, "f-", "--", Verdict.PASSED),  # those who abstain stop nobody
        (Majority.TWO_THIRDS, "ff", "ffaa", Verdict.PASSED),  # 4 of 6
        (Majority.TWO_THIRDS, "ff", "faaa", Verdict.REJECTED),
        (Majority.TWO_THIRDS, "ff", "ff---", Verdict.REJECTED),  # 4 of 7: an abstention is a vote cast
        (Majority.BY_SIDE, "fffff", "ffa", Verdict.PASSED),
        (Majority.BY_SIDE, "fffff", "faa", Verdict.REJECTED),  # a great majority of one side does not outvote the other
        (Majority.BY_SIDE, "fffff", "fa", Verdict.TIED),
        (Majority.BY_SIDE, "aaa", "fffff", Verdict.REJECTED),
    ],
)
def test_the_result_of_a_vote(majority: Majority, government: str, others: str, verdict: Verdict) -> None:
    found = voting.result(
        MotionKind.YES_NO, majority, said(government, others), quorum=NO_LEAST, government=len(government), non_government=len(others)
    )
    assert found.verdict is verdict


def test_too_few_votes_decide_nothing() -> None:
    found = voting.result(
        MotionKind.YES_NO, Majority.SIMPLE, said("fff", ""), quorum=Quorum(1, 2, True, 1, 1), government=5, non_government=5
    )
    assert found.verdict is Verdict.NO_QUORUM
    assert found.total == voting.Tally(3, 0, 0)


def test_the_sum_of_each_side_is_told() -> None:
    found = voting.result(MotionKind.YES_NO, Majority.SIMPLE, said("ffa", "f--"), quorum=NO_LEAST, government=3, non_government=3)
    assert found.sides == {G: voting.Tally(2, 1, 0), N: voting.Tally(1, 0, 2)}


def ballots(*rankings: str) -> list[Vote]:
    return [Vote(G if place % 2 else N, ranking=tuple(int(c) for c in ranking)) for place, ranking in enumerate(rankings)]


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        (["123", "132", "213"], [(1, 5, 1), (2, 3, 2), (3, 1, 3)]),
        (["123", "321"], [(1, 2, 1), (3, 2, 1), (2, 2, 3)]),  # equal points: more first places go before; 1 and 3 share the first
        (["12", "21"], [(1, 3, 1), (2, 3, 1), (3, 0, 3)]),  # equal in everything: a shared place, nobody chooses
        (["1", "2"], [(1, 2, 1), (2, 2, 1), (3, 0, 3)]),  # an option left out gets nothing
        (["12", "13", "21", "31"], [(1, 6, 1), (2, 3, 2), (3, 3, 2)]),
        ([], [(1, 0, 1), (2, 0, 1), (3, 0, 1)]),
    ],
)
def test_borda_places_and_ties(votes: list[str], expected: list[tuple[int, int, int]]) -> None:
    assert [(s.option, s.points, s.place) for s in voting.borda(ballots(*votes), [1, 2, 3])] == expected


def test_borda_tells_the_points_of_each_side() -> None:
    first = voting.borda([Vote(G, ranking=(1, 2)), Vote(N, ranking=(1,)), Vote(N, ranking=(2, 1))], [1, 2])[0]
    assert (first.option, first.government, first.non_government, first.firsts) == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("changes", "has_rules", "expected"),
    [
        ({}, True, []),
        ({"title": ""}, True, [MotionProblem.TITLE_MISSING]),
        ({"closes_at": NOON}, True, [MotionProblem.CLOSES_TOO_SOON]),
        ({}, False, [MotionProblem.NO_RULES]),
        ({"kind": MotionKind.RANKING}, True, [MotionProblem.OPTIONS_WRONG]),
        ({"kind": MotionKind.RANKING, "options": ("Agua", "agua ")}, True, [MotionProblem.OPTION_REPEATED]),
        ({"kind": MotionKind.RANKING, "options": ("Agua", "Obras")}, True, []),
    ],
)
def test_when_a_motion_may_be_opened(changes: dict[str, object], has_rules: bool, expected: list[MotionProblem]) -> None:
    draft = voting.MotionDraft(MotionKind.YES_NO, "¿Se aprueba?", "", Majority.SIMPLE, NOON + timedelta(days=3))
    assert codes(voting.problems_with_opening(replace(draft, **changes), has_rules=has_rules, now=NOON)) == expected


@pytest.mark.parametrize(
    ("ballot", "kind", "expected"),
    [
        (Ballot(FOR), MotionKind.YES_NO, []),
        (Ballot(), MotionKind.YES_NO, [MotionProblem.CHOICE_MISSING]),
        (Ballot(AGAINST), MotionKind.YES_NO, [MotionProblem.REASON_MISSING]),
        (Ballot(AGAINST, reason="No hay presupuesto."), MotionKind.YES_NO, []),
        (Ballot(ranking=(2, 1)), MotionKind.RANKING, []),
        (Ballot(ranking=(2, 2)), MotionKind.RANKING, [MotionProblem.RANKING_WRONG]),
        (Ballot(ranking=(9,)), MotionKind.RANKING, [MotionProblem.RANKING_WRONG]),
        (Ballot(), MotionKind.RANKING, [MotionProblem.RANKING_WRONG]),
        (Ballot(ABSTAIN), MotionKind.RANKING, []),
    ],
)
def test_what_a_ballot_may_say(ballot: Ballot, kind: MotionKind, expected: list[MotionProblem]) -> None:
    assert codes(voting.problems_with_ballot(ballot, kind, [1, 2, 3])) == expected


@pytest.mark.parametrize(
    ("state", "closes", "has_seat", "has_voted", "expected"),
    [
        (MotionState.OPEN, 1, True, False, []),
        (MotionState.OPEN, 0, True, False, [MotionProblem.CLOSED]),
        (MotionState.CLOSED, 1, True, False, [MotionProblem.CLOSED]),
        (MotionState.OPEN, 1, False, False, [MotionProblem.NO_SEAT]),
        (MotionState.OPEN, 1, True, True, [MotionProblem.ALREADY_VOTED]),
    ],
)
def test_who_may_vote_and_until_when(
    state: MotionState, closes: int, has_seat: bool, has_voted: bool, expected: list[MotionProblem]
) -> None:
    found = voting.problems_with_voting(state, NOON + timedelta(hours=closes), has_seat=has_seat, has_voted=has_voted, now=NOON)
    assert codes(found) == expected
