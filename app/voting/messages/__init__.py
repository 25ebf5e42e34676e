"""Sentences and names of votes."""

from app.voting.messages.examples import example
from app.voting.messages.names import CHANNELS, COMPLETIONS, EXTENTS, EXTENTS_PAST, KINDS, ORDERS, RULES, SEATS, STAGES, UTILITIES
from app.voting.messages.problems import PROBLEMS, faults_told

__all__ = [
    "CHANNELS", "COMPLETIONS", "EXTENTS", "EXTENTS_PAST", "KINDS", "ORDERS", "PROBLEMS", "RULES", "SEATS", "STAGES", "UTILITIES",
    "example", "faults_told",
]  # fmt: skip
