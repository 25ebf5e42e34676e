"""Time is read here, at the edges only; everything inside takes it as an argument."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")


def now() -> datetime:
    """The present instant, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def lima_day(instant: datetime) -> date:
    """The day it is in Lima at `instant`."""
    return instant.astimezone(LIMA).date()


def lima_instant(day: date, at: time) -> datetime:
    """The UTC instant of a wall-clock time in Lima."""
    return datetime.combine(day, at, LIMA).astimezone(UTC)


def end_of_lima_day(day: date) -> datetime:
    """The last second of a day in Lima: "hasta el 15 de marzo" means until 23:59:59."""
    return lima_instant(day, time(23, 59, 59))


def start_of_lima_day(day: date) -> datetime:
    return lima_instant(day, time(0, 0, 0))


def days_between(earlier: date, later: date) -> int:
    """Whole calendar days from `earlier` to `later`; OGP weeks are calendar days (domain.md 4.3)."""
    return (later - earlier) // timedelta(days=1)
