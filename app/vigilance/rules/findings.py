"""What the committee finds: approved by its majority, never by the entity; answered in writing; satisfied or taken further."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Problem
from app.feedback.rules.personal_data import leaks

SHORTEST_WORDS = 40
SHORTEST_TITLE = 8
FEWEST_DAYS, USUAL_DAYS, MOST_DAYS = 3, 15, 60


class FindingState(StrEnum):
    """`PROPOSED` waits for the majority of the committee; from `PUBLISHED` on everybody reads it."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    REPLIED = "replied"
    SATISFIED = "satisfied"
    ESCALATED = "escalated"


PUBLIC = frozenset({FindingState.PUBLISHED, FindingState.REPLIED, FindingState.SATISFIED, FindingState.ESCALATED})


class Gravity(StrEnum):
    NOTE = "note"
    SERIOUS = "serious"
    GRAVE = "grave"


class Body(StrEnum):
    """To whom a committee may complain (domain.md 9.1)."""

    COUNCIL = "municipal-council"
    COMPTROLLER = "comptroller"
    OMBUDSMAN = "ombudsman"
    PROSECUTOR = "prosecutor"
    CONGRESS = "congress"


class FindingProblem(StrEnum):
    TITLE_SHORT = "finding-title-short"
    WHAT_SHORT = "finding-what-short"
    ASKED_SHORT = "finding-asked-short"
    PERSONAL = "finding-personal"
    NO_GRAVITY = "finding-no-gravity"
    DAYS = "finding-days"
    LINE_UNKNOWN = "finding-line-unknown"
    NOT_PROPOSED = "finding-not-proposed"
    NOT_A_MEMBER = "finding-not-a-member"
    APPROVED = "finding-approved"
    TEXT_CHANGED = "finding-text-changed"
    NO_SHEET = "finding-no-sheet"
    NOBODY_SIGNED = "finding-nobody-signed"
    NOT_PUBLIC = "finding-not-public"
    CLOSED = "finding-closed"
    REPLY_SHORT = "finding-reply-short"
    REPLY_NO_DAY = "finding-reply-no-day"
    REPLY_DAY_PAST = "finding-reply-day-past"
    NOT_REPLIED = "finding-not-replied"
    NOT_DUE = "finding-not-due"
    NOTE_SHORT = "finding-note-short"
    NO_BODY = "finding-no-body"
    NO_FILE = "finding-no-file"
    DAY_AHEAD = "finding-day-ahead"


@dataclass(frozen=True)
class FindingDraft:
    """What was found. `code` is the project of the line it speaks of, empty for the round; `days` is how long there is to reply."""

    title: str
    what: str
    asked: str
    gravity: Gravity | None
    code: str = ""
    days: int = USUAL_DAYS

    @property
    def sha256(self) -> str:
        """Of everything that is approved: who approves, approves this."""
        said = [self.title, self.what, self.asked, self.gravity.value if self.gravity else "", self.code, self.days]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class ReplyDraft:
    """What the entity will do and until when."""

    text: str
    until: date | None


@dataclass(frozen=True)
class ComplaintDraft:
    """A complaint taken to another body: with the number it was given there, and the day."""

    body: Body | None
    number: str
    filed_on: date | None
    note: str


def problems_with_finding(draft: FindingDraft, *, knows_line: bool) -> tuple[Problem, ...]:
    """A finding says what happens, what is asked, how grave it is; about a line of the act or about the round; no personal data."""
    problems = []
    if len(draft.title.strip()) < SHORTEST_TITLE:
        problems.append(Problem(FindingProblem.TITLE_SHORT, "title", {"shortest": SHORTEST_TITLE}))
    if len(draft.what.strip()) < SHORTEST_WORDS:
        problems.append(Problem(FindingProblem.WHAT_SHORT, "what", {"shortest": SHORTEST_WORDS}))
    if len(draft.asked.strip()) < SHORTEST_WORDS:
        problems.append(Problem(FindingProblem.ASKED_SHORT, "asked", {"shortest": SHORTEST_WORDS}))
    if draft.gravity is None:
        problems.append(Problem(FindingProblem.NO_GRAVITY, "gravity"))
    if not FEWEST_DAYS <= draft.days <= MOST_DAYS:
        problems.append(Problem(FindingProblem.DAYS, "days", {"fewest": FEWEST_DAYS, "most": MOST_DAYS}))
    if draft.code and not knows_line:
        problems.append(Problem(FindingProblem.LINE_UNKNOWN, "code"))
    problems += [Problem(FindingProblem.PERSONAL, name) for name in ("title", "what", "asked") if leaks(getattr(draft, name))]
    return tuple(problems)


