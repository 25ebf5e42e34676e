"""Drafting one answer for many contributions: which of them get it, and why the others are left alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.templates import written

PER_PAGE = 30
MOST_AT_ONCE = 5_000


class BulkProblem(StrEnum):
    NOTHING_TO_WRITE = "bulk-nothing-to-write"
    CHANGED = "bulk-changed"
    ASSIGNED_ELSEWHERE = "bulk-assigned-elsewhere"


class LeftOut(StrEnum):
    """Why a marked contribution is not drafted."""

    ANSWERED = "answered"
    BEGUN = "begun"
    GROUPED = "grouped"
    ELSEWHERE = "elsewhere"
    FIELD_EMPTY = "field-empty"
    HIDDEN_TITLE = "hidden-title"


@dataclass(frozen=True)
class Composed:
    """What would be written to one contribution, or why nothing is; `about` completes the sentence (an entity, fields)."""

    contribution_id: int
    code: str
    draft: DecisionDraft | None
    left_out: LeftOut | None = None
    about: str = ""


def left_out(
    *, is_answered: bool, is_begun: bool, is_grouped: bool, elsewhere: str, missing: tuple[str, ...], is_public: bool
) -> tuple[LeftOut, str] | None:  # fmt: skip
    """Why a contribution is left alone, the first reason that holds; None when it gets the text.

    What is answered or begun is never overwritten; a group is answered once, by its own page; a title that is not public is
    not copied into a public answer.
    """
    if is_answered:
        return LeftOut.ANSWERED, ""
    if is_begun:
        return LeftOut.BEGUN, ""
    if is_grouped:
        return LeftOut.GROUPED, ""
    if elsewhere:
        return LeftOut.ELSEWHERE, elsewhere
    if missing:
        if "titulo" in missing and not is_public:
            return LeftOut.HIDDEN_TITLE, ""
        return LeftOut.FIELD_EMPTY, written(missing)
    return None


def counted(composed: Mapping[int, Composed]) -> dict[LeftOut, int]:
    """How many are left out for each reason."""
    found: dict[LeftOut, int] = {}
    for item in composed.values():
        if item.left_out is not None:
            found[item.left_out] = found.get(item.left_out, 0) + 1
    return found
