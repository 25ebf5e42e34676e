"""Who drafts the act, signs it, disagrees and reports: people of the cast, Mateo being an accredited agent of the round (domain.md 13)."""

import pytest

from app.agreements.permissions import GRANTS, AgreementPermission
from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from tests.cast import ANA, CARMEN, EVERYBODY, FELIX, GLORIA, LUIS, MATEO, MILA, OLGA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2
AGENT = 70
UNITS = {"gerencia-obras": 5, "gerencia-ambiente": 6}
PEOPLE = (*EVERYBODY, MILA, CARMEN)


class Here:
    """A line of the act, whose unit is the one of works, in a round that Mateo is an agent of."""

    scope = Scope(HERE)
    unit_ids = frozenset({5})
    agent_person_ids = frozenset({AGENT})


def actor(member: CastMember) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE
    held = (HeldRole(str(member.role), space, organisation_id=UNITS.get(member.organisation)),) if member.role else ()
    return Actor(AGENT if member is MATEO else 1, member.name, held)


MAY = {
    AgreementPermission.DRAFT: {MILA},
    AgreementPermission.READ: {MILA, SARA, CARMEN, VERA, GLORIA, FELIX, MATEO},
    AgreementPermission.SIGN: {MILA, MATEO},
    AgreementPermission.DISSENT: {GLORIA, FELIX, CARMEN, MATEO},
    AgreementPermission.FOLLOW: {MILA, ANA, LUIS, SARA, CARMEN, VERA},
    AgreementPermission.REPORT: {MILA, ANA},  # and not Luis, who answers for another unit
    AgreementPermission.IMPORT: {MILA},
}


@pytest.mark.parametrize("permission", list(AgreementPermission))
def test_who_may_do_what_with_the_act(permission: AgreementPermission) -> None:
    assert {member for member in PEOPLE if is_allowed(GRANTS, permission, actor(member), Here())} == MAY[permission]
    assert not is_allowed(GRANTS, permission, NOBODY, Here())


def test_the_municipal_team_and_the_committee_of_another_place_do_nothing_here() -> None:
    for member in (MILA, CARMEN):
        outsider = Actor(1, member.name, (HeldRole(str(member.role), ELSEWHERE),))
        assert not any(is_allowed(GRANTS, permission, outsider, Here()) for permission in AgreementPermission)
