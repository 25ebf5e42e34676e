"""States of a letter and when to try again."""

from datetime import datetime, timedelta
from enum import StrEnum

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 360, 360, 360, 360, 360))


class NotificationState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None when it is time to give up (about two days)."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None
