"""Cleaning an answer on its way in; only this is judged, stored and hashed."""

from dataclasses import replace
from typing import Any

from app.core.text import clean, clean_line
from app.feedback.rules.drafts import PART_WRITTEN, WRITTEN, DecisionDraft, PartDraft
from app.feedback.rules.parts import whole

_LINES = frozenset({"reference", "criterion", "target_cycle", "carry_over_owner", "referred_to", "referred_document", "request_record"})


def tidy(draft: DecisionDraft) -> DecisionDraft:
    """The draft with its texts cleaned and what its parts amount to; only this is stored and hashed. Blank parts are dropped."""
    parts = tuple(part for part in map(_tidy_part, draft.parts) if not part.is_blank)
    cleaned = replace(
        draft, **_texts(draft, WRITTEN), merged_into=clean_line(draft.merged_into).upper(), milestone=clean_line(draft.milestone),
        clause=clean_line(draft.clause), parts=parts,
    )  # fmt: skip
    return whole(cleaned)


def _tidy_part(part: PartDraft) -> PartDraft:
    texts = _texts(part, PART_WRITTEN)
    return replace(part, idea=clean(part.idea), milestone=clean_line(part.milestone), clause=clean_line(part.clause), **texts)


def _texts(draft: DecisionDraft | PartDraft, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: (clean_line if name in _LINES else clean)(getattr(draft, name)) for name in names}
