"""Person by permission: who brings contributions in for others."""

import pytest

from app.contributions.permissions import GRANTS, ContributionPermission
from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from tests.cast import ANA, DARIO, EVERYBODY, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = Scope(1, 10), Scope(2, 20)
CAPTURERS = {INES, SARA}


class Subject:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE.space_id if member is OLGA else HERE.space_id
    return Actor(1, member.name, (HeldRole(str(member.role), space),) if member.role else ())


@pytest.mark.parametrize("permission", [ContributionPermission.CAPTURE, ContributionPermission.IMPORT, ContributionPermission.ASSIST])
@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_only_facilitators_and_the_secretariat_bring_in(member: CastMember, permission: ContributionPermission) -> None:
    assert is_allowed(GRANTS, permission, actor(member), Subject(HERE)) is (member in CAPTURERS)


@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_who_facilitates_moderates_or_keeps_the_secretariat_hears_audios_and_summarises(member: CastMember) -> None:
    for permission in (ContributionPermission.HEAR, ContributionPermission.SUMMARISE):
        assert is_allowed(GRANTS, permission, actor(member), Subject(HERE)) is (member in {INES, MARCO, SARA})


def test_a_municipal_team_brings_in_and_strangers_do_not() -> None:
    team = Actor(1, "Equipo", (HeldRole("MUN", HERE.space_id),))
    for permission in (ContributionPermission.CAPTURE, ContributionPermission.IMPORT, ContributionPermission.HEAR):
        assert is_allowed(GRANTS, permission, team, Subject(HERE))
        assert not is_allowed(GRANTS, permission, team, Subject(ELSEWHERE))
        assert not is_allowed(GRANTS, permission, NOBODY, Subject(HERE))


def test_every_other_role_of_the_cast_is_in_the_table() -> None:
    assert {ANA, LUIS, MARCO, GLORIA, FELIX, VERA, DARIO, ROSA} & CAPTURERS == set()
