"""What codes are called, and the sentences of the schedule."""

from app.processes.messages.names import (
    FIELDS,
    FLAGS,
    INFLUENCES,
    KINDS,
    LANGUAGES,
    MISSING,
    OPPORTUNITIES,
    PHASE_SUMMARIES,
    PHASES,
    READING_LANGUAGES,
    RESULTS,
    SEATS,
    STATES,
    VERSION_STATES,
)
from app.processes.messages.problems import PROBLEMS, filled
from app.processes.messages.sentences import difference_rows, move_sentence, notice_sentence

__all__ = [
    "FIELDS",
    "FLAGS",
    "INFLUENCES",
    "KINDS",
    "LANGUAGES",
    "MISSING",
    "OPPORTUNITIES",
    "PHASES",
    "PHASE_SUMMARIES",
    "PROBLEMS",
    "READING_LANGUAGES",
    "RESULTS",
    "SEATS",
    "STATES",
    "VERSION_STATES",
    "difference_rows",
    "filled",
    "move_sentence",
    "notice_sentence",
]
