"""Only the moderator of the space decides what may be public; nobody who approves does (domain.md 13)."""

import pytest

from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.moderation.permissions import GRANTS, ModerationPermission
from tests.cast import EVERYBODY, FELIX, MARCO, OLGA, CastMember


class Subject:
    scope = Scope(1, 10)


@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_only_marco_moderates(member: CastMember) -> None:
    held = (HeldRole(str(member.role), 2 if member is OLGA else 1),) if member.role else ()
    assert is_allowed(GRANTS, ModerationPermission.MODERATE, Actor(1, member.name, held), Subject()) is (member is MARCO)


@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_moderators_and_the_side_outside_government_decide_appeals(member: CastMember) -> None:
    held = (HeldRole(str(member.role), 2 if member is OLGA else 1),) if member.role else ()
    may = is_allowed(GRANTS, ModerationPermission.DECIDE_APPEALS, Actor(1, member.name, held), Subject())
    assert may is (member in (MARCO, FELIX))
