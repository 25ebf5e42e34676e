"""Who attests, contradicts, chooses and quotes the IRM (domain.md 13, row "attestation")."""

from dataclasses import dataclass

import pytest

from app.activities.permissions import GRANTS as ACTIVITY_GRANTS
from app.activities.permissions import OutreachPermission
from app.compliance.permissions import GRANTS, AttestationPermission, CompliancePermission, side_of, signs_for_workshops_only
from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.forum.rules.seats import Side
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = Scope(1, 7), 2
PEOPLE = (ROSA, INES, MARCO, ANA, LUIS, SARA, GLORIA, FELIX, VERA, DARIO, OLGA)
SIGNERS = {ANA, LUIS, SARA, GLORIA, FELIX}


def actor(member: CastMember, person_id: int = 5) -> Actor:
    space = ELSEWHERE if member is OLGA else HERE.space_id
    return Actor(person_id, member.name, (HeldRole(member.role, space),) if member.role else ())


@dataclass(frozen=True)
class Written:
    side: Side
    signer_id: int = 5


@dataclass(frozen=True)
class Row:
    attestation: Written
    scope: Scope = HERE


@pytest.mark.parametrize(("permission", "may"), [
    (CompliancePermission.READ, SIGNERS | {INES, VERA, DARIO}),
    (CompliancePermission.CHOOSE, {SARA}),
    (CompliancePermission.RECORD_IRM, {SARA}),
    (AttestationPermission.SIGN, SIGNERS | {INES}),
    (AttestationPermission.CO_SIGN, SIGNERS),
])  # fmt: skip
def test_each_person_may_what_the_matrix_says(permission, may):
    row = Row(Written(Side.GOVERNMENT))
    assert {member for member in PEOPLE if is_allowed(GRANTS, permission, actor(member), row)} == may
    assert not is_allowed(GRANTS, permission, NOBODY, row)


def test_only_the_forum_of_the_other_sector_contradicts():
    def may(side):
        return {m for m in PEOPLE if is_allowed(GRANTS, AttestationPermission.CONTRADICT, actor(m), Row(Written(side)))}

    assert may(Side.GOVERNMENT) == {FELIX}
    assert may(Side.NON_GOVERNMENT) == {GLORIA}


def test_only_who_signed_withdraws():
    row = Row(Written(Side.GOVERNMENT, signer_id=9))
    assert {m for m in PEOPLE if is_allowed(GRANTS, AttestationPermission.WITHDRAW, actor(m, 9), row)} == SIGNERS | {INES}
    assert {m for m in PEOPLE if is_allowed(GRANTS, AttestationPermission.WITHDRAW, actor(m, 8), row)} == set()


def test_each_person_signs_for_their_side():
    assert side_of(actor(FELIX), Row(Written(Side.GOVERNMENT))) is Side.NON_GOVERNMENT
    assert side_of(actor(SARA), Row(Written(Side.GOVERNMENT))) is Side.GOVERNMENT
    both = Actor(5, "", (HeldRole(Role.FORUM_CIVIL, 1), HeldRole(Role.SECRETARIAT, 1)))
    assert side_of(both, Row(Written(Side.GOVERNMENT))) is Side.GOVERNMENT


def test_a_facilitator_signs_for_workshops_only():
    assert signs_for_workshops_only(actor(INES), Row(Written(Side.GOVERNMENT)))
    assert not signs_for_workshops_only(actor(SARA), Row(Written(Side.GOVERNMENT)))


@pytest.mark.parametrize(("permission", "may"), [
    (OutreachPermission.READ, {INES, SARA, GLORIA, FELIX, VERA}),
    (OutreachPermission.RECORD, {INES, SARA}),
    (OutreachPermission.WITHDRAW, {SARA}),
])  # fmt: skip
def test_outreach_is_recorded_by_those_who_convene(permission, may):
    row = Row(Written(Side.GOVERNMENT))
    assert {member for member in PEOPLE if is_allowed(ACTIVITY_GRANTS, permission, actor(member), row)} == may
