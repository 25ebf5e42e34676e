"""Person by permission: who prints paper forms and keys them in."""

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.paper.permissions import GRANTS, PaperPermission
from tests.cast import EVERYBODY, INES, OLGA, SARA, CastMember


class Subject:
    scope = Scope(1, 10)


@pytest.mark.parametrize("permission", [PaperPermission.PRINT, PaperPermission.KEY])
@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_only_facilitators_and_the_secretariat_handle_paper(member: CastMember, permission: PaperPermission) -> None:
    held = (HeldRole(str(member.role), 2 if member is OLGA else 1),) if member.role else ()
    assert is_allowed(GRANTS, permission, Actor(1, member.name, held), Subject()) is (member in {INES, SARA})
    assert not is_allowed(GRANTS, permission, NOBODY, Subject())
