"""Who runs a vote, who signs it, who attends people: people of the cast, one table."""

import pytest

from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.voting.permissions import GRANTS, VotePermission
from tests.cast import EVERYBODY, FELIX, INES, MILA, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2


class Here:
    scope = Scope(HERE)


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


MAY = {
    VotePermission.READ: {MILA, SARA, FELIX, VERA, INES},
    VotePermission.RUN: {MILA},
    VotePermission.SIGN_AS_MUNICIPALITY: {MILA},
    VotePermission.SIGN_AS_CIVIL: {FELIX},
    VotePermission.PRINT_CODES: {MILA, SARA, FELIX},
    VotePermission.ATTEND: {MILA, INES},
}


@pytest.mark.parametrize("permission", list(VotePermission))
@pytest.mark.parametrize("member", [*EVERYBODY, MILA], ids=lambda member: member.name)
def test_who_may_do_what_in_a_vote(permission: VotePermission, member: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(member), Here()) is (member in MAY[permission])
