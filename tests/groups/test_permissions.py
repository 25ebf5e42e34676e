"""Who puts contributions together and who reviews it: a table of people."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.groups.permissions import GRANTS, GroupPermission
from tests.cast import ANA, EVERYBODY, FELIX, GLORIA, LUIS, MILA, OLGA, SARA, CastMember

HERE, ELSEWHERE = 1, 2
TEAM = {SARA, ANA, LUIS, MILA, GLORIA, FELIX}
TABLE = {GroupPermission.READ: TEAM, GroupPermission.GROUP: {SARA, MILA}, GroupPermission.REVIEW: TEAM}


class Subject:
    scope = Scope(HERE, 7)


@pytest.mark.parametrize("person", (*EVERYBODY, MILA), ids=lambda p: p.name)
@pytest.mark.parametrize("permission", TABLE, ids=str)
def test_only_who_the_table_names(permission: GroupPermission, person: CastMember) -> None:
    space = ELSEWHERE if person is OLGA else HERE
    actor = Actor(1, person.name, (HeldRole(str(person.role), space),) if person.role else ())
    assert is_allowed(GRANTS, permission, actor, Subject()) is (person in TABLE[permission])
    assert not is_allowed(GRANTS, permission, NOBODY, Subject())


def test_the_table_knows_every_permission() -> None:
    assert set(TABLE) == set(GroupPermission) == set(GRANTS)
