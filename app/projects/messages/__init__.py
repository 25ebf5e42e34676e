"""Sentences and names of projects."""

from app.projects.messages.names import (
    ANSWER_FIELDS,
    ANSWER_STATES,
    APPELLANTS,
    CHANGES,
    CONCLUSIONS,
    EVALUATION_STATES,
    FATES,
    FIELDS,
    FINDINGS,
    LOOKS,
    MARKERS,
    OUTCOMES,
    REASONS,
    STATES,
    STEPS,
    decimal,
    sheet_template,
    soles,
    told,
)
from app.projects.messages.problems import PHASE_PROBLEMS, PROBLEMS

__all__ = [
    "ANSWER_FIELDS", "ANSWER_STATES", "APPELLANTS", "CHANGES", "CONCLUSIONS", "EVALUATION_STATES", "FATES", "FIELDS", "FINDINGS", "LOOKS",
    "MARKERS", "OUTCOMES", "PHASE_PROBLEMS", "PROBLEMS", "REASONS", "STATES", "STEPS", "decimal", "sheet_template", "soles", "told",
]  # fmt: skip
