"""What is told, to whom it matters, and when letters leave."""

from datetime import UTC, datetime, timedelta

import pytest

from app.follows import rules
from app.follows.rules import NewsKind, Pace, Rhythm, Subject, SubjectKind

MONDAY_NOON = datetime(2027, 3, 22, 17, 0, tzinfo=UTC)  # 12:00 in Lima


@pytest.mark.parametrize(
    ("pace", "now", "before"),
    [
        (Pace.DAILY, MONDAY_NOON, datetime(2027, 3, 22, 12, 0, tzinfo=UTC)),
        (Pace.DAILY, datetime(2027, 3, 22, 11, 59, tzinfo=UTC), datetime(2027, 3, 21, 12, 0, tzinfo=UTC)),
        (Pace.WEEKLY, MONDAY_NOON, datetime(2027, 3, 22, 12, 0, tzinfo=UTC)),
        (Pace.WEEKLY, datetime(2027, 3, 22, 11, 59, tzinfo=UTC), datetime(2027, 3, 15, 12, 0, tzinfo=UTC)),
        (Pace.WEEKLY, datetime(2027, 3, 28, 17, 0, tzinfo=UTC), datetime(2027, 3, 22, 12, 0, tzinfo=UTC)),
        (Pace.DAILY, datetime(2027, 3, 23, 3, 0, tzinfo=UTC), datetime(2027, 3, 22, 12, 0, tzinfo=UTC)),
    ],
)
def test_daily_letters_leave_at_seven_in_lima_and_weekly_ones_on_mondays(pace: Pace, now: datetime, before: datetime) -> None:
    assert rules.last_departure(pace, now) == before


def test_what_is_at_once_is_due_in_the_same_second_and_never_is_never() -> None:
    at_once = rules.last_departure(Pace.AT_ONCE, MONDAY_NOON)
    assert at_once is not None and at_once - MONDAY_NOON == timedelta(seconds=1)
    assert rules.last_departure(Pace.NEVER, MONDAY_NOON) is None


def test_an_act_in_a_district_matters_to_its_province_and_its_region_and_not_to_the_country() -> None:
    assert [s.ref for s in rules.territories_around("080102")] == ["08", "0801", "080102"]
    assert [s.ref for s in rules.territories_around("08")] == ["08"]
    assert rules.territories_around("00") == rules.territories_around(None) == rules.territories_around("") == ()
    assert rules.territories_around("08")[0] == Subject(SubjectKind.TERRITORY, "08")


def test_every_rhythm_says_how_often_for_every_kind_of_news() -> None:
    for rhythm in Rhythm:
        assert set(rules.paces(rhythm)) == set(NewsKind)
    mixed = rules.paces(Rhythm.DATES_AT_ONCE)
    assert mixed.pop(NewsKind.DATES) is Pace.AT_ONCE
    assert set(mixed.values()) == {Pace.WEEKLY}


def test_whoever_wants_nothing_is_told_to_leave_instead() -> None:
    assert rules.problems_with_paces([Pace.NEVER] * 5)
    assert not rules.problems_with_paces([Pace.NEVER, Pace.WEEKLY])


def test_moderation_and_work_inside_the_team_are_never_news() -> None:
    for action in ("moderation.hide", "moderation.redact", "letters.hide-reply", "assignments.assign", "groups.make", "spaces.appoint"):
        assert action not in rules.KINDS
