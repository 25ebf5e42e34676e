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


def is_of_a_team(actor: Actor, subject: Any) -> bool:
    """The role in question is one of the municipal team: the only people it appoints (domain.md 13, "users, roles")."""
    return bool(subject.role == Role.MUNICIPAL)


class SpacePermission(StrEnum):
    MANAGE_ROLES = "space:manage-roles"
    APPOINT_FORUM = "space:appoint-forum"
    APPOINT_TEAM = "space:appoint-team"
    SEE_PEOPLE = "space:see-people"
    INVITE_AGAIN = "space:invite-again"
    RESET_FACTOR = "space:reset-factor"


GRANTS: Grants = {
    SpacePermission.MANAGE_ROLES: [(is_administrator,)],
    SpacePermission.APPOINT_FORUM: [(is_secretariat,), (is_administrator,)],
    SpacePermission.APPOINT_TEAM: [(is_municipal,)],
    SpacePermission.SEE_PEOPLE: [(is_secretariat,), (is_administrator,), (is_municipal,)],
    SpacePermission.INVITE_AGAIN: [(is_secretariat,), (is_administrator,), (is_municipal, is_of_a_team)],
    SpacePermission.RESET_FACTOR: [(is_administrator,)],
}
