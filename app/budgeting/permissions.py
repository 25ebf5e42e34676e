"""Who opens and runs a round, who keeps its list of agents, and who is one (domain.md 13, row "PP registry, votes")."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_municipal, is_reviewer, is_secretariat, is_vigilance


class BudgetingPermission(StrEnum):
    OPEN = "budgeting:open"
    READ = "budgeting:read"
    RUN = "budgeting:run"
    READ_AGENTS = "budgeting:read-agents"
    KEEP_AGENTS = "budgeting:keep-agents"
    REGISTER = "budgeting:register"
    SEE_OWN = "budgeting:see-own"
    SEE_CREDENTIAL = "budgeting:see-credential"


def has_an_account(actor: Actor, subject: Any) -> bool:
    return actor.is_signed_in


def is_own_registration(actor: Actor, subject: Any) -> bool:
    """The registration was made with the account of whoever asks."""
    return actor.person_id is not None and actor.person_id == getattr(subject, "person_id", None)


def is_agent(actor: Actor, subject: Any) -> bool:
    """The subject names its accredited agents in `agent_person_ids`; `queries.RoundAndAgents` does."""
    return actor.person_id is not None and actor.person_id in getattr(subject, "agent_person_ids", ())


def is_voting_agent(actor: Actor, subject: Any) -> bool:
    """As `is_agent`, for those who have vote: the technical team has a voice only (`voting_person_ids`)."""
    return actor.person_id is not None and actor.person_id in getattr(subject, "voting_person_ids", ())


GRANTS: Grants = {
    BudgetingPermission.OPEN: [(is_municipal,)],
    BudgetingPermission.READ: [(is_municipal,), (is_secretariat,), (is_vigilance,), (is_reviewer,)],
    BudgetingPermission.RUN: [(is_municipal,)],
    BudgetingPermission.READ_AGENTS: [(is_municipal,), (is_vigilance,), (is_reviewer,)],
    BudgetingPermission.KEEP_AGENTS: [(is_municipal,)],
    BudgetingPermission.REGISTER: [(has_an_account,)],
    BudgetingPermission.SEE_OWN: [(is_own_registration,)],
    BudgetingPermission.SEE_CREDENTIAL: [(is_own_registration,), (is_municipal,)],
}
