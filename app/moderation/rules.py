"""What a moderator does, when it may be done, and the published reasons for hiding."""

from enum import StrEnum

from app.contributions.rules.terms import Visibility
from app.core.errors import Problem

LONGEST_NOTE = 1_000


class ModerationKind(StrEnum):
    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"


class HidingReason(StrEnum):
    PERSONAL_DATA = "personal-data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    UNLAWFUL = "unlawful"


class ModerationProblem(StrEnum):
    REASON_MISSING = "reason-missing"
    NOTE_TOO_LONG = "note-too-long"
    NOT_FROM_HERE = "not-from-here"


FROM = {
    ModerationKind.PUBLISH: (Visibility.HELD,),
    ModerationKind.HIDE: (Visibility.HELD, Visibility.PUBLIC),
    ModerationKind.RESTORE: (Visibility.HIDDEN,),
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
