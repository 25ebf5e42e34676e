"""Who assigns, who passes on: people, not roles."""

from dataclasses import dataclass

import pytest

from app.assignments.permissions import GRANTS, AssignmentPermission
from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, ROSA, SARA, STAFF, VERA, CastMember

HERE, ELSEWHERE = 1, 2
OBRAS, AMBIENTE = 10, 11
OFFICES = {"gerencia-obras": OBRAS, "gerencia-ambiente": AMBIENTE}
TABLE = {
    AssignmentPermission.READ: {SARA, ANA, LUIS, GLORIA, FELIX, VERA},
    AssignmentPermission.ASSIGN: {SARA},
    AssignmentPermission.FORWARD: {ANA},
}


@dataclass(frozen=True)
class Held:
    """A contribution of Ana's unit."""

    holder_lineage: tuple[int, ...] = (OBRAS,)
    scope: Scope = Scope(HERE, 5)


def actor(member: CastMember) -> Actor:
    if member.role is None:
        return Actor(1, member.name)
    space = ELSEWHERE if member is OLGA else HERE
    return Actor(1, member.name, (HeldRole(member.role, space, None, OFFICES.get(member.organisation)),))


@pytest.mark.parametrize("permission", list(AssignmentPermission))
@pytest.mark.parametrize("member", [*STAFF, OLGA, ROSA], ids=lambda m: m.name)
def test_only_those_who_may_touch_an_assignment(member: CastMember, permission: AssignmentPermission) -> None:
    assert is_allowed(GRANTS, permission, actor(member), Held()) is (member in TABLE[permission])


def test_luis_may_not_pass_on_what_is_anas_and_nobody_what_nobody_has() -> None:
    assert not is_allowed(GRANTS, AssignmentPermission.FORWARD, actor(LUIS), Held())
    assert is_allowed(GRANTS, AssignmentPermission.FORWARD, actor(LUIS), Held((AMBIENTE,)))
    assert not is_allowed(GRANTS, AssignmentPermission.FORWARD, actor(ANA), Held(()))


def test_who_answers_for_the_whole_may_pass_on_what_a_unit_has() -> None:
    assert is_allowed(GRANTS, AssignmentPermission.FORWARD, actor(ANA), Held((99, OBRAS)))
    assert not is_allowed(GRANTS, AssignmentPermission.FORWARD, Actor(1, "", (HeldRole(Role.ENTITY, HERE, None, 99),)), Held((OBRAS,)))


@pytest.mark.parametrize("member", [DARIO, MARCO, INES])
def test_an_administrator_a_moderator_and_a_facilitator_touch_nothing(member: CastMember) -> None:
    assert not any(is_allowed(GRANTS, permission, actor(member), Held()) for permission in AssignmentPermission)
    assert not any(is_allowed(GRANTS, permission, NOBODY, Held()) for permission in AssignmentPermission)


def test_the_table_knows_every_permission() -> None:
    assert set(TABLE) == set(AssignmentPermission) == set(GRANTS)
