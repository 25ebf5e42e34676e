"""Who may download a restricted file."""

from types import SimpleNamespace

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.evidence.permissions import GRANTS, EvidencePermission
from app.vigilance.queries.findings import APPROVAL_SUBJECT, FINDING_SUBJECT
from tests.cast import ANA, CARMEN, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, MILA, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = Scope(1, 7), 2


def actor(member: CastMember) -> Actor:
    space_id = ELSEWHERE if member is OLGA else HERE.space_id
    return Actor(1, member.name, (HeldRole(str(member.role), space_id),) if member.role else ())


def a_file(scope: Scope = HERE, kind: str = "activity") -> SimpleNamespace:
    return SimpleNamespace(scope=scope, subject_kind=kind)


@pytest.mark.parametrize(
    ("member", "may"),
    [(INES, True), (SARA, True), (GLORIA, True), (FELIX, True), (ANA, False), (LUIS, False), (MARCO, False), (VERA, False), (DARIO, False),
     (OLGA, False), (ROSA, False)],
)  # fmt: skip
def test_only_who_keeps_records_in_its_scope_reads_a_restricted_file(member: CastMember, may: bool) -> None:
    assert is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, actor(member), a_file()) is may


def test_nobody_reads_a_restricted_file_without_signing_in() -> None:
    assert not is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, NOBODY, a_file())


def test_a_file_without_a_scope_is_read_by_nobody() -> None:
    assert not is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, actor(SARA), a_file(Scope(0)))


@pytest.mark.parametrize("kind", [FINDING_SUBJECT, APPROVAL_SUBJECT])
def test_the_proof_of_a_finding_is_the_committees_alone_until_it_is_public(kind: str) -> None:
    may = {
        member
        for member in (CARMEN, MILA, SARA, GLORIA, FELIX, ROSA)
        if is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, actor(member), a_file(kind=kind))
    }
    assert may == {CARMEN}
