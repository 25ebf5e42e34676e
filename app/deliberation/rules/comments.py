"""A comment before it is stored: its side, what is wrong with it, and when a process takes comments and supports."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.contributions.rules.terms import Language, NameConsent
from app.core.errors import Problem
from app.processes.rules.schedule import PhaseKind
from app.processes.rules.states import ProcessState

SHORTEST_TEXT, LONGEST_TEXT = 10, 3_000
LONGEST_POST = 120
OPEN_PHASES = frozenset({PhaseKind.PROBLEMS, PhaseKind.COCREATION, PhaseKind.VALIDATION})
"""While contributions are gathered and while the draft is validated; answers are written without new voices in between."""
STOPPED = frozenset({ProcessState.DRAFT, ProcessState.SUSPENDED, ProcessState.CANCELLED, ProcessState.CLOSED})


class Side(StrEnum):
    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"
    INFORMATION = "information"


class CommentProblem(StrEnum):
    SIDE_MISSING = "side-missing"
    TEXT_MISSING = "comment-missing"
    TEXT_SHORT = "comment-short"
    TOO_LONG = "comment-long"
    CONSENT_MISSING = "comment-consent-missing"
    PSEUDONYM_MISSING = "comment-pseudonym-missing"
    CLOSED = "deliberation-closed"
    SUSPENDED = "person-suspended"
    KEY_MALFORMED = "comment-key-malformed"
    KEY_REUSED = "comment-key-reused"
    POST_MISSING = "post-missing"
    OFFICE_MISSING = "office-missing"
    NOT_PUBLIC = "subject-not-public"


@dataclass(frozen=True)
class CommentDraft:
    """What somebody wants to add to a contribution; the text already tidy. `side` and `consent` are None until chosen."""

    side: Side | None
    text: str
    consent: NameConsent | None = NameConsent.INITIALS
    pseudonym: str = ""
    language: Language = Language.SPANISH


@dataclass(frozen=True)
class Standing:
    """Whether the deliberation of a process takes anything now; `phase` is the kind of the open phase that says so."""

    is_open: bool
    phase: PhaseKind | None = None


def standing(state: ProcessState, open_phases: Collection[PhaseKind]) -> Standing:
    """Open in the phases that gather voices, and in the state of deliberation whatever the calendar; never in a process that stopped."""
    if state in STOPPED:
        return Standing(False)
    phase = next((kind for kind in PhaseKind if kind in open_phases and kind in OPEN_PHASES), None)
    return Standing(phase is not None or state is ProcessState.DELIBERATION, phase)


def problems_with(draft: CommentDraft, *, is_open: bool, is_suspended: bool) -> tuple[Problem, ...]:
    """Everything that keeps a comment from being received."""
    problems = list(problems_with_taking_part(is_open=is_open, is_suspended=is_suspended))
    length = len(draft.text.strip())
    if draft.side is None:
        problems.append(Problem(CommentProblem.SIDE_MISSING, "side"))
    if not length:
        problems.append(Problem(CommentProblem.TEXT_MISSING, "text"))
    elif length < SHORTEST_TEXT:
        problems.append(Problem(CommentProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}))
    if length > LONGEST_TEXT:
        problems.append(Problem(CommentProblem.TOO_LONG, "text", {"longest": LONGEST_TEXT}))
    if draft.consent is None:
        problems.append(Problem(CommentProblem.CONSENT_MISSING, "consent"))
    elif draft.consent is NameConsent.PSEUDONYM and not draft.pseudonym:
        problems.append(Problem(CommentProblem.PSEUDONYM_MISSING, "pseudonym"))
    return tuple(problems)


def problems_with_taking_part(*, is_open: bool, is_suspended: bool) -> tuple[Problem, ...]:
    """Why a person may neither comment nor support now."""
    problems = [] if is_open else [Problem(CommentProblem.CLOSED)]
    if is_suspended:
        problems.append(Problem(CommentProblem.SUSPENDED))
    return tuple(problems)


def problems_with_answer(text: str, post: str) -> tuple[Problem, ...]:
    """An official answers with their post and in words."""
    problems = []
    if not post.strip():
        problems.append(Problem(CommentProblem.POST_MISSING, "post"))
    if len(text.strip()) < SHORTEST_TEXT:
        problems.append(Problem(CommentProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}))
    if len(text) > LONGEST_TEXT:
        problems.append(Problem(CommentProblem.TOO_LONG, "text", {"longest": LONGEST_TEXT}))
    return tuple(problems)


def code(process_code: str, number: int) -> str:
    """`PA7-D-0012`: D for "diálogo"; the series of contributions never use it."""
    return f"{process_code}-D-{number:04d}"
