"""Sheets: how many at a time, each used once, the second look somebody else's, the account even."""

import pytest

from app.paper.rules import (
    PaperProblem,
    SheetState,
    Tally,
    named,
    problems_with_checking,
    problems_with_printing,
    problems_with_reason,
    problems_with_using,
    sheet_code,
)


@pytest.mark.parametrize(("count", "may"), [(None, False), (0, False), (1, True), (100, True), (101, False)])
def test_from_one_to_a_hundred_sheets_are_printed_at_a_time(count: int | None, may: bool) -> None:
    assert (not problems_with_printing(count)) is may


def test_a_sheet_is_keyed_once_and_never_when_void() -> None:
    assert not problems_with_using(SheetState.UNUSED, "")
    assert [p.code for p in problems_with_using(SheetState.KEYED, "P-1")] == [PaperProblem.KEYED]
    assert [p.code for p in problems_with_using(SheetState.VOID, "")] == [PaperProblem.VOIDED]


def test_the_second_look_is_somebody_elses() -> None:
    assert not problems_with_checking(SheetState.KEYED, 1, 2)
    assert [p.code for p in problems_with_checking(SheetState.KEYED, 1, 1)] == [PaperProblem.OWN_WORK]
    assert [p.code for p in problems_with_checking(SheetState.UNUSED, None, 1)] == [PaperProblem.NOT_KEYED]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("PA7-H-0012", ("PA7", 12)), (" pa7-h-12 ", ("PA7", 12)), ("12", ("", 12)), ("H-12", ("H-12", None)), ("PA7-P-0012", ("", None)),
     ("", ("", None)), ("PA7-H-١", ("PA7", None)), ("PA7-H-9999999999", ("PA7", None))],
)  # fmt: skip
def test_a_code_is_read_as_people_copy_it(typed: str, read: tuple[str, int | None]) -> None:
    code, number = named(typed)
    assert number == read[1] and (number is None or code == read[0])


def test_voiding_says_why_in_few_words() -> None:
    assert not problems_with_reason("Se mojó")
    assert problems_with_reason("no") and problems_with_reason("a" * 301)


def test_the_account_is_even_when_every_sheet_is_somewhere() -> None:
    assert Tally(10, 4, 1, 5).is_even and not Tally(10, 4, 1, 4).is_even


def test_a_sheet_has_a_code_of_its_own() -> None:
    assert sheet_code("PA7", 12) == "PA7-H-0012"
