"""Calendar months and years as the rules count them: months clamp to their last day, days are days in Lima."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.activities.rules.working_days import is_working_day


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it has fewer days: 31 August + 6 is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def gaps_over(days: Sequence[date], months: int) -> list[tuple[date, date]]:
    """Each pair of consecutive days further apart than `months` calendar months."""
    return [(before, after) for before, after in pairwise(sorted(days)) if after > add_months(before, months)]


def add_working_days(day: date, count: int) -> date:
    """The day on which `count` working days after `day` have passed."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def months_into(start: date, today: date) -> int:
    """Whole months from `start` to `today`."""
    months = (today.year - start.year) * 12 + today.month - start.month
    return months - (add_months(start, months) > today)


def distinct(days: Iterable[date]) -> list[date]:
    return sorted(set(days))


def end_of_year(year: int) -> date:
    return date(year, 12, 31)
