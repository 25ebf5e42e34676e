"""Working days of Peru: the five days in which minutes are due are counted in them (domain.md 4.2)."""

from datetime import date, timedelta

_FIXED_HOLIDAYS = {
    (1, 1), (5, 1), (6, 7), (6, 29), (7, 23), (7, 28), (7, 29), (8, 6), (8, 30), (10, 8), (11, 1), (12, 8), (12, 9), (12, 25),
}  # fmt: skip


def is_working_day(day: date) -> bool:
    """Monday to Friday, without Peru's national holidays: fourteen fixed days, Maundy Thursday and Good Friday."""
    if day.weekday() >= 5 or (day.month, day.day) in _FIXED_HOLIDAYS:
        return False
    return (_easter(day.year) - day).days not in (2, 3)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def working_days_since(day: date, today: date) -> int:
    """Working days after `day`, up to and including `today`; 0 on the same day. Counts at most a year."""
    span = min(max((today - day).days, 0), 366)
    return sum(is_working_day(day + timedelta(days=n)) for n in range(1, span + 1))
