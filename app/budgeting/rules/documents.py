"""The public documents of a round, in versions: nothing that was published changes; what is new says why (domain.md 9.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_REASON = 15
SHORTEST_TEXT = 40


class DocumentKind(StrEnum):
    ORDINANCE = "ordinance"
    REGULATION = "regulation"
    DIAGNOSIS = "diagnosis"
    CALL = "call"
    WORKSHOP_MINUTES = "workshop-minutes"
    COMMITTEE_MINUTES = "committee-minutes"
    FINAL_DOCUMENT = "final-document"
    OPENING_BUDGET = "opening-budget"
    ACCOUNTABILITY_REPORT = "accountability-report"
    OTHER = "other"


class DocumentProblem(StrEnum):
    TITLE_MISSING = "document-title-missing"
    NUMBER_MISSING = "document-number-missing"
    DATED_AHEAD = "document-dated-ahead"
    CONTENT_MISSING = "document-content-missing"
    REASON_MISSING = "document-reason-missing"
    SAME_AS_BEFORE = "document-same-as-before"
    NOT_A_NORM = "document-not-a-norm"


@dataclass(frozen=True)
class DocumentDraft:
    """A version of a document: `norm_number` as it is cited ("Ordenanza Municipal N.º 021-2026-MPC"); a file, a text, or both."""

    kind: DocumentKind
    title: str
    norm_number: str
    dated_on: date
    text: str = ""
    reason: str = ""


NORMS = frozenset({DocumentKind.ORDINANCE, DocumentKind.REGULATION})
"""What a council or a mayor signed: it has a number."""


def problems_with_document(draft: DocumentDraft, today: date, *, has_file: bool, is_first: bool) -> tuple[Problem, ...]:
    """Enough for anybody to find it in the gazette, and something to read; a later version says why it replaces the one before."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(DocumentProblem.TITLE_MISSING, "title"))
    if draft.kind in NORMS and not draft.norm_number.strip():
        problems.append(Problem(DocumentProblem.NUMBER_MISSING, "norm_number"))
    if draft.dated_on > today:
        problems.append(Problem(DocumentProblem.DATED_AHEAD, "dated_on"))
    if not has_file and len(draft.text.strip()) < SHORTEST_TEXT:
        problems.append(Problem(DocumentProblem.CONTENT_MISSING, "text", {"shortest": SHORTEST_TEXT}))
    if not is_first and len(draft.reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(DocumentProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)
