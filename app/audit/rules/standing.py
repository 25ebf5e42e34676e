"""When the register is signed, when it is anchored outside, and what light its page shows (reliability.md 5, T05)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.clock import lima_day

# reliability.md 5: at once for a schedule, a batch of decisions, a plan, a count; everything else once a day
AT_ONCE = frozenset(
    {
        "processes.publish-schedule", "feedback.publish", "plans.approve", "plans.override", "forum.close-motion",
        "feedback.record-votes", "evaluation.publish", "audit.change-key", "voting.announce", "scrutiny.close",
        "scrutiny.publish",
    }
)  # fmt: skip
DAILY = "daily"
FRESH_FOR = timedelta(hours=25)
_RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15))
_LONGEST_WAIT = timedelta(hours=1)


class AnchorKind(StrEnum):
    """Where a checkpoint is kept by somebody else."""

    TIME_STAMP = "time-stamp"
    MAIL = "mail"


class AnchorState(StrEnum):
    WAITING = "waiting"
    DONE = "done"


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Concern(StrEnum):
    """Why the light is not green."""

    ALTERED = "altered"
    UNSIGNED = "unsigned"
    NEVER_ANCHORED = "never-anchored"
    ANCHOR_OLD = "anchor-old"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True)
class Standing:
    """The facts behind the light. `anchored_*` speak of the largest checkpoint somebody else holds; instants are UTC."""

    entries: int
    unsigned: int = 0
    anchored_size: int = 0
    anchored_at: datetime | None = None
    checked_at: datetime | None = None
    first_bad: int | None = None


def concerns(standing: Standing, now: datetime) -> tuple[Concern, ...]:
    """Everything that is not as it should be, worst first; an empty register has nothing to prove."""
    if not standing.entries:
        return ()
    found = [Concern.ALTERED] if standing.first_bad is not None else []
    if standing.unsigned:
        found.append(Concern.UNSIGNED)
    if standing.anchored_at is None:
        found.append(Concern.NEVER_ANCHORED)
    elif standing.entries > standing.anchored_size and now - standing.anchored_at > FRESH_FOR:
        found.append(Concern.ANCHOR_OLD)
    if standing.checked_at is None or now - standing.checked_at > FRESH_FOR:
        found.append(Concern.NOT_CHECKED)
    return tuple(found)


def light(found: tuple[Concern, ...]) -> Light:
    """Red only when an entry does not match; amber for anything else that is missing."""
    if Concern.ALTERED in found:
        return Light.RED
    return Light.AMBER if found else Light.GREEN


def is_daily_due(entries: int, last_size: int, last_at: datetime | None, now: datetime) -> bool:
    """Whether today in Lima, with acts since the last checkpoint, has none of its own yet."""
    return entries > last_size and (last_at is None or lima_day(last_at) < lima_day(now))


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When to ask again after `attempts` failures: soon, then each hour, for ever: an anchor is never given up."""
    return now + (_RETRY_AFTER[attempts - 1] if attempts <= len(_RETRY_AFTER) else _LONGEST_WAIT)
