"""Predicates over roles, used by the GRANTS of every package above; and who manages a space."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants, Predicate
from app.spaces.rules import Role


def _holds(role: Role) -> Predicate:
    def predicate(actor: Actor, subject: Any) -> bool:
        return any(held.role == role and held.covers(subject.scope) for held in actor.roles)

    predicate.__name__ = f"is_{role.name.lower()}"
    return predicate


is_facilitator: Callable[[Actor, Any], bool] = _holds(Role.FACILITATOR)
is_forum_government = _holds(Role.FORUM_GOVERNMENT)
is_forum_civil = _holds(Role.FORUM_CIVIL)
is_secretariat = _holds(Role.SECRETARIAT)
is_entity = _holds(Role.ENTITY)
is_moderator = _holds(Role.MODERATOR)
is_municipal = _holds(Role.MUNICIPAL)
is_vigilance = _holds(Role.VIGILANCE)
is_administrator = _holds(Role.ADMINISTRATOR)
is_reviewer = _holds(Role.REVIEWER)


def organisation_of(actor: Actor, subject: Any, role: Role = Role.ENTITY) -> int | None:
    """The organisation for which the person holds that role in the subject's scope, if any."""
    return next((h.organisation_id for h in actor.roles if h.role == role and h.covers(subject.scope)), None)


class SpacePermission(StrEnum):
    MANAGE_ROLES = "space:manage-roles"
    APPOINT_FORUM = "space:appoint-forum"
    RESET_FACTOR = "space:reset-factor"


GRANTS: Grants = {
    SpacePermission.MANAGE_ROLES: [(is_administrator,)],
    SpacePermission.APPOINT_FORUM: [(is_secretariat,), (is_administrator,)],
    SpacePermission.RESET_FACTOR: [(is_administrator,)],
}
