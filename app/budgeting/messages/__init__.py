"""What the package says: why something is refused, and what each thing is called."""

from app.budgeting.messages.counting import COMPLETIONS, FATES, ORDERS, RULES, UTILITIES, WHYS, told, why
from app.budgeting.messages.counting import PROBLEMS as COUNTING
from app.budgeting.messages.names import (
    ACTIVITIES,
    AGENT_STATES,
    DOCUMENTS,
    HEARINGS,
    KINDS,
    MONTHS,
    PHASE_SUMMARIES,
    PHASES,
    REFUSALS,
    RULINGS,
    SEXES,
    STATES,
    TABS,
    WAYS,
)
from app.budgeting.messages.problems import CHANGED_MEANWHILE, PROBLEMS, said
from app.organisations.messages import SECTORS

__all__ = [
    "ACTIVITIES",
    "AGENT_STATES",
    "CHANGED_MEANWHILE",
    "COMPLETIONS",
    "COUNTING",
    "DOCUMENTS",
    "FATES",
    "HEARINGS",
    "KINDS",
    "MONTHS",
    "ORDERS",
    "PHASES",
    "PHASE_SUMMARIES",
    "PROBLEMS",
    "REFUSALS",
    "RULES",
    "RULINGS",
    "SECTORS",
    "SEXES",
    "STATES",
    "TABS",
    "UTILITIES",
    "WAYS",
    "WHYS",
    "said",
    "told",
    "why",
]
