"""Anybody signed in registers one; its own people act for it; the secretariat and the municipal team of the space verify it."""

from types import SimpleNamespace

import pytest

from app.core.permissions import NOBODY, Actor, HeldRole, Scope, is_allowed
from app.directory.permissions import GRANTS, DirectoryPermission
from app.spaces.rules import Role

HERE, ELSEWHERE = SimpleNamespace(scope=Scope(1)), SimpleNamespace(scope=Scope(2))


def test_whoever_signed_in_registers_an_organisation():
    assert is_allowed(GRANTS, DirectoryPermission.REGISTER, Actor(1, "Rosa"), None)
    assert not is_allowed(GRANTS, DirectoryPermission.REGISTER, NOBODY, None)


def test_only_its_own_people_act_for_an_organisation():
    own = SimpleNamespace(people=frozenset({1}))
    assert is_allowed(GRANTS, DirectoryPermission.REPRESENT, Actor(1, "Rosa"), own)
    for stranger in (Actor(2, "Mateo"), NOBODY, Actor(3, "Sara", (HeldRole("SEC", 1),))):
        assert not is_allowed(GRANTS, DirectoryPermission.REPRESENT, stranger, own)


@pytest.mark.parametrize("role", list(Role))
def test_who_verifies_organisations(role):
    actor = Actor(1, "Alguien", (HeldRole(str(role), 1),))
    may = role in (Role.SECRETARIAT, Role.MUNICIPAL)
    assert is_allowed(GRANTS, DirectoryPermission.VERIFY, actor, HERE) is may
    assert not is_allowed(GRANTS, DirectoryPermission.VERIFY, actor, ELSEWHERE)
