"""One's own data: read, corrected and erased by whom they are about, and by nobody else (domain.md 13, "personal data")."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants


class PrivacyPermission(StrEnum):
    READ_OWN = "privacy:read-own"
    CHANGE_OWN = "privacy:change-own"


def is_signed_in(actor: Actor, subject: Any) -> bool:
    return actor.is_signed_in


GRANTS: Grants = {permission: [(is_signed_in,)] for permission in PrivacyPermission}
