"""The quality checks of an answer and of a process (domain.md 6.1 and 6.4)."""

from app.feedback.rules.checks.codes import QUESTION_OF, CheckCode, Question
from app.feedback.rules.checks.deciding import REQUIRED
from app.feedback.rules.checks.findings import (
    REPLY_WINDOW,
    SHORTEST_ADOPTED,
    SHORTEST_CLARIFICATION,
    SHORTEST_OTHER,
    SHORTEST_R99,
    Check,
    Facts,
    Level,
    MergeTarget,
    Priority,
)
from app.feedback.rules.checks.judging import as_problem, checks, stops

__all__ = [
    "QUESTION_OF",
    "REPLY_WINDOW",
    "REQUIRED",
    "SHORTEST_ADOPTED",
    "SHORTEST_CLARIFICATION",
    "SHORTEST_OTHER",
    "SHORTEST_R99",
    "Check",
    "CheckCode",
    "Facts",
    "Level",
    "MergeTarget",
    "Priority",
    "Question",
    "as_problem",
    "checks",
    "stops",
]
