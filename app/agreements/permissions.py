"""Who drafts the act, who signs it, who disagrees in public, and who tells how each line goes (domain.md 13)."""

from enum import StrEnum
from typing import Any

from app.budgeting.permissions import is_agent
from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_forum_civil, is_forum_government, is_municipal, is_reviewer, is_secretariat, is_vigilance
from app.spaces.rules import Role


class AgreementPermission(StrEnum):
    DRAFT = "agreements:draft"
    READ = "agreements:read"
    SIGN = "agreements:sign"
    DISSENT = "agreements:dissent"
    FOLLOW = "agreements:follow"
    REPORT = "agreements:report"
    IMPORT = "agreements:import"


def answers_for_unit(actor: Actor, subject: Any) -> bool:
    """The person answers for the unit responsible for the line, or for the entity it is a unit of (`unit_ids`)."""
    return unit_answered_for(actor, subject) is not None


def unit_answered_for(actor: Actor, subject: Any) -> int | None:
    """Which of the subject's `unit_ids` the person answers for."""
    units = getattr(subject, "unit_ids", ())
    held_in = (held.organisation_id for held in actor.roles if held.role == Role.ENTITY and held.covers(subject.scope))
    return next((organisation_id for organisation_id in held_in if organisation_id in units), None)


def is_any_entity(actor: Actor, subject: Any) -> bool:
    return any(held.role == Role.ENTITY and held.covers(subject.scope) for held in actor.roles)


GRANTS: Grants = {
    AgreementPermission.DRAFT: [(is_municipal,)],
    AgreementPermission.READ: [
        (is_municipal,), (is_secretariat,), (is_vigilance,), (is_reviewer,), (is_forum_government,), (is_forum_civil,), (is_agent,),
    ],
    AgreementPermission.SIGN: [(is_municipal,), (is_agent,)],
    AgreementPermission.DISSENT: [(is_forum_government,), (is_forum_civil,), (is_vigilance,), (is_agent,)],
    AgreementPermission.FOLLOW: [(is_municipal,), (is_any_entity,), (is_secretariat,), (is_vigilance,), (is_reviewer,)],
    AgreementPermission.REPORT: [(is_municipal,), (answers_for_unit,)],
    AgreementPermission.IMPORT: [(is_municipal,)],
}  # fmt: skip
