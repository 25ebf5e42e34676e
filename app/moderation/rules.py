"""What a moderator does, when it may be done, and the published reasons for hiding."""

from collections.abc import Collection
from enum import StrEnum

from app.contributions.rules.terms import Visibility
from app.core.errors import Problem

LONGEST_NOTE = 1_000
WITHHELD = "[dato retirado]"
"""What the public reads where a moderator took out somebody's data."""


class ModerationKind(StrEnum):
    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"
    REDACT = "redact"


class HidingReason(StrEnum):
    PERSONAL_DATA = "personal-data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    UNLAWFUL = "unlawful"


class ModerationProblem(StrEnum):
    REASON_MISSING = "reason-missing"
    NOTE_TOO_LONG = "note-too-long"
    NOTHING_MARKED = "nothing-marked"
    NOT_FROM_HERE = "not-from-here"
    AWAITS_VOICE = "awaits-voice"


FROM = {
    ModerationKind.PUBLISH: (Visibility.HELD,),
    ModerationKind.HIDE: (Visibility.HELD, Visibility.PUBLIC),
    ModerationKind.RESTORE: (Visibility.HIDDEN,),
    ModerationKind.REDACT: (Visibility.HELD,),
}


def problems_with_hiding(reason: HidingReason | None, note: str) -> tuple[Problem, ...]:
    """A reason of the list is public, so it is needed; the note is the team's."""
    problems = []
    if reason is None:
        problems.append(Problem(ModerationProblem.REASON_MISSING, "reason"))
    if len(note) > LONGEST_NOTE:
        problems.append(Problem(ModerationProblem.NOTE_TOO_LONG, "note", {"longest": LONGEST_NOTE}))
    return tuple(problems)


def problems_with_act(kind: ModerationKind, visibility: Visibility) -> tuple[Problem, ...]:
    """Publishing is for what waits, restoring for what is hidden; nothing is hidden twice."""
    return () if visibility in FROM[kind] else (Problem(ModerationProblem.NOT_FROM_HERE),)


def problems_with_redacting(marked: Collection[str], found: Collection[str]) -> tuple[Problem, ...]:
    """A moderator takes out what was found in the text, never rewrites it: at least one piece, and no other words."""
    return () if marked and set(marked) <= set(found) else (Problem(ModerationProblem.NOTHING_MARKED),)
