"""How many have voted, as the public reads it before the count: whole hours, and never steps small enough to point at somebody."""

from datetime import datetime, timedelta

FEWEST_NEW = 10
HOUR = timedelta(hours=1)


def hour_of(instant: datetime) -> datetime:
    """The whole hour that `instant` is in."""
    return instant.replace(minute=0, second=0, microsecond=0)


def next_step(last: tuple[datetime, int] | None, ballots: int, now: datetime) -> tuple[datetime, int] | None:
    """The step to publish, (hour, ballots), or None: at least ten more than the last one, and in a later hour."""
    hour = hour_of(now)
    if last is not None and hour < last[0] + HOUR:
        return None
    known = last[1] if last is not None else 0
    return (hour, ballots) if ballots - known >= FEWEST_NEW else None
