"""When the online form takes contributions: while an online opportunity of the process is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Window:
    """One online opportunity, both instants inclusive."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class InputStanding:
    """Whether one may contribute now, until when, when it opens if it has not, since when it is closed if it is."""

    is_open: bool
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    closed_at: datetime | None = None


def standing(windows: Iterable[Window], now: datetime, *, is_stopped: bool = False) -> InputStanding:
    """`is_stopped`: the process is suspended or cancelled, so nothing is received whatever the schedule says."""
    known = list(windows)
    still_open = [w for w in known if w.opens_at <= now <= w.closes_at]
    if still_open and not is_stopped:
        return InputStanding(True, closes_at=max(w.closes_at for w in still_open))
    coming = [w.opens_at for w in known if w.opens_at > now]
    past = [w.closes_at for w in known if w.closes_at < now]
    return InputStanding(
        False,
        opens_at=min(coming) if coming and not is_stopped else None,
        closed_at=max(past) if past else None,
    )
