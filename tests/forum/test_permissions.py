"""Who keeps the forum's record, approves it and votes: people of the cast, one table."""

import pytest

from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.forum.permissions import GRANTS, ForumPermission
from tests.cast import ANA, DARIO, EVERYBODY, FELIX, GLORIA, INES, MARCO, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2


class Here:
    scope = Scope(HERE)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


MAY = {
    ForumPermission.READ: {SARA, GLORIA, FELIX, VERA},
    ForumPermission.KEEP: {SARA},
    ForumPermission.APPROVE_AS_GOVERNMENT: {GLORIA},
    ForumPermission.APPROVE_AS_NON_GOVERNMENT: {FELIX},
    ForumPermission.OPEN_MOTION: {SARA, GLORIA, FELIX},
    ForumPermission.VOTE: {GLORIA, FELIX},
}


@pytest.mark.parametrize("permission", list(ForumPermission))
@pytest.mark.parametrize("member", EVERYBODY, ids=lambda member: member.name)
def test_who_may_do_what_in_the_forum(permission: ForumPermission, member: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(member), Here()) is (member in MAY[permission])


def test_the_two_sides_hold_the_same_powers() -> None:
    swapped = {ForumPermission.APPROVE_AS_GOVERNMENT: ForumPermission.APPROVE_AS_NON_GOVERNMENT}
    for permission in ForumPermission:
        mirror = swapped.get(permission, permission)
        if permission is ForumPermission.APPROVE_AS_NON_GOVERNMENT:
            continue
        assert is_allowed(GRANTS, permission, actor(GLORIA), Here()) is is_allowed(GRANTS, mirror, actor(FELIX), Here())


def test_a_municipal_team_keeps_the_forum_of_its_own_space_only() -> None:
    team = Actor(1, "Tomás", (HeldRole("MUN", HERE),))
    other = Actor(1, "Tomás", (HeldRole("MUN", ELSEWHERE),))
    assert is_allowed(GRANTS, ForumPermission.KEEP, team, Here())
    assert not is_allowed(GRANTS, ForumPermission.KEEP, other, Here())


def test_administration_moderation_and_entities_have_no_part_in_it() -> None:
    for member in (DARIO, MARCO, ANA, INES, ROSA):
        assert not any(is_allowed(GRANTS, permission, actor(member), Here()) for permission in ForumPermission)
