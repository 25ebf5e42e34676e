"""Everybody changes their own password; nobody changes another's."""

from app.accounts.permissions import GRANTS, AccountPermission
from app.core.permissions import NOBODY, Actor, is_allowed


def test_whoever_signed_in_changes_their_own_password() -> None:
    assert is_allowed(GRANTS, AccountPermission.CHANGE_PASSWORD, Actor(1, "Rosa"), None)
    assert not is_allowed(GRANTS, AccountPermission.CHANGE_PASSWORD, NOBODY, None)
