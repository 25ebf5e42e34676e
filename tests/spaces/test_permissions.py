"""Who manages people and roles (domain.md 13, "users, roles"): the secretariat only forum seats, the administrator anyone."""

from datetime import date

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.spaces.permissions import GRANTS, SpacePermission
from app.spaces.rules import Role
from tests.cast import ANA, CARMEN, DARIO, FELIX, INES, MILA, OLGA, RICH_PEOPLE, ROSA, SARA, CastMember

HERE, ELSEWHERE = 1, 2


class OurSpace:
    scope = Scope(HERE)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    roles = (HeldRole(str(member.role), space, starts_on=date(2026, 1, 1)),) if member.role else ()
    return Actor(RICH_PEOPLE.index(member) + 1, member.name, roles)


@pytest.mark.parametrize(
    ("member", "any_role", "forum"),
    [
        (DARIO, True, True), (SARA, False, True), (OLGA, False, False), (ANA, False, False), (INES, False, False),
        (FELIX, False, False), (ROSA, False, False),
    ],
    ids=lambda value: value.name.split()[0] if isinstance(value, CastMember) else "",
)  # fmt: skip
def test_who_appoints_whom(member, any_role, forum):
    assert is_allowed(GRANTS, SpacePermission.MANAGE_ROLES, actor(member), OurSpace()) is any_role
    assert is_allowed(GRANTS, SpacePermission.RESET_FACTOR, actor(member), OurSpace()) is any_role
    assert is_allowed(GRANTS, SpacePermission.APPOINT_FORUM, actor(member), OurSpace()) is forum


def test_the_municipal_team_appoints_its_own_and_sees_nobody_else():
    mila = actor(MILA)

    class Held(OurSpace):
        def __init__(self, role):
            self.role = role

    assert is_allowed(GRANTS, SpacePermission.SEE_PEOPLE, mila, OurSpace()) and is_allowed(
        GRANTS, SpacePermission.APPOINT_TEAM, mila, OurSpace()
    )
    assert not is_allowed(GRANTS, SpacePermission.APPOINT_FORUM, mila, OurSpace())
    assert not is_allowed(GRANTS, SpacePermission.MANAGE_ROLES, mila, OurSpace())
    assert is_allowed(GRANTS, SpacePermission.INVITE_AGAIN, mila, Held(Role.MUNICIPAL))
    assert not is_allowed(GRANTS, SpacePermission.INVITE_AGAIN, mila, Held(Role.SECRETARIAT))
    assert is_allowed(GRANTS, SpacePermission.INVITE_AGAIN, actor(SARA), Held(Role.SECRETARIAT))
    assert not is_allowed(GRANTS, SpacePermission.SEE_PEOPLE, Actor(9, "M", (HeldRole("MUN", HERE, process_id=7),)), OurSpace())
    assert not is_allowed(GRANTS, SpacePermission.SEE_PEOPLE, actor(CARMEN), OurSpace())


def test_nobody_may_do_nothing():
    assert not any(is_allowed(GRANTS, permission, NOBODY, OurSpace()) for permission in SpacePermission)


def test_a_role_in_one_process_does_not_cover_the_space_or_another_process():
    held = HeldRole("ADM", HERE, process_id=7)
    assert held.covers(Scope(HERE, 7))
    assert not held.covers(Scope(HERE, 8))
    assert not held.covers(Scope(HERE))
    assert not held.covers(Scope(ELSEWHERE, 7))


def test_a_permission_without_rows_is_refused():
    assert not is_allowed({}, SpacePermission.MANAGE_ROLES, actor(DARIO), OurSpace())
