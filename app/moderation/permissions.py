"""Only moderators decide what may be public, and they approve nothing else (domain.md 13).

An appeal is for somebody else: another moderator, or the forum's side outside government when a space has only one. Grouping what
moderation passes on stays with whoever groups.
"""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_forum_civil, is_moderator


class ModerationPermission(StrEnum):
    MODERATE = "moderation:moderate"
    DECIDE_APPEALS = "moderation:decide-appeals"


GRANTS: Grants = {
    ModerationPermission.MODERATE: [(is_moderator,)],
    ModerationPermission.DECIDE_APPEALS: [(is_moderator,), (is_forum_civil,)],
}
