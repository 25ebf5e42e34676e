"""Who puts contributions together and who reviews it (domain.md 13: the secretariat classifies; the rest of the team reads)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_entity, is_forum_civil, is_forum_government, is_municipal, is_secretariat


class GroupPermission(StrEnum):
    READ = "groups:read"
    GROUP = "groups:group"
    REVIEW = "groups:review"


GRANTS: Grants = {
    GroupPermission.READ: [(is_secretariat,), (is_entity,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    GroupPermission.GROUP: [(is_secretariat,), (is_municipal,)],
    GroupPermission.REVIEW: [(is_secretariat,), (is_municipal,), (is_entity,), (is_forum_government,), (is_forum_civil,)],
}
