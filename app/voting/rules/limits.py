"""How often something may be tried at the door of a vote (reliability.md 6.3, B15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

CODE_DIGITS, CODE_LASTS, MOST_TRIES = 6, timedelta(minutes=15), 5
PASS_LASTS, BOOTH_PASS_LASTS = timedelta(minutes=40), timedelta(minutes=8)
RECEIPT_SHOWN = timedelta(minutes=20)
KEPT = timedelta(days=1)


class Tried(StrEnum):
    """What is counted: wrong printed codes, letters asked for, wrong codes of letters, wrong keys of a booth."""

    TOKEN = "token"  # noqa: S105 - a printed code, not a password
    LETTER = "letter"
    CODE = "code"
    BOOTH = "booth"


class DoorProblem(StrEnum):
    TOO_MANY = "door-too-many"
    DOCUMENT_MALFORMED = "door-document-malformed"
    CODE_WRONG = "door-code-wrong"
    CODE_SPENT = "door-code-spent"
    PIN_WRONG = "door-pin-wrong"
    BOOTH_CLOSED = "door-booth-closed"
    PASS_OVER = "door-pass-over"  # noqa: S105 - the code of a problem
    PIN_SHORT = "door-pin-short"
    PLACE_MISSING = "door-place-missing"


@dataclass(frozen=True)
class Limit:
    """How many in `window` for one subject or one network address; and how many in all in `everywhere_window`."""

    window: timedelta
    subject: int
    origin: int
    everywhere_window: timedelta
    everywhere: int


_QUARTER, _HOUR, _MINUTE = timedelta(minutes=15), timedelta(hours=1), timedelta(minutes=1)
LIMITS: Mapping[Tried, Limit] = {
    Tried.TOKEN: Limit(_QUARTER, 5, 5, _MINUTE, 100),
    Tried.LETTER: Limit(_HOUR, 4, 60, _MINUTE, 600),
    Tried.CODE: Limit(_QUARTER, 10, 60, _MINUTE, 600),
    Tried.BOOTH: Limit(_QUARTER, 5, 20, _MINUTE, 100),
}


def is_too_many(kind: Tried, subject: int, origin: int, everywhere: int) -> bool:
    """Whether one more may not be tried, given how many were counted, this one left out."""
    limit = LIMITS[kind]
    return subject >= limit.subject or origin >= limit.origin or everywhere >= limit.everywhere
