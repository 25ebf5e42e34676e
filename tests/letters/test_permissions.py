"""Who may do what with letters and replies: a table of people (domain.md 13, "reply to response")."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.letters.permissions import GRANTS, LetterPermission, ReplyPermission
from tests.cast import ANA, CARMEN, EVERYBODY, FELIX, GLORIA, INES, LUIS, MARCO, MILA, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2
PEOPLE = (*EVERYBODY, MILA, CARMEN)
FORUM = {GLORIA, FELIX}
TABLE = {
    LetterPermission.DELIVER: {SARA, MILA, INES},
    ReplyPermission.READ: {SARA, MILA, INES, ANA, LUIS, MARCO, VERA, CARMEN} | FORUM,
    ReplyPermission.RECORD: {SARA, INES, MILA},
    ReplyPermission.SETTLE: {SARA, MILA, ANA, LUIS} | FORUM,
    ReplyPermission.LINK: {SARA, MILA} | FORUM,
    ReplyPermission.PUBLISH: {MARCO, SARA, MILA},
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
