"""A desk and a password of one's own: for anyone who signed in, and for nobody else."""

import pytest

from app.accounts.permissions import GRANTS as ACCOUNT_GRANTS
from app.accounts.permissions import AccountPermission
from app.core.permissions import NOBODY, Actor, is_allowed
from app.desk.permissions import GRANTS, DeskPermission

ROSA_SIGNED_IN = Actor(1, "Rosa Quispe Huamán")


@pytest.mark.parametrize(("person", "may"), [(ROSA_SIGNED_IN, True), (NOBODY, False)])
def test_only_who_signed_in_has_a_desk_and_a_password(person, may):
    assert is_allowed(GRANTS, DeskPermission.ENTER, person, None) is may
    assert is_allowed(ACCOUNT_GRANTS, AccountPermission.CHANGE_PASSWORD, person, None) is may
