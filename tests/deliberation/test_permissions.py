"""Officials answer; anyone with an account comments; moderators and reviewers do neither for an entity."""

import pytest

from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.deliberation.permissions import GRANTS, DeliberationPermission
from tests.cast import ANA, EVERYBODY, GLORIA, LUIS, OLGA, SARA, CastMember


class Subject:
    scope = Scope(1, 10)


@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_officials_of_the_space_answer_and_nobody_else(member: CastMember) -> None:
    held = (HeldRole(str(member.role), 2 if member is OLGA else 1),) if member.role else ()
    may = is_allowed(GRANTS, DeliberationPermission.ANSWER, Actor(1, member.name, held), Subject())
    assert may is (member in (ANA, LUIS, SARA, GLORIA))
