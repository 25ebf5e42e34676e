"""Who may do what with letters and replies: a table of people (domain.md 13, "reply to response")."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.letters.permissions import GRANTS, LetterPermission, ReplyPermission
from app.spaces.rules import Role
from tests.cast import ANA, EVERYBODY, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2
MUNICIPAL = CastMember("Milagros", "milagros@example.pe", Role.MUNICIPAL)
CARMEN = CastMember("Carmen", "carmen@example.pe", Role.VIGILANCE)
PEOPLE = (*EVERYBODY, MUNICIPAL, CARMEN)
FORUM = {GLORIA, FELIX}
TABLE = {
    LetterPermission.DELIVER: {SARA, MUNICIPAL, INES},
    ReplyPermission.READ: {SARA, MUNICIPAL, INES, ANA, LUIS, MARCO, VERA, CARMEN} | FORUM,
    ReplyPermission.RECORD: {SARA, INES, MUNICIPAL},
    ReplyPermission.SETTLE: {SARA, MUNICIPAL, ANA, LUIS} | FORUM,
    ReplyPermission.LINK: {SARA, MUNICIPAL} | FORUM,
    ReplyPermission.PUBLISH: {MARCO, SARA, MUNICIPAL},
    ReplyPermission.HIDE: {MARCO},
}


class Subject:
    scope = Scope(HERE, 7)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.name)
@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_only_who_the_table_names(permission: LetterPermission | ReplyPermission, person: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(person), Subject()) is (person in TABLE[permission])


def test_the_table_knows_every_permission() -> None:
    assert set(TABLE) == {*LetterPermission, *ReplyPermission} == set(GRANTS)


@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_nobody_who_has_not_signed_in(permission: LetterPermission | ReplyPermission) -> None:
    assert not is_allowed(GRANTS, permission, NOBODY, Subject())
