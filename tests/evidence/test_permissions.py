"""Who may download a restricted file."""

from types import SimpleNamespace

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.evidence.permissions import GRANTS, EvidencePermission
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = Scope(1, 7), 2


def actor(member: CastMember) -> Actor:
    space_id = ELSEWHERE if member is OLGA else HERE.space_id
    return Actor(1, member.name, (HeldRole(str(member.role), space_id),) if member.role else ())


@pytest.mark.parametrize(
    ("member", "may"),
    [(INES, True), (SARA, True), (GLORIA, True), (FELIX, True), (ANA, False), (LUIS, False), (MARCO, False), (VERA, False), (DARIO, False),
     (OLGA, False), (ROSA, False)],
)  # fmt: skip
def test_only_who_keeps_records_in_its_scope_reads_a_restricted_file(member: CastMember, may: bool) -> None:
    assert is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, actor(member), SimpleNamespace(scope=HERE)) is may


def test_nobody_reads_a_restricted_file_without_signing_in() -> None:
    assert not is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, NOBODY, SimpleNamespace(scope=HERE))


def test_a_file_without_a_scope_is_read_by_nobody() -> None:
    assert not is_allowed(GRANTS, EvidencePermission.READ_RESTRICTED, actor(SARA), SimpleNamespace(scope=Scope(0)))
