"""What a signed-in person may do with their own account."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants


class AccountPermission(StrEnum):
    READ_OWN = "account:read-own"
    CHANGE_OWN = "account:change-own"
    CHANGE_PASSWORD = "account:change-password"  # noqa: S105 - a permission, not a secret


def is_signed_in(actor: Actor, subject: Any) -> bool:
    return actor.is_signed_in


GRANTS: Grants = {permission: [(is_signed_in,)] for permission in AccountPermission}
