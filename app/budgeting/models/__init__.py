"""Tables of a participatory budget."""

from app.budgeting.models.agents import Agent, AgentAppeal, AgentRuling
from app.budgeting.models.documents import BudgetDocument, BudgetHearing, CalendarVersion, DocumentVersion, HearingUnlinked
from app.budgeting.models.rounds import BudgetRound, Ceiling, CeilingVersion, RoundStep

__all__ = [
    "Agent", "AgentAppeal", "AgentRuling", "BudgetDocument", "BudgetHearing", "BudgetRound", "CalendarVersion", "Ceiling", "CeilingVersion",
    "DocumentVersion", "HearingUnlinked", "RoundStep",
]  # fmt: skip
