"""The secretariat and the municipal team write notices in other languages; nobody else does."""

import pytest

from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.notices.permissions import GRANTS, NoticePermission
from app.spaces.rules import Role


class _Process:
    scope = Scope(1, 1)


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_publish_the_schedule_write_its_notices(role: Role) -> None:
    actor = Actor(person_id=1, roles=(HeldRole(role, 1),))
    assert is_allowed(GRANTS, NoticePermission.WRITE_TEXT, actor, _Process()) is (role in (Role.SECRETARIAT, Role.MUNICIPAL))
    assert not is_allowed(GRANTS, NoticePermission.WRITE_TEXT, Actor(person_id=1, roles=(HeldRole(role, 2),)), _Process())
