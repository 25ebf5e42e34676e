"""What authors may still do with what they sent, and until when (docs/decisions/0027).

Words change while a moderator has not let them through; a contribution is withdrawn or retired until it is answered: from then on
it is part of the record, and its author replies instead.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.contributions.rules.terms import Channel, Visibility
from app.core.errors import Problem

LONGEST_NOTE = 500
MOST_CHANGES = 20


class WithdrawalReason(StrEnum):
    MISTAKE = "mistake"
    SOLVED = "solved"
    CHANGED_MIND = "changed-mind"
    SENT_AGAIN = "sent-again"
    SAID_BETTER = "said-better"
    UNSAID = "unsaid"


class OwnProblem(StrEnum):
    ANSWERED = "own-answered"
    GONE = "own-gone"
    HIDDEN = "own-hidden"
    NOT_HELD = "own-not-held"
    NOT_YOURS = "own-not-yours"
    TOO_OFTEN = "own-too-often"
    UNCHANGED = "own-unchanged"
    REASON_MISSING = "own-reason-missing"
    NOTE_TOO_LONG = "own-note-too-long"
    TARGET_MISSING = "own-target-missing"
    TARGET_UNKNOWN = "own-target-unknown"
    TARGET_SAME = "own-target-same"
    TARGET_RETIRED = "own-target-retired"


@dataclass(frozen=True)
class OwnStanding:
    """How far a contribution has come. `is_own_text`: its author typed it, nobody else did."""

    visibility: Visibility
    is_answered: bool
    is_retired: bool
    is_own_text: bool
    changes: int = 0


def is_own_text(channel: Channel, captured_by_id: int | None, activity_id: int | None) -> bool:
    """Whether the words were typed by who said them, so that they may change them."""
    return channel in (Channel.WEB, Channel.EMAIL) and captured_by_id is None and activity_id is None


def problems_with_ending(standing: OwnStanding) -> tuple[Problem, ...]:
    """Why it cannot be withdrawn or retired now."""
    if standing.visibility is Visibility.WITHDRAWN or standing.is_retired:
        return (Problem(OwnProblem.GONE),)
    if standing.is_answered:
        return (Problem(OwnProblem.ANSWERED),)
    return (Problem(OwnProblem.HIDDEN),) if standing.visibility is Visibility.HIDDEN else ()


def problems_with_changing(standing: OwnStanding) -> tuple[Problem, ...]:
    """Why its words cannot be changed now."""
    if standing.visibility is Visibility.WITHDRAWN or standing.is_retired:
        return (Problem(OwnProblem.GONE),)
    if standing.visibility is not Visibility.HELD or standing.is_answered:
        return (Problem(OwnProblem.NOT_HELD),)
    if not standing.is_own_text:
        return (Problem(OwnProblem.NOT_YOURS),)
    return (Problem(OwnProblem.TOO_OFTEN, None, {"most": MOST_CHANGES}),) if standing.changes >= MOST_CHANGES else ()


def problems_with_reason(reason: WithdrawalReason | None, note: str) -> tuple[Problem, ...]:
    """The reason is public, so it is needed and comes from a list; the note is the team's."""
    problems = [] if reason else [Problem(OwnProblem.REASON_MISSING, "reason")]
    if len(note) > LONGEST_NOTE:
        problems.append(Problem(OwnProblem.NOTE_TOO_LONG, "note", {"longest": LONGEST_NOTE}))
    return tuple(problems)


def problems_with_target(code: str, own: str, *, is_public: bool, is_retired: bool) -> tuple[Problem, ...]:
    """Why a contribution cannot stand for another: it must be public, of the same process, and not retired itself, so no circle closes."""
    if not code:
        return (Problem(OwnProblem.TARGET_MISSING, "code", {"example": own}),)
    if code == own:
        return (Problem(OwnProblem.TARGET_SAME, "code"),)
    if not is_public:
        return (Problem(OwnProblem.TARGET_UNKNOWN, "code", {"code": code}),)
    return (Problem(OwnProblem.TARGET_RETIRED, "code", {"code": code}),) if is_retired else ()