def problems_with_approving(state: FindingState, *, is_member: bool, has_approved: bool, is_same_text: bool) -> tuple[Problem, ...]:
    """A member approves once, and exactly the text they read."""
    if not is_member:
        return (Problem(FindingProblem.NOT_A_MEMBER),)
    if state is not FindingState.PROPOSED:
        return (Problem(FindingProblem.NOT_PROPOSED),)
    if not is_same_text:
        return (Problem(FindingProblem.TEXT_CHANGED),)
    return (Problem(FindingProblem.APPROVED),) if has_approved else ()


def problems_with_sheet(
    state: FindingState, *, is_member: bool, is_same_text: bool, has_file: bool, signed: Sequence[int], waiting: Collection[int], own: int
) -> tuple[Problem, ...]:
    """Approvals signed on paper: recorded by a member with the scanned sheet, for other members who had not approved this text.

    `signed`, `waiting` and `own` are members: who signed the sheet, who has not approved, and who records.
    """
    problems = list(problems_with_approving(state, is_member=is_member, has_approved=False, is_same_text=is_same_text))
    if problems:
        return tuple(problems)
    if not has_file:
        problems.append(Problem(FindingProblem.NO_SHEET, "sheet"))
    if not signed or own in signed or not set(signed) <= set(waiting):
        problems.append(Problem(FindingProblem.NOBODY_SIGNED, "members"))
    return tuple(problems)


def problems_with_reply(state: FindingState, draft: ReplyDraft, *, today: date) -> tuple[Problem, ...]:
    """The entity says what it will do and until when; after the committee closed the matter there is nothing to reply to."""
    if state not in PUBLIC:
        return (Problem(FindingProblem.NOT_PUBLIC),)
    if state is FindingState.SATISFIED:
        return (Problem(FindingProblem.CLOSED),)
    problems = []
    if len(draft.text.strip()) < SHORTEST_WORDS:
        problems.append(Problem(FindingProblem.REPLY_SHORT, "text", {"shortest": SHORTEST_WORDS}))
    elif leaks(draft.text):
        problems.append(Problem(FindingProblem.PERSONAL, "text"))
    if draft.until is None:
        problems.append(Problem(FindingProblem.REPLY_NO_DAY, "until"))
    elif draft.until < today:
        problems.append(Problem(FindingProblem.REPLY_DAY_PAST, "until"))
    return tuple(problems)


def problems_with_satisfying(state: FindingState, note: str, *, is_member: bool) -> tuple[Problem, ...]:
    """Only what was replied can satisfy; the committee says what it checked."""
    if not is_member:
        return (Problem(FindingProblem.NOT_A_MEMBER),)
    if state not in (FindingState.REPLIED, FindingState.ESCALATED):
        return (Problem(FindingProblem.CLOSED if state is FindingState.SATISFIED else FindingProblem.NOT_REPLIED),)
    return _of_note(note)


def problems_with_escalating(
    state: FindingState, draft: ComplaintDraft, *, reply_by: date | None, today: date, is_member: bool
) -> tuple[Problem, ...]:
    """Taken further when the reply did not satisfy, or did not come in time; with the number the other body gave."""
    if not is_member:
        return (Problem(FindingProblem.NOT_A_MEMBER),)
    if state not in (FindingState.PUBLISHED, FindingState.REPLIED, FindingState.ESCALATED):
        return (Problem(FindingProblem.CLOSED),)
    if state is FindingState.PUBLISHED and reply_by is not None and today <= reply_by:
        return (Problem(FindingProblem.NOT_DUE),)
    problems = []
    if draft.body is None:
        problems.append(Problem(FindingProblem.NO_BODY, "body"))
    if not draft.number.strip():
        problems.append(Problem(FindingProblem.NO_FILE, "number"))
    if draft.filed_on is None or draft.filed_on > today:
        problems.append(Problem(FindingProblem.DAY_AHEAD, "filed_on"))
    return (*problems, *_of_note(draft.note))


def _of_note(note: str) -> tuple[Problem, ...]:
    if len(note.strip()) < SHORTEST_WORDS // 2:
        return (Problem(FindingProblem.NOTE_SHORT, "note", {"shortest": SHORTEST_WORDS // 2}),)
    return (Problem(FindingProblem.PERSONAL, "note"),) if leaks(note) else ()


def reply_by(published: date, days: int) -> date:
    """The last day to reply, in calendar days."""
    return published + timedelta(days=days)


def is_overdue(state: FindingState, last_day: date | None, today: date) -> bool:
    """Published, without a reply, and past the day."""
    return state is FindingState.PUBLISHED and last_day is not None and last_day < today


def is_broken(state: FindingState, until: date | None, today: date) -> bool:
    """Replied with a promise whose day passed, and the committee has not said it is satisfied."""
    return state is FindingState.REPLIED and until is not None and until < today
