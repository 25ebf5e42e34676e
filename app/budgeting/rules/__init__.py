"""Pure rules of a round: its states and guards, its money, its documents, its calendar, its agents."""

from app.budgeting.rules.states import AgentKind, AgentState, RoundState

__all__ = ["AgentKind", "AgentState", "RoundState"]
