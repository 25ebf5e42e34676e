"""Who keeps the scrutiny, who holds its keys, who signs it: people of the cast, one table."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.scrutiny.permissions import GRANTS, ScrutinyPermission
from tests.cast import CARMEN, EVERYBODY, FELIX, GLORIA, INES, MILA, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2
PEOPLE = (*EVERYBODY, MILA, CARMEN)
BOTH_SECTORS = {MILA, SARA, GLORIA, FELIX, CARMEN}


class Here:
    scope = Scope(HERE)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


MAY = {
    ScrutinyPermission.READ: BOTH_SECTORS | {INES, VERA},
    ScrutinyPermission.KEEP_TABLES: {MILA, SARA},
    ScrutinyPermission.KEY: BOTH_SECTORS | {INES},
    ScrutinyPermission.CLOSE: BOTH_SECTORS,
    ScrutinyPermission.READ_SEED: BOTH_SECTORS,
    ScrutinyPermission.COUNT: {MILA, SARA},
    ScrutinyPermission.SIGN_FOR_GOVERNMENT: {MILA, GLORIA},
    ScrutinyPermission.SIGN_FOR_NON_GOVERNMENT: {FELIX, CARMEN},
    ScrutinyPermission.DESTROY_KEY: BOTH_SECTORS,
}


@pytest.mark.parametrize("permission", list(ScrutinyPermission))
def test_who_may_do_what_in_a_scrutiny(permission: ScrutinyPermission) -> None:
    assert {member for member in PEOPLE if is_allowed(GRANTS, permission, actor(member), Here())} == MAY[permission]
    assert not is_allowed(GRANTS, permission, NOBODY, Here())


def test_nobody_signs_for_both_sectors() -> None:
    government, society = MAY[ScrutinyPermission.SIGN_FOR_GOVERNMENT], MAY[ScrutinyPermission.SIGN_FOR_NON_GOVERNMENT]
    assert government and society and not government & society
