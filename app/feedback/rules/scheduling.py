"""A batch that is released at an hour of its own: its states, and why it cannot be scheduled or cancelled."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Problem

SOONEST = timedelta(minutes=5)
LATEST = timedelta(days=180)


class ScheduledState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    HELD = "held"
    CANCELLED = "cancelled"


class ScheduleProblem(StrEnum):
    TOO_SOON = "publication-too-soon"
    TOO_LATE = "publication-too-late"
    NOT_WAITING = "publication-not-waiting"
    ALREADY_SCHEDULED = "publication-already-scheduled"
    NO_HOUR = "publication-no-hour"


def problems_with_hour(at: datetime | None, now: datetime) -> tuple[Problem, ...]:
    """A batch is scheduled for an hour that is still ahead, so that there is time to cancel it, and not for a year without end."""
    if at is None:
        return (Problem(ScheduleProblem.NO_HOUR, "at_day"),)
    if at < now + SOONEST:
        return (Problem(ScheduleProblem.TOO_SOON, "at_day", {"minutes": SOONEST // timedelta(minutes=1)}),)
    if at > now + LATEST:
        return (Problem(ScheduleProblem.TOO_LATE, "at_day", {"days": LATEST.days}),)
    return ()


def problems_with_cancelling(state: ScheduledState) -> tuple[Problem, ...]:
    """What was released, held or cancelled already is settled."""
    return () if state is ScheduledState.WAITING else (Problem(ScheduleProblem.NOT_WAITING),)
