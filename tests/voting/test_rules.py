"""The judge of ballots, the course of a vote, codes and limits: tables of cases, no database."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voting.rules import BallotKind, Extent, VoteState
from app.voting.rules import codes as letters
from app.voting.rules.ballots import BallotProblem, BallotRule, Option, ranked, tidy, validate_ballot
from app.voting.rules.course import Course, Stage
from app.voting.rules.limits import Tried, is_too_many
from app.voting.rules.printing import Books, TokenBooks
from app.voting.rules.roll import RollProblem, merged, problems_with_document
from app.voting.rules.turnout import next_step
from tests.world import NOON

OPTIONS = {n: Option(n, cost, place) for n, cost, place in ((1, 40, None), (2, 30, "080101"), (3, 50, "080102"), (4, 10, None))}


def rule(kind: BallotKind = BallotKind.APPROVAL, **changes: object) -> BallotRule:
    given_ = {"fewest": 1, "most": 3, "points": 10, "limit_cents": 80, "options": OPTIONS} | changes
    return BallotRule(kind, **given_)  # type: ignore[arg-type]


JUDGED = [
    (rule(), [[1, 1], [2, 1]], None, None),
    (rule(), [], None, BallotProblem.NOTHING_CHOSEN),
    (rule(fewest=2), [[1, 1]], None, BallotProblem.TOO_FEW),
    (rule(most=1), [[1, 1], [2, 1]], None, BallotProblem.TOO_MANY),
    (rule(), [[9, 1]], None, BallotProblem.UNKNOWN_OPTION),
    (rule(), [[1, 1], [1, 1]], None, BallotProblem.REPEATED),
    (rule(), [[1, 2]], None, BallotProblem.NOT_A_NUMBER),
    (rule(), [[1, -1]], None, BallotProblem.NOT_A_NUMBER),
    (rule(), "1", None, BallotProblem.MALFORMED),
    (rule(), [[1]], None, BallotProblem.MALFORMED),
    (rule(), [[1, True]], None, BallotProblem.MALFORMED),
    (rule(), [["1", 1]], None, BallotProblem.MALFORMED),
    (rule(), [[1, 1.0]], None, BallotProblem.MALFORMED),
    (rule(), [[1, 10**12]], None, BallotProblem.MALFORMED),
    (rule(BallotKind.KNAPSACK), [[1, 1], [2, 1], [4, 1]], None, None),
    (rule(BallotKind.KNAPSACK), [[1, 1], [3, 1]], None, BallotProblem.OVERSPENT),
    (rule(BallotKind.CUMULATIVE), [[1, 7], [2, 3]], None, None),
    (rule(BallotKind.CUMULATIVE), [[1, 7], [2, 4]], None, BallotProblem.TOO_MANY_POINTS),
    (rule(BallotKind.CUMULATIVE), [[1, 12], [2, -2]], None, BallotProblem.NOT_A_NUMBER),
    (rule(BallotKind.SCORE, points=5), [[1, 5]], None, None),
    (rule(BallotKind.SCORE, points=5), [[1, 6]], None, BallotProblem.SCORE_TOO_HIGH),
    (rule(BallotKind.ORDINAL), [[3, 1], [1, 1]], None, None),
    (rule(extent=Extent.TERRITORY), [[2, 1]], "080101", None),
    (rule(extent=Extent.TERRITORY), [[3, 1]], "080101", BallotProblem.OTHER_TERRITORY),
    (rule(extent=Extent.TERRITORY), [[1, 1]], "080101", BallotProblem.OTHER_TERRITORY),
    (rule(extent=Extent.BOTH), [[1, 1], [2, 1]], "080101", None),
    (rule(extent=Extent.BOTH), [[3, 1]], None, BallotProblem.OTHER_TERRITORY),
    (rule(fewest=3, extent=Extent.TERRITORY), [[2, 1]], "080101", None),
    (rule(BallotKind.KNAPSACK, extent=Extent.TERRITORY, limits={"080101": 20}), [[2, 1]], "080101", BallotProblem.OVERSPENT),
]


@pytest.mark.parametrize(("by", "choices", "ubigeo", "expected"), JUDGED)
def test_what_a_ballot_may_say(by: BallotRule, choices: object, ubigeo: str | None, expected: BallotProblem | None) -> None:
    found = [problem.code for problem in validate_ballot(by, choices, ubigeo)]
    assert found == ([] if expected is None else [expected])


def test_a_blank_ballot_says_so_and_nothing_else() -> None:
    assert validate_ballot(rule(), [], None, is_blank=True) == ()
    assert [p.code for p in validate_ballot(rule(), [[1, 1]], None, is_blank=True)] == [BallotProblem.BLANK_WITH_CHOICES]


def test_the_order_of_marking_is_not_kept_unless_it_is_the_vote() -> None:
    assert tidy(rule(), [[3, 1], [1, 1]]) == [[1, 1], [3, 1]]
    assert tidy(rule(BallotKind.ORDINAL), [[3, 1], [1, 1]]) == [[3, 1], [1, 1]]


def test_two_projects_do_not_share_a_place() -> None:
    assert ranked({4: 2, 1: 1}) == ([[1, 1], [4, 1]], ())
    assert [p.code for p in ranked({4: 1, 1: 1})[1]] == [BallotProblem.RANK_REPEATED]


COURSES = [
    (state, minutes, is_open)
    for state in (VoteState.ANNOUNCED, VoteState.OPEN)
    for minutes, is_open in ((-1, False), (0, True), (1, True), (599, True), (600, False), (601, False))
] + [(state, 300, False) for state in (VoteState.DRAFT, VoteState.CLOSED, VoteState.COUNTED, VoteState.PUBLISHED)]


@pytest.mark.parametrize(("state", "minutes", "is_open"), COURSES)
def test_a_vote_opens_and_closes_by_the_clock(state: VoteState, minutes: int, is_open: bool) -> None:
    course = Course(state, NOON, NOON + timedelta(minutes=600))
    assert course.is_open(NOON + timedelta(minutes=minutes)) is is_open
    assert (course.problems(NOON + timedelta(minutes=minutes)) == ()) is is_open


def test_a_vote_whose_time_passed_waits_to_be_closed() -> None:
    assert Course(VoteState.OPEN, NOON, NOON + timedelta(hours=1)).stage(NOON + timedelta(hours=1)) is Stage.WAITING


@given(st.binary(min_size=10, max_size=10), st.integers(0, 15), st.sampled_from(letters.ALPHABET))
@settings(max_examples=200, deadline=None)
def test_one_wrong_letter_of_a_printed_code_is_told(random: bytes, place: int, letter: str) -> None:
    code = letters.written(random, letters.TOKEN_LETTERS)
    assert len(code) == 16 and letters.read(letters.grouped(code).lower(), letters.TOKEN_LETTERS) == code
    slipped = code[:place] + letter + code[place + 1 :]
    assert (letters.read(slipped, letters.TOKEN_LETTERS) is None) is (slipped != code)


def test_letters_that_look_alike_are_read_as_what_they_are() -> None:
    code = letters.written(bytes(10), letters.TOKEN_LETTERS)
    assert letters.read(code.replace("0", "O"), letters.TOKEN_LETTERS) == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("40506070", None), ("4050 6070", None), ("１２３４５６７８", None), ("4050607", RollProblem.ZERO_LOST),
     ("405060701", RollProblem.DOCUMENT_MALFORMED), ("4050607X", RollProblem.DOCUMENT_MALFORMED), ("", RollProblem.DOCUMENT_MALFORMED)],
)  # fmt: skip
def test_a_document_has_eight_digits(typed: str, expected: RollProblem | None) -> None:
    assert [p.code for p in problems_with_document(typed)] == ([] if expected is None else [expected])


def test_turnout_moves_by_the_hour_and_by_ten() -> None:
    hour = NOON.replace(minute=0)
    assert next_step(None, 9, NOON) is None
    assert next_step(None, 10, NOON + timedelta(minutes=20)) == (hour, 10)
    assert next_step((hour, 10), 50, NOON + timedelta(minutes=59)) is None
    assert next_step((hour, 10), 19, NOON + timedelta(hours=2)) is None
    assert next_step((hour, 10), 20, NOON + timedelta(hours=2)) == (hour + timedelta(hours=2), 20)


def test_small_groups_come_without_their_number() -> None:
    rows = merged({"080101": 10, "080102": 9}, {"080101": "Cusco", "080102": "Ccorca"})
    assert [(row.name, row.people) for row in rows] == [("Ccorca", None), ("Cusco", 10)]


def test_five_wrong_codes_from_an_address_or_a_hundred_a_minute_are_enough() -> None:
    assert not is_too_many(Tried.TOKEN, 0, 4, 99)
    assert is_too_many(Tried.TOKEN, 0, 5, 5) and is_too_many(Tried.TOKEN, 0, 0, 100)


def test_the_books_balance_or_say_so() -> None:
    tokens = TokenBooks(issued=10, used=3, void=1, unused=6)
    assert tokens.is_even and not TokenBooks(10, 3, 1, 5).is_even
    assert Books({"web": 5, "booth": 2, "token": 4, "paper": 9}, tokens, 10, 10).is_even
    assert not Books({"web": 5, "booth": 2, "token": 4}, tokens, 11, 10).is_even
    assert not Books({"web": 5, "booth": 2, "token": 2}, tokens, 10, 10).is_even
