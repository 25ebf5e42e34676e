"""Who may draft, approve, publish and steer a process (domain.md 13, rows "schedule draft" and "published content")."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import (
    is_administrator,
    is_entity,
    is_facilitator,
    is_forum_civil,
    is_forum_government,
    is_municipal,
    is_reviewer,
    is_secretariat,
)
from app.spaces.rules import Role

_DRAFTING = (Role.SECRETARIAT, Role.MUNICIPAL)


class ProcessPermission(StrEnum):
    LIST = "process:list"
    CREATE = "process:create"
    READ_DRAFT = "process:read-draft"
    EDIT = "process:edit"
    ADVANCE = "process:advance"
    EDIT_SCHEDULE = "schedule:edit"
    APPROVE_AS_SECRETARIAT = "schedule:approve-as-secretariat"
    APPROVE_AS_CIVIL = "schedule:approve-as-civil"
    PUBLISH_SCHEDULE = "schedule:publish"


def holds_any_role(actor: Actor, subject: Any) -> bool:
    """Staff of any space; the subject is not looked at."""
    return bool(actor.roles)


def space_ids_where_drafts(actor: Actor) -> frozenset[int]:
    """The spaces in which the person may open a process: a role held in one process only does not count."""
    return frozenset(held.space_id for held in actor.roles if held.role in _DRAFTING and held.process_id is None)


GRANTS: Grants = {
    ProcessPermission.LIST: [(holds_any_role,)],
    ProcessPermission.CREATE: [(is_secretariat,), (is_municipal,)],
    ProcessPermission.READ_DRAFT: [
        (is_secretariat,), (is_municipal,), (is_facilitator,), (is_forum_government,), (is_forum_civil,), (is_entity,),
        (is_administrator,), (is_reviewer,),
    ],
    ProcessPermission.EDIT: [(is_secretariat,), (is_municipal,)],
    ProcessPermission.ADVANCE: [(is_secretariat,), (is_municipal,)],
    ProcessPermission.EDIT_SCHEDULE: [(is_secretariat,), (is_municipal,)],
    ProcessPermission.APPROVE_AS_SECRETARIAT: [(is_secretariat,)],
    ProcessPermission.APPROVE_AS_CIVIL: [(is_forum_civil,)],
    ProcessPermission.PUBLISH_SCHEDULE: [(is_secretariat,), (is_municipal,)],
}  # fmt: skip
