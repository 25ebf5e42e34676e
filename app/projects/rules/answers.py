"""The written answer to a project that ends: outcome and reason of the same list as every other answer (domain.md 6.1 and 6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.feedback.rules.checks.codes import CheckCode
from app.feedback.rules.checks.deciding import REQUIRED
from app.feedback.rules.checks.findings import SHORTEST_OTHER, SHORTEST_R99
from app.feedback.rules.outcomes import NEEDS_REASON_CODE, NEEDS_REFERENCE, Outcome, Reason
from app.feedback.rules.personal_data import LeakKind, leaks
from app.projects.rules import ProjectState

REFUSING = (Outcome.NOT_ADOPTED, Outcome.OUT_OF_SCOPE, Outcome.REFERRED, Outcome.DEFERRED, Outcome.ALREADY_COVERED)
"""How a project may end that is not admissible, not prioritised or dropped."""
ENDING: dict[ProjectState, tuple[Outcome, ...]] = {
    ProjectState.NOT_ADMISSIBLE: REFUSING,
    ProjectState.NOT_PRIORITISED: REFUSING,
    ProjectState.DROPPED: (*REFUSING, Outcome.WITHDRAWN),
    ProjectState.MERGED: (Outcome.MERGED,),
}


class AnswerState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class AnswerProblem(StrEnum):
    NOT_ENDED = "project-answer-not-ended"
    WRONG_OUTCOME = "project-answer-wrong-outcome"
    NOT_IN_REVIEW = "project-answer-not-in-review"
    WRITER_APPROVES = "project-answer-writer-approves"
    NO_CORRECTION_REASON = "project-answer-no-correction-reason"
    ALREADY_OPEN = "project-answer-already-open"
    NOTHING_CHOSEN = "project-answer-nothing-chosen"


@dataclass(frozen=True)
class AnswerDraft:
    """What an answer says. Its fields carry the names of `feedback.rules.drafts.DecisionDraft`, so that one is written from the other
    (`services.contributions`, which a test holds to it); they are two lists because a project's answer has no plan to point to, no
    parts and no languages, and what a signature covers in a decision is its own fields and no others.

    `shows_at` says where in the project, the act or another plan the answer can be seen; `merged_into` is a project's code.
    """

    outcome: Outcome | None = None
    reason_code: Reason | None = None
    text: str = ""
    criterion: str = ""
    change_needed: str = ""
    reference: str = ""
    target_cycle: str = ""
    carry_over_owner: str = ""
    referred_to: str = ""
    referred_document: str = ""
    referred_on: date | None = None
    where_to_go: str = ""
    merged_into: str = ""
    request_record: str = ""
    shows_at: str = ""
    correction_reason: str = ""

    @property
    def prose(self) -> str:
        """Every sentence somebody wrote: what is searched for personal data."""
        return "\n".join(str(v) for v in (getattr(self, f.name) for f in fields(self) if f.name not in _CODES) if v)

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is empty is left out."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: v.isoformat() if isinstance(v, date) else v if v is None else str(v) for k, v in found.items() if v not in (None, "")}


_LEAKS = {
    LeakKind.DNI: CheckCode.HAS_DNI, LeakKind.PHONE: CheckCode.HAS_PHONE, LeakKind.EMAIL: CheckCode.HAS_EMAIL,
    LeakKind.SURNAME: CheckCode.HAS_SURNAME,
}  # fmt: skip
_CODES = frozenset({"outcome", "reason_code", "referred_on"})


def problems_with_answer(draft: AnswerDraft, state: ProjectState, *, today: date) -> tuple[Problem, ...]:
    """An outcome that fits how the project ended, and everything domain.md 6.1 and 6.2 ask of that outcome; no personal data."""
    allowed = ENDING.get(state)
    if allowed is None:
        return (Problem(AnswerProblem.NOT_ENDED),)
    if draft.outcome is None:
        return (Problem(CheckCode.NO_OUTCOME, "outcome"),)
    if draft.outcome not in allowed:
        return (Problem(AnswerProblem.WRONG_OUTCOME, "outcome"),)
    return (*_of_outcome(draft, draft.outcome, today), *problems_with_words(draft.prose, "text"))


def problems_with_words(text: str, field: str) -> tuple[Problem, ...]:
    """Personal data in what everybody will read."""
    return tuple(Problem(_LEAKS[leak.kind], field, {"found": leak.found}) for leak in leaks(text)[:1])


def _of_outcome(draft: AnswerDraft, outcome: Outcome, today: date) -> Iterator[Problem]:
    shortest = SHORTEST_R99 if draft.reason_code is Reason.R99 and outcome in NEEDS_REASON_CODE else SHORTEST_OTHER
    length = len(draft.text.strip())
    if not length:
        yield Problem(CheckCode.NO_TEXT, "text")
    elif length < shortest:
        code = CheckCode.R99_SHORT if shortest == SHORTEST_R99 else CheckCode.TEXT_SHORT
        yield Problem(code, "text", {"shortest": shortest, "length": length})
    if outcome in NEEDS_REASON_CODE and draft.reason_code is None:
        yield Problem(CheckCode.NO_REASON_CODE, "reason_code")
    if (draft.reason_code in NEEDS_REFERENCE or outcome is Outcome.ALREADY_COVERED) and not draft.reference.strip():
        yield Problem(CheckCode.NO_REFERENCE, "reference")
    for name, missing in REQUIRED.get(outcome, ()):
        value = getattr(draft, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield Problem(missing, name)
    if outcome is Outcome.REFERRED and draft.referred_on and draft.referred_on > today:
        yield Problem(CheckCode.REFERRED_AHEAD, "referred_on")


def problems_with_approval(state: AnswerState, writers: frozenset[int], person_id: int) -> tuple[Problem, ...]:
    """Somebody else approves what one wrote (domain.md BR-26)."""
    if state is not AnswerState.REVIEW:
        return (Problem(AnswerProblem.NOT_IN_REVIEW),)
    if person_id in writers:
        return (Problem(AnswerProblem.WRITER_APPROVES),)
    return ()
