"""Cleaning an answer on its way in; only this is judged, stored and hashed."""

from dataclasses import replace
from typing import Any

from app.core.text import clean, clean_line
from app.feedback.rules.drafts import WRITTEN, DecisionDraft

_LINES = frozenset({"reference", "criterion", "target_cycle", "carry_over_owner", "referred_to", "referred_document", "request_record"})


def tidy(draft: DecisionDraft) -> DecisionDraft:
    """The draft with its texts cleaned; only this is stored and hashed."""
    texts: dict[str, Any] = {name: (clean_line if name in _LINES else clean)(getattr(draft, name)) for name in WRITTEN}
    return replace(draft, **texts, merged_into=clean_line(draft.merged_into).upper(), milestone=clean_line(draft.milestone))
