"""Anyone who signed in has a desk."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants


class DeskPermission(StrEnum):
    ENTER = "desk:enter"


def is_signed_in(actor: Actor, subject: Any) -> bool:
    return actor.is_signed_in


GRANTS: Grants = {DeskPermission.ENTER: [(is_signed_in,)]}
