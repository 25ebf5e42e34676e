"""The states of a participatory budget (domain.md 11, `pb_process`) and of those who take part in it."""

from enum import StrEnum


class RoundState(StrEnum):
    """In this order; nothing is skipped."""

    NORM_APPROVED = "norm-approved"
    PREPARATION = "preparation"
    AGENTS_REGISTERED = "agents-registered"
    CONCERTATION = "concertation"
    TECHNICAL_EVALUATION = "technical-evaluation"
    PRIORITISATION = "prioritisation"
    COORDINATION = "coordination"
    ACT_SIGNED = "act-signed"
    IN_OPENING_BUDGET = "in-opening-budget"
    EXECUTING = "executing"
    ACCOUNTED = "accounted"
    CLOSED = "closed"


class AgentKind(StrEnum):
    """Who may be a participating agent (pb.md part A, Peru; Ley 28056)."""

    COORDINATION_COUNCIL = "coordination-council"
    MUNICIPAL_COUNCIL = "municipal-council"
    CIVIL_SOCIETY = "civil-society"
    GOVERNMENT_ENTITY = "government-entity"
    TECHNICAL_TEAM = "technical-team"


class AgentState(StrEnum):
    REGISTERED = "registered"
    ACCREDITED = "accredited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
