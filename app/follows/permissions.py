"""Who keeps what they follow under their account: anybody who has one, and only their own."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants


class FollowPermission(StrEnum):
    KEEP_OWN = "follow:keep-own"


def has_account(actor: Actor, subject: Any) -> bool:
    """Signed in; the subject is not looked at: what is kept is found by the person."""
    return actor.is_signed_in


GRANTS: Grants = {FollowPermission.KEEP_OWN: [(has_account,)]}
