"""The committee finds and reports, the entity replies, nobody else writes: people of the cast (domain.md 13, row "vigilance report")."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.vigilance.permissions import GRANTS, VigilancePermission
from tests.cast import ANA, CARMEN, EVERYBODY, LUIS, MILA, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2
PEOPLE = (*EVERYBODY, MILA, CARMEN)


class Here:
    scope = Scope(HERE)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


MAY = {
    VigilancePermission.RECORD_ELECTION: {MILA},
    VigilancePermission.READ: {CARMEN, MILA, ANA, LUIS, SARA, VERA},
    VigilancePermission.FIND: {CARMEN},
    VigilancePermission.REPLY: {MILA},  # and who answers for the unit of that line: tests/vigilance/test_services.py
    VigilancePermission.REPORT: {CARMEN},
}


@pytest.mark.parametrize("permission", list(VigilancePermission))
def test_who_may_do_what_in_vigilance(permission: VigilancePermission) -> None:
    assert {member for member in PEOPLE if is_allowed(GRANTS, permission, actor(member), Here())} == MAY[permission]
    assert not is_allowed(GRANTS, permission, NOBODY, Here())


def test_a_committee_of_another_place_finds_nothing_here() -> None:
    outsider = Actor(1, CARMEN.name, (HeldRole(str(CARMEN.role), ELSEWHERE),))
    assert not any(is_allowed(GRANTS, permission, outsider, Here()) for permission in VigilancePermission)


def test_who_finds_does_not_reply_and_who_replies_does_not_find() -> None:
    found, replied = MAY[VigilancePermission.FIND], MAY[VigilancePermission.REPLY]
    assert found and replied and not found & replied
