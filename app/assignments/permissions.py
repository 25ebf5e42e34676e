"""Who says who answers, and who may pass it on (domain.md 13: contribution, "classify, assign"). An administrator is nowhere here."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_entity, is_forum_civil, is_forum_government, is_municipal, is_reviewer, is_secretariat
from app.spaces.rules import Role


class AssignmentPermission(StrEnum):
    READ = "assignments:read"
    ASSIGN = "assignments:assign"
    FORWARD = "assignments:forward"


def has_it(actor: Actor, subject: Any) -> bool:
    """The person answers for the organisation that has the subject now, or for one it is a unit of (`subject.holder_lineage`)."""
    return any(
        held.role == Role.ENTITY and held.covers(subject.scope) and held.organisation_id in subject.holder_lineage for held in actor.roles
    )


GRANTS: Grants = {
    AssignmentPermission.READ: [
        (is_secretariat,), (is_municipal,), (is_entity,), (is_forum_government,), (is_forum_civil,), (is_reviewer,),
    ],
    AssignmentPermission.ASSIGN: [(is_secretariat,), (is_municipal,)],
    AssignmentPermission.FORWARD: [(is_entity, has_it)],
}  # fmt: skip
