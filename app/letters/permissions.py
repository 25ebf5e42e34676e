"""Who prints and hands over letters, and who records, answers and hides replies (domain.md 13, "reply to response").

Letters carry names, so only those who already know them (who captures, who keeps the mail) open them. A reviewer reads replies,
not letters. Letting a reply be read is for moderation and the secretariat; keeping it from the public, for moderation alone, since
the secretariat may be whom it complains about.
"""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import (
    is_entity,
    is_facilitator,
    is_forum_civil,
    is_forum_government,
    is_moderator,
    is_municipal,
    is_reviewer,
    is_secretariat,
    is_vigilance,
)


class LetterPermission(StrEnum):
    DELIVER = "letter:deliver"


class ReplyPermission(StrEnum):
    READ = "reply:read"
    RECORD = "reply:record"
    SETTLE = "reply:settle"
    LINK = "reply:link"
    PUBLISH = "reply:publish"
    HIDE = "reply:hide"


GRANTS: Grants = {
    LetterPermission.DELIVER: [(is_secretariat,), (is_municipal,), (is_facilitator,)],
    ReplyPermission.READ: [
        (is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_entity,), (is_moderator,), (is_facilitator,),
        (is_vigilance,), (is_reviewer,),
    ],
    ReplyPermission.RECORD: [(is_secretariat,), (is_facilitator,), (is_municipal,)],
    ReplyPermission.SETTLE: [(is_secretariat,), (is_forum_government,), (is_forum_civil,), (is_municipal,), (is_entity,)],
    ReplyPermission.LINK: [(is_secretariat,), (is_forum_government,), (is_forum_civil,), (is_municipal,)],
    ReplyPermission.PUBLISH: [(is_moderator,), (is_secretariat,), (is_municipal,)],
    ReplyPermission.HIDE: [(is_moderator,)],
}  # fmt: skip
