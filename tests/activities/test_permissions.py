"""Who opens, keeps, publishes and reads the record of an activity (domain.md 13)."""

from types import SimpleNamespace

import pytest

from app.activities.permissions import GRANTS, ActivityPermission
from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, EVERYBODY, FELIX, GLORIA, INES, OLGA, SARA, VERA, CastMember

SPACE, OTHER = 1, 2
P = ActivityPermission
MAY = {
    P.READ: {INES, GLORIA, FELIX, SARA, VERA},
    P.RECORD: {INES, SARA},
    P.PUBLISH: {SARA},
    P.READ_REGISTRATIONS: {INES, SARA},
    P.READ_NAMES: {GLORIA, FELIX},
    P.LET_IN: {INES, SARA},
    P.CALL: {INES, SARA},
    P.APPROVE_AS_GOVERNMENT: {GLORIA},
    P.APPROVE_AS_NON_GOVERNMENT: {FELIX},
}


def actor(member: CastMember) -> Actor:
    return Actor(1, member.name, (HeldRole(str(member.role), OTHER if member is OLGA else SPACE),) if member.role else ())


def record(*, is_public: bool) -> SimpleNamespace:
    return SimpleNamespace(scope=Scope(SPACE, 7), published_at="2027" if is_public else None)


@pytest.mark.parametrize("permission", list(P))
@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name.split()[0])
def test_each_person_may_do_exactly_this_before_publication(member: CastMember, permission: P) -> None:
    assert is_allowed(GRANTS, permission, actor(member), record(is_public=False)) is (member in MAY[permission])


def test_what_is_public_is_corrected_by_the_secretariat_alone() -> None:
    assert not is_allowed(GRANTS, P.RECORD, actor(INES), record(is_public=True))
    assert is_allowed(GRANTS, P.RECORD, actor(SARA), record(is_public=True))


def test_a_municipal_team_records_but_does_not_publish() -> None:
    team = Actor(1, "Equipo", (HeldRole(str(Role.MUNICIPAL), SPACE),))
    assert is_allowed(GRANTS, P.RECORD, team, record(is_public=False))
    assert is_allowed(GRANTS, P.READ_REGISTRATIONS, team, record(is_public=False))
    assert not is_allowed(GRANTS, P.PUBLISH, team, record(is_public=False))


def test_nobody_does_anything_without_signing_in() -> None:
    assert not any(is_allowed(GRANTS, permission, NOBODY, record(is_public=False)) for permission in P)
    assert {ANA, DARIO} & set.union(*MAY.values()) == set()
