"""Who writes the plan and who approves it (domain.md 13, "commitment draft"; BR-27)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_entity, is_forum_civil, is_forum_government, is_municipal, is_secretariat


class PlanPermission(StrEnum):
    DRAFT = "plans:draft"
    READ_APPROVAL = "plans:read-approval"
    APPROVE = "plans:approve"
    APPROVE_FOR_GOVERNMENT = "plans:approve-for-government"
    APPROVE_FOR_NON_GOVERNMENT = "plans:approve-for-non-government"


GRANTS: Grants = {
    PlanPermission.DRAFT: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_entity,)],
    PlanPermission.READ_APPROVAL: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    PlanPermission.APPROVE: [(is_forum_government,), (is_forum_civil,)],
    PlanPermission.APPROVE_FOR_GOVERNMENT: [(is_forum_government,)],
    PlanPermission.APPROVE_FOR_NON_GOVERNMENT: [(is_forum_civil,)],
}
