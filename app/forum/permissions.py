"""Who keeps the forum's record, who approves it and who votes (domain.md 13, row "forum meeting/minutes"; forum seats appointed by SEC)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.forum.rules.seats import Side
from app.spaces.permissions import is_forum_civil, is_forum_government, is_municipal, is_reviewer, is_secretariat


class ForumPermission(StrEnum):
    READ = "forum:read"
    KEEP = "forum:keep"
    APPROVE_AS_GOVERNMENT = "forum:approve-as-government"
    APPROVE_AS_NON_GOVERNMENT = "forum:approve-as-non-government"
    OPEN_MOTION = "forum:open-motion"
    VOTE = "forum:vote"


APPROVES = {Side.GOVERNMENT: ForumPermission.APPROVE_AS_GOVERNMENT, Side.NON_GOVERNMENT: ForumPermission.APPROVE_AS_NON_GOVERNMENT}

GRANTS: Grants = {
    ForumPermission.READ: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_reviewer,)],
    ForumPermission.KEEP: [(is_secretariat,), (is_municipal,)],
    ForumPermission.APPROVE_AS_GOVERNMENT: [(is_forum_government,)],
    ForumPermission.APPROVE_AS_NON_GOVERNMENT: [(is_forum_civil,)],
    # any seat may put a question to the vote, as the secretariat may: the same voice (IRM24)
    ForumPermission.OPEN_MOTION: [(is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    ForumPermission.VOTE: [(is_forum_government,), (is_forum_civil,)],
}
