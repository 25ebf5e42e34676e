"""Times, counts, what a record needs, working days, registering."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.activities import rules
from app.activities.rules import ActivityProblem, ActivityState, Dimension, Need, Places, RecordFacts, RegistrationDraft
from app.activities.rules.minutes import days_late, is_late
from app.activities.rules.working_days import is_working_day, working_days_since
from app.evidence.rules import AttachmentKind
from app.forum.rules.seats import Side
from app.processes.rules.schedule import OpportunityKind

NOW = datetime(2027, 3, 20, 17, tzinfo=UTC)
COMPLETE = RecordFacts(True, 31, True, frozenset({AttachmentKind.PHOTO}), frozenset(Side))


def codes(problems: object) -> list[object]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [(-4, -1, None), (-1, -1, ActivityProblem.ENDS_BEFORE_IT_STARTS), (-1, -4, ActivityProblem.ENDS_BEFORE_IT_STARTS),
     (-30, -1, ActivityProblem.TOO_LONG), (-1, 1, ActivityProblem.NOT_YET_HELD), (-24, 0, None)],
)  # fmt: skip
def test_an_activity_was_held_in_the_past_forwards_and_within_a_day(start: int, end: int, problem: ActivityProblem | None) -> None:
    found = rules.problems_with_times(NOW + timedelta(hours=start), NOW + timedelta(hours=end), NOW)
    assert codes(found) == ([problem] if problem else [])


def test_every_counted_dimension_has_the_same_total() -> None:
    counts = {
        Dimension.SECTOR: {"grassroots": 20, "government": 11}, Dimension.SEX: {"women": 18, "men": 12}, Dimension.AGE: {"18-29": 31},
        Dimension.LANGUAGE: {},
    }  # fmt: skip
    problems = rules.problems_with_attendance(counts)
    assert codes(problems) == [ActivityProblem.SEX_TOTAL_DIFFERS]
    assert problems[0].values == {"total": 30, "expected": 31}
    counts[Dimension.SEX]["men"] = 13
    assert rules.problems_with_attendance(counts) == ()
    assert rules.total(counts) == 31


def test_unknown_groups_and_negative_people_are_refused() -> None:
    assert codes(rules.problems_with_attendance({Dimension.SEX: {"martians": 3}})) == [ActivityProblem.CATEGORY_UNKNOWN]
    assert codes(rules.problems_with_attendance({Dimension.SEX: {"women": -1}})) == [ActivityProblem.COUNT_WRONG]
    assert codes(rules.problems_with_attendance({Dimension.SEX: {"women": 100_001}})) == [ActivityProblem.COUNT_WRONG]


def shown(dimension: Dimension, people: dict[str, int]) -> dict[str, int | str]:
    return {c.category: "few" if c.is_few else "hidden" if c.people is None else c.people for c in rules.public_cells(dimension, people)}


@pytest.mark.parametrize(
    ("people", "public"),
    [
        ({"women": 20, "men": 11}, {"women": 20, "men": 11}),
        ({"women": 20, "men": 5, "undisclosed": 0}, {"women": 20, "men": 5}),
        ({"women": 20, "men": 4, "undisclosed": 3}, {"women": 20, "men": "few", "undisclosed": "few"}),
        ({"women": 20, "men": 10, "non-binary": 1}, {"women": 20, "men": "hidden", "non-binary": "few"}),
        ({"women": 3}, {"women": "few"}),
    ],
)
def test_few_people_of_a_sensitive_group_cannot_be_counted_nor_worked_out(people: dict[str, int], public: dict[str, object]) -> None:
    assert shown(Dimension.SEX, people) == public


def test_sectors_are_published_as_they_are() -> None:
    assert shown(Dimension.SECTOR, {"media": 1, "government": 9}) == {"government": 9, "media": 1}


def test_minutes_say_something_and_a_correction_says_why() -> None:
    long_enough = "Se trató el agua de Ccorca y se acordó una visita."
    assert rules.problems_with_minutes(long_enough, is_public=False, reason="") == ()
    assert codes(rules.problems_with_minutes("Corta", is_public=False, reason="")) == [ActivityProblem.MINUTES_SHORT]
    assert codes(rules.problems_with_minutes("x" * 20_001, is_public=False, reason="")) == [ActivityProblem.MINUTES_LONG]
    assert codes(rules.problems_with_minutes(long_enough, is_public=True, reason="ya")) == [ActivityProblem.REASON_MISSING]
    assert rules.problems_with_minutes(long_enough, is_public=True, reason="Faltaba un acuerdo") == ()


def test_a_record_is_public_when_held_counted_and_written_down() -> None:
    assert rules.problems_with_publishing(COMPLETE) == ()
    assert codes(rules.problems_with_publishing(RecordFacts())) == [
        ActivityProblem.NOT_HELD, ActivityProblem.NO_ATTENDANCE, ActivityProblem.NO_MINUTES, ActivityProblem.NOT_APPROVED,
    ]  # fmt: skip


def test_a_text_needs_both_sides_even_beside_a_signed_sheet() -> None:
    sheet = frozenset({AttachmentKind.MINUTES, AttachmentKind.PHOTO})
    half = RecordFacts(True, 31, True, sheet, frozenset({Side.GOVERNMENT}))
    assert codes(rules.problems_with_publishing(half)) == [ActivityProblem.NOT_APPROVED]
    assert rules.problems_with_publishing(RecordFacts(True, 31, False, sheet)) == ()


def test_a_missing_photo_is_a_warning_and_a_signed_sheet_counts_as_minutes() -> None:
    facts = RecordFacts(True, 31, False, frozenset({AttachmentKind.MINUTES}))
    assert rules.problems_with_publishing(facts) == ()
    assert facts.missing == (Need.PROOF,)


@pytest.mark.parametrize(
    ("before", "facts", "after"),
    [
        (ActivityState.PLANNED, RecordFacts(), ActivityState.PLANNED),
        (ActivityState.PLANNED, RecordFacts(True), ActivityState.HELD),
        (ActivityState.HELD, COMPLETE, ActivityState.DOCUMENTED),
        (ActivityState.DOCUMENTED, RecordFacts(True, 31), ActivityState.HELD),
        (ActivityState.PUBLISHED, RecordFacts(), ActivityState.PUBLISHED),
        (ActivityState.CANCELLED, COMPLETE, ActivityState.CANCELLED),
    ],
)
def test_the_state_follows_what_is_recorded(before: ActivityState, facts: RecordFacts, after: ActivityState) -> None:
    assert rules.state_after(before, facts) is after


def test_only_what_was_not_held_is_called_off_and_with_a_reason() -> None:
    assert rules.problems_with_cancelling(ActivityState.PLANNED, "Paro de transportes") == ()
    assert codes(rules.problems_with_cancelling(ActivityState.PLANNED, "no")) == [ActivityProblem.REASON_MISSING]
    assert codes(rules.problems_with_cancelling(ActivityState.HELD, "Paro de transportes")) == [ActivityProblem.HELD]
    assert codes(rules.problems_with_cancelling(ActivityState.CANCELLED, "Paro de transportes")) == [ActivityProblem.CANCELLED]


@pytest.mark.parametrize("holiday", [date(2027, 7, 28), date(2027, 3, 25), date(2027, 3, 26), date(2026, 4, 2), date(2027, 3, 21)])
def test_holidays_and_sundays_are_not_working_days(holiday: date) -> None:
    assert not is_working_day(holiday)


def test_five_working_days_skip_the_weekend_and_holy_week() -> None:
    saturday = date(2027, 3, 20)
    assert working_days_since(saturday, saturday) == 0
    assert working_days_since(saturday, date(2027, 3, 24)) == 3
    assert working_days_since(saturday, date(2027, 3, 29)) == 4, "Thursday 25 and Friday 26 are holy days"
    assert not is_late(saturday, date(2027, 3, 30), is_public=False)
    assert is_late(saturday, date(2027, 3, 31), is_public=False) and days_late(saturday, date(2027, 4, 1)) == 2
    assert not is_late(saturday, date(2027, 6, 1), is_public=True)


def test_registering_needs_a_name_a_way_to_be_reached_and_a_place_left() -> None:
    places = Places(OpportunityKind.WORKSHOP, NOW + timedelta(days=3), capacity=2, taken=1)
    rosa = RegistrationDraft("Rosa", "rosa@example.pe")
    assert rules.problems_with_registration(rosa, places, NOW) == ()
    assert rules.problems_with_registration(RegistrationDraft("Rosa", phone="984123456"), places, NOW) == ()
    assert codes(rules.problems_with_registration(RegistrationDraft(" "), places, NOW)) == [
        ActivityProblem.NAME_MISSING, ActivityProblem.REACH_MISSING,
    ]  # fmt: skip
    full = Places(OpportunityKind.WORKSHOP, NOW + timedelta(days=3), capacity=2, taken=2)
    assert rules.problems_with_registration(rosa, full, NOW) == (), "who finds it full waits on the list"
    crowded = Places(OpportunityKind.WORKSHOP, NOW + timedelta(days=3), capacity=2, taken=2, waiting=rules.MOST_REGISTRATIONS - 2)
    assert codes(rules.problems_with_registration(rosa, crowded, NOW)) == [ActivityProblem.FULL]


@pytest.mark.parametrize(
    "places",
    [
        Places(OpportunityKind.WORKSHOP, NOW),
        Places(OpportunityKind.WORKSHOP, NOW + timedelta(days=1), is_withdrawn=True),
        Places(OpportunityKind.ONLINE, NOW + timedelta(days=1)),
    ],
)
def test_nobody_registers_for_what_is_over_withdrawn_or_no_meeting(places: Places) -> None:
    assert codes(rules.problems_with_registration(RegistrationDraft("Rosa", "r@example.pe"), places, NOW)) == [
        ActivityProblem.REGISTRATION_CLOSED
    ]
