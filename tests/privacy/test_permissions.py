"""One's own data belong to whoever is signed in; strangers have none here."""

import pytest

from app.core.permissions import NOBODY, Actor, is_allowed
from app.privacy.permissions import GRANTS, PrivacyPermission


@pytest.mark.parametrize("permission", [PrivacyPermission.READ_OWN, PrivacyPermission.CHANGE_OWN])
def test_whoever_signed_in_has_their_own_data(permission: PrivacyPermission) -> None:
    assert is_allowed(GRANTS, permission, Actor(1, "Rosa"), None)
    assert not is_allowed(GRANTS, permission, NOBODY, None)
