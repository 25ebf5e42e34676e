"""Months and limits: the gap between meetings (MR-1.1a) and the two hearings of the year (LOM art. 119-A)."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_GAP_MONTHS = 6  # BR-02
HEARING_MONTHS = {5: "may", 9: "september"}  # BR-16


class HearingSlot(StrEnum):
    MAY = "may"
    SEPTEMBER = "september"
    OTHER = "other"


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month (domain.md 4.2, MR-1.1a)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Gap:
    """The time between two meetings that count, or from the last one to today. `limit` is the last day that keeps the rule."""

    since: date
    until: date
    limit: date
    is_running: bool

    @property
    def is_kept(self) -> bool:
        return self.until <= self.limit

    @property
    def tenths_of_months(self) -> int:
        """Months between the two days, in tenths, a month being 30.44 days."""
        return round((self.until - self.since).days * 1000 / 3044)


def gaps(days: Iterable[date], today: date, longest_months: int = LONGEST_GAP_MONTHS) -> tuple[Gap, ...]:
    """Every gap between consecutive meetings, and the one that runs today."""
    held = sorted({day for day in days if day <= today})
    between = [Gap(a, b, add_months(a, longest_months), False) for a, b in zip(held, held[1:], strict=False)]
    return (*between, Gap(held[-1], today, add_months(held[-1], longest_months), True)) if held else ()


def slot_of(day: date) -> HearingSlot:
    return HearingSlot(HEARING_MONTHS.get(day.month, HearingSlot.OTHER))
