"""One contribution with several ideas: each is answered by itself, and together they make one answer under one code."""

from dataclasses import replace
from typing import Any

from app.feedback.rules.drafts import DecisionDraft, PartDraft
from app.feedback.rules.outcomes import NEEDS_COMMITMENT, Outcome, overall

MOST_PARTS = 8
_NUMBERED = ("text", "what_changed", "change_needed", "where_to_go")
_LISTED = ("reference", "criterion", "target_cycle", "carry_over_owner", "referred_to", "referred_document")


def whole(draft: DecisionDraft) -> DecisionDraft:
    """The draft with what its parts amount to in the fields of the whole, so that who reads only those reads everything.

    The texts are numbered as the parts are ("1) … 2) …"); the commitment, the reason and the day are those of the first part
    that has one. A draft without parts comes back as it is.
    """
    parts = draft.parts
    if not parts:
        return draft
    numbered: dict[str, Any] = {name: _numbered(parts, name) for name in _NUMBERED}
    listed: dict[str, Any] = {name: _listed(parts, name) for name in _LISTED}
    traced = next((part for part in parts if part.commitment is not None), PartDraft())
    return replace(
        draft,
        outcome=overall([part.outcome for part in parts]),
        reason_code=next((part.reason_code for part in parts if part.reason_code), None),
        referred_on=next((part.referred_on for part in parts if part.referred_on), None),
        commitment=traced.commitment, milestone=traced.milestone, clause=traced.clause,
        adopted_part=_lines((n, _adopted(part)) for n, part in enumerate(parts, start=1)),
        rejected_part=_lines((n, _rejected(part)) for n, part in enumerate(parts, start=1)),
        question="", clarify_by=None, fallback=None, request_record="", merged_into="",
        **numbered, **listed,
    )  # fmt: skip


def _adopted(part: PartDraft) -> str:
    return part.adopted_part if part.outcome is Outcome.ADOPTED_PARTIALLY else part.idea if part.outcome is Outcome.ADOPTED else ""


def _rejected(part: PartDraft) -> str:
    if part.outcome is Outcome.ADOPTED_PARTIALLY:
        return part.rejected_part
    return part.idea if part.outcome and part.outcome not in NEEDS_COMMITMENT else ""


def _numbered(parts: tuple[PartDraft, ...], name: str) -> str:
    return _lines((n, getattr(part, name)) for n, part in enumerate(parts, start=1))


def _lines(items: Any) -> str:
    return "\n".join(f"{n}) {words}" for n, words in items if words)


def _listed(parts: tuple[PartDraft, ...], name: str) -> str:
    return "; ".join(dict.fromkeys(getattr(part, name) for part in parts if getattr(part, name)))


def ideas(draft: DecisionDraft) -> list[list[str]] | None:
    """[outcome, idea] of each part, for a card that shows them without asking again; None when it was not split."""
    return [[str(part.outcome or ""), part.idea] for part in draft.parts] or None


def split(draft: DecisionDraft) -> DecisionDraft:
    """The draft with room for one more idea; the first time, what was written becomes the answer to the first of two."""
    if draft.parts:
        return replace(draft, parts=(*draft.parts, PartDraft())[:MOST_PARTS])
    names = [name for name in PartDraft.__dataclass_fields__ if name != "idea"]
    first = PartDraft(**{name: getattr(draft, name) for name in names})
    return _about(draft, DecisionDraft(parts=(first, PartDraft())))


def without_part(draft: DecisionDraft, place: int) -> DecisionDraft:
    """The draft without the idea at `place` (from 0). When one is left the answer is one again, and keeps what it said."""
    left = replace(draft, parts=tuple(part for n, part in enumerate(draft.parts) if n != place))
    return left if len(left.parts) > 1 else joined(left)


def joined(draft: DecisionDraft) -> DecisionDraft:
    """One answer again: what the only idea said, or the numbered texts of several."""
    if not draft.parts:
        return draft
    one = draft.parts[0].as_draft() if len(draft.parts) == 1 else whole(draft)
    return _about(draft, replace(one, parts=()))


def _about(draft: DecisionDraft, other: DecisionDraft) -> DecisionDraft:
    """`other` with what is said once about the whole of `draft`."""
    names = ("organisation", "correction_reason", "group", "summary", "summary_language")
    return replace(other, **{name: getattr(draft, name) for name in names})
