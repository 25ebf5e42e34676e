"""Reading single values: words from a list, dates as people write them."""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.contributions.importing.columns import ENUMERATED, SHOWN, key_of
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.clock import LIMA, lima_instant

Reading = StrEnum | None
_NOON = time(12, 0)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2})?)?")


def read_word(column: str, written: str, *, is_required: bool) -> tuple[Reading, FileProblem | None]:
    """What a word of a listed column means; None for an empty one that may be empty."""
    if not written.strip():
        missing = FileProblem(0, column, ImportFault.VALUE_MISSING, {"known": ", ".join(SHOWN[column])})
        return None, missing if is_required else None
    word = ENUMERATED[column].get(key_of(written))
    if word is None:
        return None, FileProblem(0, column, ImportFault.VALUE_UNKNOWN, {"value": written.strip()[:60], "known": ", ".join(SHOWN[column])})
    return word, None


def read_date(written: str, now: datetime) -> tuple[datetime | None, FileProblem | None]:
    """dd/mm/aaaa or ISO, with or without hour; a day alone is its noon in Lima. None when empty."""
    text = written.strip()
    if not text:
        return None, None
    instant = _instant(text)
    if instant is None:
        return None, FileProblem(0, "", ImportFault.DATE_UNREADABLE, {"value": text[:40]})
    if instant > now + timedelta(days=1):
        return None, FileProblem(0, "", ImportFault.DATE_FUTURE, {"value": text[:40]})
    return min(instant, now), None


def _instant(text: str) -> datetime | None:
    match = _DAY.fullmatch(text)
    try:
        if match:
            day, month, year, hour, minute = (int(part) if part else None for part in match.groups())
            at = _NOON if hour is None else time(hour, minute or 0)
            return lima_instant(date(year or 0, month or 0, day or 0), at)
        if len(text) <= 10:
            return lima_instant(date.fromisoformat(text), _NOON)
        instant = datetime.fromisoformat(text)
        made = instant if instant.tzinfo else instant.replace(tzinfo=LIMA)
        return made if 1900 <= made.year <= 2200 else None
    except (ValueError, OverflowError):
        return None
