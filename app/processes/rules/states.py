"""States of a process and of a schedule version (domain.md 11), and who approves a schedule (BR-27)."""

from enum import StrEnum


class ProcessKind(StrEnum):
    OGP_NATIONAL = "ogp-national"
    OGP_LOCAL = "ogp-local"
    BUDGET = "participatory-budget"
    CONSULTATION = "consultation"


class Influence(StrEnum):
    """How far what people say binds: stated before they speak."""

    INFORM = "informar"
    CONSULT = "consultar"
    COOPERATE = "cooperar"
    DECIDE = "decidir"


class ProcessState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    INPUTS_CLOSED = "inputs-closed"
    DELIBERATION = "deliberation"
    FEEDBACK = "feedback"
    ANSWERED = "answered"
    PLAN_DRAFTED = "plan-drafted"
    PUBLIC_VALIDATION = "public-validation"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    IMPLEMENTING = "implementing"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class VersionState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    REPLACED = "replaced"


class ApprovalSeat(StrEnum):
    SECRETARIAT = "secretariat"
    NON_GOVERNMENT = "non-government"
