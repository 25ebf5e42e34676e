"""Dates as Peru reads them: with the weekday, hours in Lima. Formatting 30 dates must not cost a page its speed."""

from datetime import date, datetime
from functools import lru_cache

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.core.clock import LIMA
from app.core.languages import current

WEEKDAYS = (_l("lunes"), _l("martes"), _l("miércoles"), _l("jueves"), _l("viernes"), _l("sábado"), _l("domingo"))
MONTHS = (
    _l("enero"), _l("febrero"), _l("marzo"), _l("abril"), _l("mayo"), _l("junio"), _l("julio"), _l("agosto"), _l("setiembre"),
    _l("octubre"), _l("noviembre"), _l("diciembre"),
)  # fmt: skip


def _day(value: date | datetime) -> date:
    return value.astimezone(LIMA).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=5_000)
def _long(value: date, language: str) -> str:
    weekday, month = str(WEEKDAYS[value.weekday()]), str(MONTHS[value.month - 1])
    text = gettext("%(weekday)s %(day)s de %(month)s de %(year)s", weekday=weekday, day=value.day, month=month, year=value.year)
    return str(text)


@lru_cache(maxsize=5_000)
def _short(value: date, language: str) -> str:
    return f"{value.day} {str(MONTHS[value.month - 1])[:3]}. {value.year}"


def long_date(value: date | datetime | None) -> str:
    """ "sábado 13 de febrero de 2027", in the language of the page."""
    return "" if value is None else _long(_day(value), current())


def short_date(value: date | datetime | None) -> str:
    """ "13 feb. 2027"."""
    return "" if value is None else _short(_day(value), current())


def hour(value: datetime | None) -> str:
    """ "10:05" in Lima."""
    return "" if value is None else value.astimezone(LIMA).strftime("%H:%M")


def long_instant(value: datetime | None) -> str:
    """ "sábado 13 de febrero de 2027, 10:05 hora de Lima"."""
    if value is None:
        return ""
    return str(gettext("%(day)s, %(hour)s hora de Lima", day=long_date(value), hour=hour(value)))


def rfc3339(value: datetime | None) -> str:
    """The instant with Lima's offset, as files and JSON give it."""
    return "" if value is None else value.astimezone(LIMA).isoformat()


def span(first: date | datetime, last: date | datetime) -> str:
    """ "3 nov. 2026 – 20 nov. 2026", or one date when both are the same day."""
    start, end = short_date(first), short_date(last)
    return start if start == end else f"{start} – {end}"
