"""Who left a telephone and no address is called: when, about what, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.activities.rules.attending import REMINDERS_DAYS, RegistrationState
from app.core.errors import Problem


class CallReason(StrEnum):
    """What has to be said."""

    CALLED_OFF = "called-off"
    MOVED = "moved"
    MOVED_UP = "moved-up"
    REMINDER = "reminder"


class CallOutcome(StrEnum):
    TOLD = "told"
    NO_ANSWER = "no-answer"
    NOT_COMING = "not-coming"


class CallProblem(StrEnum):
    OUTCOME_MISSING = "call-outcome-missing"
    NOT_DUE = "call-not-due"
    CHANGED_MEANWHILE = "call-changed-meanwhile"


@dataclass(frozen=True)
class Standing:
    """What somebody who comes has to know: when, where, whether they have a place, whether it is off."""

    starts_at: datetime
    place: str
    state: RegistrationState
    is_off: bool


def reason_to_call(known: Standing | None, told_at: datetime, present: Standing, now: datetime) -> CallReason | None:
    """Why to call somebody who was last told `known` at `told_at`; None when there is nothing to say, or no use in saying it any more."""
    if present.state is RegistrationState.CANCELLED or now >= present.starts_at:
        return None
    if present.is_off:
        return None if known and known.is_off else CallReason.CALLED_OFF
    if known and (known.starts_at, known.place, known.is_off) != (present.starts_at, present.place, False):
        return CallReason.MOVED
    if present.state is RegistrationState.WAITING:
        return None
    if known and known.state is RegistrationState.WAITING:
        return CallReason.MOVED_UP
    return CallReason.REMINDER if told_at < reminded_from(present.starts_at) <= now else None


def reminded_from(starts_at: datetime) -> datetime:
    """From when on somebody with a place is reminded by telephone: once, as the first letter would."""
    return starts_at - timedelta(days=REMINDERS_DAYS[0])


def problems_with_call(outcome: CallOutcome | None, reason: CallReason | None, seen: str, starts_at: datetime) -> tuple[Problem, ...]:
    """`seen` is the start, in UTC, that the caller had in front: what was said must be what is true."""
    if outcome is None:
        return (Problem(CallProblem.OUTCOME_MISSING),)
    if reason is None:
        return (Problem(CallProblem.NOT_DUE),)
    return () if seen == mark(starts_at) else (Problem(CallProblem.CHANGED_MEANWHILE),)


def mark(starts_at: datetime) -> str:
    """The start as a form carries it."""
    return str(int(starts_at.timestamp()))
