"""Who convenes, judges and reads: people against the table."""

from dataclasses import dataclass

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.evaluation.permissions import GRANTS, JUDGING, EvaluationPermission
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, MARCO, OLGA, ROSA, SARA, VERA, CastMember

HERE, ELSEWHERE = 1, 2


@dataclass(frozen=True)
class Evaluation:
    scope: Scope = Scope(HERE, 7)
    member_person_ids: frozenset[int] = frozenset({500})


def actor(member: CastMember, person_id: int = 1) -> Actor:
    where = ELSEWHERE if member is OLGA else HERE
    return Actor(person_id, member.name, (HeldRole(str(member.role), where),) if member.role else ())


@pytest.mark.parametrize("permission", [EvaluationPermission.MANAGE, EvaluationPermission.PUBLISH])
@pytest.mark.parametrize(
    ("member", "may"), [(SARA, True), (GLORIA, False), (FELIX, False), (ANA, False), (MARCO, False), (DARIO, False), (VERA, False),
                        (OLGA, False), (ROSA, False)],
)  # fmt: skip
def test_only_the_secretariat_of_the_space_convenes(member: CastMember, may: bool, permission: EvaluationPermission) -> None:
    assert is_allowed(GRANTS, permission, actor(member), Evaluation()) is may


@pytest.mark.parametrize("member", [SARA, GLORIA, FELIX, ANA, DARIO, ROSA, VERA])
def test_only_members_judge_whatever_role_they_hold(member: CastMember) -> None:
    assert not is_allowed(GRANTS, EvaluationPermission.SCORE, actor(member), Evaluation())
    assert is_allowed(GRANTS, EvaluationPermission.SCORE, actor(member, 500), Evaluation())


@pytest.mark.parametrize(
    ("member", "may"), [(SARA, True), (GLORIA, True), (FELIX, True), (VERA, True), (ANA, False), (INES, False), (DARIO, False),
                        (MARCO, False), (OLGA, False)],
)  # fmt: skip
def test_who_follows_the_committee(member: CastMember, may: bool) -> None:
    assert is_allowed(GRANTS, EvaluationPermission.READ, actor(member), Evaluation()) is may


def test_a_member_follows_the_committee_they_sit_in() -> None:
    assert is_allowed(GRANTS, EvaluationPermission.READ, actor(ANA, 500), Evaluation())


def test_nobody_who_has_not_signed_in_judges() -> None:
    assert not is_allowed(GRANTS, EvaluationPermission.SCORE, NOBODY, Evaluation())


def test_who_administers_moderates_or_reviews_does_not_sit_in_a_committee() -> None:
    assert {Role.ADMINISTRATOR, Role.MODERATOR, Role.REVIEWER}.isdisjoint(JUDGING)
