"""The acts of moderation, from which state each may be done, and what each needs."""

from collections.abc import Collection
from enum import StrEnum

from app.contributions.rules.terms import Visibility
from app.core.errors import Problem

LONGEST_NOTE = 1_000
WITHHELD = "[dato retirado]"
"""What the public reads where a moderator took out somebody's data."""
SHORTEST_SUSPENSION_DAYS, LONGEST_SUSPENSION_DAYS = 1, 90


class ModerationKind(StrEnum):
    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"
    REDACT = "redact"
    KEEP = "keep"
    RETIRE = "retire"
    WARN = "warn"
    SUSPEND = "suspend"
    LIFT = "lift"


class HidingReason(StrEnum):
    PERSONAL_DATA = "personal-data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    UNLAWFUL = "unlawful"
    DUPLICATE = "duplicate"


HIDING = tuple(reason for reason in HidingReason if reason is not HidingReason.DUPLICATE)
"""Reasons a moderator chooses from; what says the same as another is retired in its favour, never merely hidden."""


class ModerationProblem(StrEnum):
    REASON_MISSING = "reason-missing"
    NOTE_TOO_LONG = "note-too-long"
    NOTHING_MARKED = "nothing-marked"
    NOT_FROM_HERE = "not-from-here"
    DAYS_WRONG = "suspension-days-wrong"
    NOBODY_TO_TELL = "nobody-behind"
    OWN_ACCOUNT = "own-account"
    SUSPENDED_ALREADY = "suspended-already"
    NOT_SUSPENDED = "not-suspended"
    FAVOURED_UNKNOWN = "favoured-unknown"
    FAVOURED_SAME = "favoured-same"
    NOTHING_CHOSEN = "nothing-chosen"
    TOO_MANY_CHOSEN = "too-many-chosen"
    ACT_MISSING = "act-missing"
    PAIR_UNKNOWN = "pair-unknown"
    AWAITS_VOICE = "awaits-voice"


FROM = {
    ModerationKind.PUBLISH: (Visibility.HELD,),
    ModerationKind.HIDE: (Visibility.HELD, Visibility.PUBLIC),
    ModerationKind.RESTORE: (Visibility.HIDDEN,),
    ModerationKind.REDACT: (Visibility.HELD, Visibility.PUBLIC),
    ModerationKind.KEEP: (Visibility.PUBLIC,),
    ModerationKind.RETIRE: (Visibility.HELD, Visibility.PUBLIC),
}
ON_PEOPLE = frozenset({ModerationKind.WARN, ModerationKind.SUSPEND, ModerationKind.LIFT})
LOGGED = tuple(kind for kind in ModerationKind if kind is not ModerationKind.PUBLISH)
"""What the public log lists one by one; publishing what was held is only counted."""
APPEALABLE = frozenset({ModerationKind.HIDE, ModerationKind.RETIRE, ModerationKind.WARN, ModerationKind.SUSPEND})


def problems_with_hiding(reason: HidingReason | None, note: str) -> tuple[Problem, ...]:
    """A reason of the list is public, so it is needed; the note is the team's."""
    problems = []
    if reason is None:
        problems.append(Problem(ModerationProblem.REASON_MISSING, "reason"))
    if len(note) > LONGEST_NOTE:
        problems.append(Problem(ModerationProblem.NOTE_TOO_LONG, "note", {"longest": LONGEST_NOTE}))
    return tuple(problems)


def problems_with_act(kind: ModerationKind, visibility: Visibility) -> tuple[Problem, ...]:
    """Publishing is for what waits, restoring for what is hidden; nothing is hidden twice. Acts on people do not depend on it."""
    return () if kind in ON_PEOPLE or visibility in FROM[kind] else (Problem(ModerationProblem.NOT_FROM_HERE),)


def problems_with_redacting(marked: Collection[str], found: Collection[str]) -> tuple[Problem, ...]:
    """A moderator takes out what was found in the text, never rewrites it: at least one piece, and no other words."""
    return () if marked and set(marked) <= set(found) else (Problem(ModerationProblem.NOTHING_MARKED),)


def problems_with_suspending(days: int | None, *, is_own: bool, is_suspended: bool) -> tuple[Problem, ...]:
    """From one day to ninety, of somebody else, and not on top of another suspension: it always ends by itself."""
    problems = []
    if days is None or not SHORTEST_SUSPENSION_DAYS <= days <= LONGEST_SUSPENSION_DAYS:
        problems.append(Problem(ModerationProblem.DAYS_WRONG, "days", {"least": SHORTEST_SUSPENSION_DAYS, "most": LONGEST_SUSPENSION_DAYS}))
    if is_own:
        problems.append(Problem(ModerationProblem.OWN_ACCOUNT))
    if is_suspended:
        problems.append(Problem(ModerationProblem.SUSPENDED_ALREADY))
    return tuple(problems)
