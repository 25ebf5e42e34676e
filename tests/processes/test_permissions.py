"""Who may do what with a process, person by person."""

from dataclasses import dataclass

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.processes.permissions import GRANTS, ProcessPermission, space_ids_where_drafts
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, MARCO, OLGA, ROSA, SARA, VERA, CastMember

P = ProcessPermission
HERE, ELSEWHERE = 1, 2
MUNICIPAL = CastMember("Mario Huanca", "mario@example.pe", Role.MUNICIPAL)
EVERYBODY = (ROSA, INES, MARCO, ANA, SARA, GLORIA, FELIX, VERA, DARIO, MUNICIPAL, OLGA)


@dataclass(frozen=True)
class Subject:
    scope: Scope = Scope(HERE, 7)


def actor(person: CastMember) -> Actor:
    roles = (HeldRole(str(person.role), ELSEWHERE if person is OLGA else HERE),) if person.role else ()
    return Actor(1, person.name, roles)


MAY = {
    P.CREATE: {SARA, MUNICIPAL},
    P.EDIT: {SARA, MUNICIPAL},
    P.ADVANCE: {SARA, MUNICIPAL},
    P.EDIT_SCHEDULE: {SARA, MUNICIPAL},
    P.PUBLISH_SCHEDULE: {SARA, MUNICIPAL},
    P.APPROVE_AS_SECRETARIAT: {SARA},
    P.APPROVE_AS_CIVIL: {FELIX},
    P.READ_DRAFT: {SARA, MUNICIPAL, INES, GLORIA, FELIX, ANA, DARIO, VERA},
    P.LIST: set(EVERYBODY) - {ROSA},
}


@pytest.mark.parametrize("permission", list(P))
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.email)
def test_each_person_may_what_the_table_says(permission: P, person: CastMember) -> None:
    assert is_allowed(GRANTS, permission, actor(person), Subject()) is (person in MAY[permission])


@pytest.mark.parametrize("permission", list(P))
def test_nobody_may_nothing(permission: P) -> None:
    assert not is_allowed(GRANTS, permission, NOBODY, Subject())


def test_a_role_in_one_process_does_not_open_others() -> None:
    only_there = Actor(1, "Sara", (HeldRole("SEC", HERE, 8),))
    assert not is_allowed(GRANTS, P.EDIT_SCHEDULE, only_there, Subject())
    assert space_ids_where_drafts(only_there) == frozenset()
    assert space_ids_where_drafts(actor(SARA)) == {HERE}
