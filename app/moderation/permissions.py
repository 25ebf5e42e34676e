"""Only moderators decide what may be public, and they approve nothing else (domain.md 13)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_moderator


class ModerationPermission(StrEnum):
    MODERATE = "moderation:moderate"


GRANTS: Grants = {ModerationPermission.MODERATE: [(is_moderator,)]}
