"""Places, the list of those who wait, what people need to take part, who came in, and the counts that follow from it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.errors import Problem

REMINDERS_DAYS = (3, 1)  # [D] days before the day, once each
FEWEST_PUBLISHED = 5  # domain.md 14
CONSENT_AT_THE_DOOR = "puerta-1"
LONGEST_WALK_IN_NAME = 120


class RegistrationState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class AttendanceSource(StrEnum):
    """Where the counts come from: who came in at the door, or what somebody counted."""

    DOOR = "door"
    COUNTED = "counted"


class AccessNeed(StrEnum):
    WHEELCHAIR = "wheelchair"
    SIGN_LANGUAGE = "sign-language"
    QUECHUA = "quechua"
    CHILDCARE = "childcare"
    OTHER = "other"


class AttendingProblem(StrEnum):
    NEED_UNKNOWN = "registration-need-unknown"
    OTHER_NOT_SAID = "registration-other-need-not-said"
    GROUP_UNKNOWN = "registration-group-unknown"
    ALREADY_CANCELLED = "registration-already-cancelled"
    TOO_LATE_TO_CANCEL = "registration-too-late-to-cancel"
    ALREADY_IN = "check-in-already-in"
    NOT_IN = "check-in-not-in"
    CANCELLED = "check-in-cancelled"
    TOO_EARLY = "check-in-too-early"
    RECORD_PUBLIC = "check-in-record-public"


def state_for(taken: int, capacity: int) -> RegistrationState:
    """A place while there is one (0 is no limit), else the list of those who wait."""
    return RegistrationState.CONFIRMED if not capacity or taken < capacity else RegistrationState.WAITING


def places_to_give(taken: int, capacity: int, waiting: int) -> int:
    """How many of those who wait move up now."""
    return waiting if not capacity else max(0, min(waiting, capacity - taken))


def problems_with_needs(needs: Iterable[str], said: str) -> tuple[Problem, ...]:
    known = set(AccessNeed)
    if any(need not in known for need in needs):
        return (Problem(AttendingProblem.NEED_UNKNOWN, "access"),)
    if AccessNeed.OTHER in needs and not said.strip():
        return (Problem(AttendingProblem.OTHER_NOT_SAID, "needs"),)
    return ()


def problems_with_cancelling_registration(state: RegistrationState, starts_at: datetime, now: datetime) -> tuple[Problem, ...]:
    if state is RegistrationState.CANCELLED:
        return (Problem(AttendingProblem.ALREADY_CANCELLED),)
    return (Problem(AttendingProblem.TOO_LATE_TO_CANCEL),) if now >= starts_at else ()


def published_needs(counts: Mapping[AccessNeed, int]) -> dict[AccessNeed, int]:
    """The needs that everybody may read: those of five people or more; the others are not even named."""
    return {need: counts[need] for need in AccessNeed if counts.get(need, 0) >= FEWEST_PUBLISHED}


def reminder_due(starts_at: datetime, reminded_for: datetime | None, reminded_days: int, now: datetime) -> int:
    """How many days before the start the reminder that is due now was promised for; 0 when none is.

    A start that moved begins anew. Who registered after the moment of a reminder is not sent it: the confirmation said the same.
    """
    if now >= starts_at:
        return 0
    left = starts_at - now
    reached = [days for days in REMINDERS_DAYS if left <= timedelta(days=days)]
    due = min(reached, default=0)
    was = reminded_days if reminded_for == starts_at else 0
    return due if due and (not was or due < was) else 0


def problems_with_letting_in(
    state: RegistrationState, *, is_in: bool, is_record_public: bool, opens_on: date, today: date
) -> tuple[Problem, ...]:
    """On the day or later, until the record is public; once each. Who waits may come in: at the door there is a place or there is not."""
    if is_record_public:
        return (Problem(AttendingProblem.RECORD_PUBLIC),)
    if state is RegistrationState.CANCELLED:
        return (Problem(AttendingProblem.CANCELLED),)
    if today < opens_on:
        return (Problem(AttendingProblem.TOO_EARLY),)
    return (Problem(AttendingProblem.ALREADY_IN),) if is_in else ()


@dataclass(frozen=True)
class Profile:
    """What is known of somebody who came, for counting only; empty texts are unknown."""

    sector: str = ""
    sex: str = ""
    age: str = ""
    language: str = ""


def counts_of(profiles: Iterable[Profile]) -> dict[str, dict[str, int]]:
    """Counts by dimension of those who came in. Who did not say their sector came for themselves; sex and age have "prefers not to
    say"; language is counted only when everybody's is known. A dimension nobody spoke of is left out, save the sector."""
    came = list(profiles)
    if not came:
        return {}
    counts = {"sector": Counter(p.sector or "citizen" for p in came)}
    for name in ("sex", "age"):
        said = [getattr(p, name) for p in came]
        if any(said):
            counts[name] = Counter(value or "undisclosed" for value in said)
    if all(p.language for p in came):
        counts["language"] = Counter(p.language for p in came)
    return {name: dict(people) for name, people in counts.items()}
