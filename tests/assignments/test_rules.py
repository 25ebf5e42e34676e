"""Days that are possible, notes, whose pile it is, who may answer, when to remind: tables of cases."""

from datetime import date, timedelta

import pytest

from app.assignments.rules import (
    LATE_DAYS,
    MOST_AT_ONCE,
    AssignmentProblem,
    Moment,
    Window,
    days_overdue,
    lineage,
    may_answer,
    moment,
    problems_with_batch,
    problems_with_due,
    problems_with_passing_on,
    problems_with_return,
    reach,
    window,
)

TODAY, CLOSE = date(2027, 3, 20), date(2027, 4, 29)
NOTE = "Le toca a la gerencia de obras."


@pytest.mark.parametrize(
    ("closes_on", "last"),
    [(CLOSE, CLOSE), (TODAY, TODAY), (date(2027, 3, 1), TODAY + timedelta(LATE_DAYS)), (None, TODAY + timedelta(LATE_DAYS))],
)
def test_answers_are_due_until_the_feedback_phase_closes_or_within_a_month_of_it(closes_on: date | None, last: date) -> None:
    assert window(TODAY, closes_on) == Window(TODAY, last)


@pytest.mark.parametrize(
    ("due_on", "code"),
    [
        (TODAY, None), (CLOSE, None), (TODAY - timedelta(1), AssignmentProblem.DUE_PAST),
        (CLOSE + timedelta(1), AssignmentProblem.DUE_LATE), (None, AssignmentProblem.NO_DUE_DATE),
    ],
)  # fmt: skip
def test_a_day_that_passed_or_is_too_late_is_refused_with_the_days_that_are_possible(due_on: date | None, code: object) -> None:
    problems = problems_with_due(due_on, Window(TODAY, CLOSE))
    assert [p.code for p in problems] == ([code] if code else [])
    assert all(p.values == {"first": TODAY, "last": CLOSE} and p.field == "due_on" for p in problems)


@pytest.mark.parametrize(
    ("chosen", "changing", "code"),
    [
        (0, 0, AssignmentProblem.NOTHING_CHOSEN), (MOST_AT_ONCE + 1, 3, AssignmentProblem.TOO_MANY),
        (4, 0, AssignmentProblem.ALL_ANSWERED), (4, 1, None),
    ],
)  # fmt: skip
def test_something_must_be_marked_and_still_wait(chosen: int, changing: int, code: object) -> None:
    assert [p.code for p in problems_with_batch(chosen, changing)] == ([code] if code else [])


def test_forwarding_needs_somebody_who_has_it_another_entity_and_a_note() -> None:
    assert problems_with_passing_on(1, 2, NOTE) == ()
    assert {p.code for p in problems_with_passing_on(None, 2, NOTE)} == {AssignmentProblem.NOT_HELD}
    assert {p.code for p in problems_with_passing_on(1, 1, NOTE)} == {AssignmentProblem.SAME_ORGANISATION}
    assert {p.code for p in problems_with_passing_on(1, 2, "corta    ")} == {AssignmentProblem.NOTE_SHORT}


def test_returning_needs_somebody_who_has_it_and_a_note() -> None:
    assert problems_with_return(1, NOTE) == ()
    assert [p.code for p in problems_with_return(None, "")] == [AssignmentProblem.NOT_HELD, AssignmentProblem.NOTE_SHORT]


PARENTS = {1: None, 2: 1, 3: 2, 4: None, 5: 6, 6: 5}


def test_the_lineage_goes_up_and_the_reach_goes_down_and_a_circle_ends() -> None:
    assert lineage(3, PARENTS) == (3, 2, 1) and lineage(None, PARENTS) == () and lineage(5, PARENTS) == (5, 6)
    assert reach([1], PARENTS) == {1, 2, 3} and reach([2], PARENTS) == {2, 3} and reach([], PARENTS) == frozenset()
    assert reach([5], PARENTS) == {5, 6}


@pytest.mark.parametrize(
    ("holder", "answers_for", "is_of_secretariat", "may"),
    [
        ((), {4}, False, True),  # nobody was assigned: any entity
        ((3, 2, 1), {3}, False, True),  # its people
        ((3, 2, 1), {1}, False, True),  # those of the organisation it is a unit of
        ((1,), {3}, False, False),  # a unit does not answer for the whole
        ((3, 2, 1), {4}, False, False),
        ((3, 2, 1), set(), True, True),
        ((3, 2, 1), set(), False, False),
    ],
)
def test_what_is_assigned_is_answered_by_its_people_and_the_secretariat(
    holder: tuple[int, ...], answers_for: set[int], is_of_secretariat: bool, may: bool
) -> None:
    assert may_answer(holder, answers_for, is_of_secretariat=is_of_secretariat) is may


@pytest.mark.parametrize(
    ("days", "soon", "overdue", "expected"),
    [
        (4, False, False, None), (3, False, False, Moment.SOON), (0, False, False, Moment.SOON), (2, True, False, None),
        (-1, False, False, Moment.OVERDUE), (-1, True, False, Moment.OVERDUE), (-9, True, True, None),
    ],
)  # fmt: skip
def test_people_are_reminded_three_days_before_and_when_it_is_late_once_each(
    days: int, soon: bool, overdue: bool, expected: Moment | None
) -> None:
    assert moment(TODAY + timedelta(days), TODAY, was_told_soon=soon, was_told_overdue=overdue) is expected


def test_the_day_itself_is_in_time() -> None:
    assert (days_overdue(TODAY, TODAY), days_overdue(TODAY, TODAY + timedelta(5)), days_overdue(CLOSE, TODAY)) == (0, 5, 0)
