"""Who writes the plan, who approves it, who says how it goes and who checks it (domain.md 13; BR-27)."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_entity, is_forum_civil, is_forum_government, is_municipal, is_secretariat
from app.spaces.rules import Role


class PlanPermission(StrEnum):
    DRAFT = "plans:draft"
    READ_APPROVAL = "plans:read-approval"
    APPROVE = "plans:approve"
    APPROVE_FOR_GOVERNMENT = "plans:approve-for-government"
    APPROVE_FOR_NON_GOVERNMENT = "plans:approve-for-non-government"
    VALIDATE_FOR_ENTITY = "plans:validate-for-entity"
    VALIDATE_FOR_FORUM = "plans:validate-for-forum"
    CONSULT = "plans:consult"
    DECIDE_WORDINGS = "plans:decide-wordings"
    SUBMIT = "plans:submit"
    CONCLUDE = "plans:conclude"
    FOLLOW = "plans:follow"
    REPORT_PROGRESS = "plans:report-progress"
    READ_FOR_CIVIL_SOCIETY = "plans:read-for-civil-society"
    VERIFY_PROGRESS = "plans:verify-progress"


def answers_for_lead(actor: Actor, subject: Any) -> bool:
    """The person answers for the lead entity of the commitment, or for the one it is a unit of."""
    leads = getattr(subject, "lead_ids", ())
    return any(held.role == Role.ENTITY and held.organisation_id in leads and held.covers(subject.scope) for held in actor.roles)


GRANTS: Grants = {
    PlanPermission.DRAFT: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_entity,)],
    PlanPermission.READ_APPROVAL: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    PlanPermission.APPROVE: [(is_forum_government,), (is_forum_civil,)],
    PlanPermission.APPROVE_FOR_GOVERNMENT: [(is_forum_government,)],
    PlanPermission.APPROVE_FOR_NON_GOVERNMENT: [(is_forum_civil,)],
    PlanPermission.VALIDATE_FOR_ENTITY: [(answers_for_lead,)],
    PlanPermission.VALIDATE_FOR_FORUM: [(is_forum_government,), (is_forum_civil,)],
    PlanPermission.CONSULT: [(is_secretariat,), (is_municipal,)],
    PlanPermission.DECIDE_WORDINGS: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    PlanPermission.SUBMIT: [(is_secretariat,), (is_municipal,)],
    PlanPermission.CONCLUDE: [(is_secretariat,), (is_municipal,)],
    PlanPermission.FOLLOW: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_entity,)],
    PlanPermission.REPORT_PROGRESS: [(answers_for_lead,), (is_municipal,)],
    PlanPermission.READ_FOR_CIVIL_SOCIETY: [(is_forum_civil,)],
    PlanPermission.VERIFY_PROGRESS: [(is_secretariat,)],
}
