"""Sentences and names of votes."""

from app.voting.messages.names import CHANNELS, COMPLETIONS, EXTENTS, EXTENTS_PAST, KINDS, RULES, SEATS, STAGES
from app.voting.messages.problems import PROBLEMS, faults_told

__all__ = ["CHANNELS", "COMPLETIONS", "EXTENTS", "EXTENTS_PAST", "KINDS", "PROBLEMS", "RULES", "SEATS", "STAGES", "faults_told"]
