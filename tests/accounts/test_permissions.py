"""Everybody looks after their own account; nobody after another's."""

import pytest

from app.accounts.permissions import GRANTS, AccountPermission
from app.core.permissions import NOBODY, Actor, is_allowed

OWN = (AccountPermission.READ_OWN, AccountPermission.CHANGE_OWN, AccountPermission.CHANGE_PASSWORD)


@pytest.mark.parametrize("permission", OWN)
def test_whoever_signed_in_looks_after_their_own_account(permission: AccountPermission) -> None:
    assert is_allowed(GRANTS, permission, Actor(1, "Rosa"), None)
    assert not is_allowed(GRANTS, permission, NOBODY, None)
