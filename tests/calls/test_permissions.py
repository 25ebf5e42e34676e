"""Who runs a call, who scores, who applies: people of the cast, one table."""

import pytest

from app.calls.permissions import GRANTS, CallPermission
from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from tests.cast import EVERYBODY, FELIX, GLORIA, INES, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2


class Here:
    scope = Scope(HERE)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


MAY = {
    CallPermission.APPLY: set(EVERYBODY),
    CallPermission.READ: {SARA, GLORIA, FELIX, INES, VERA},
    CallPermission.KEEP: {SARA},
    CallPermission.SCORE: {GLORIA, FELIX, INES},
    CallPermission.SIGN_ASSESSMENT: {GLORIA, FELIX},
}


@pytest.mark.parametrize("permission", list(CallPermission))
@pytest.mark.parametrize("member", EVERYBODY, ids=lambda member: member.name)
def test_who_may_do_what_in_a_call(permission: CallPermission, member: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(member), Here()) is (member in MAY[permission])


def test_nobody_applies_with_an_account_they_do_not_have() -> None:
    assert not is_allowed(GRANTS, CallPermission.APPLY, NOBODY, Here())
