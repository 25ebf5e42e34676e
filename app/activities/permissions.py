"""Who opens, keeps, approves, publishes and reads the record of an activity, who sees names and lets people in, and who records
outreach (domain.md 13)."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_facilitator, is_forum_civil, is_forum_government, is_municipal, is_reviewer, is_secretariat


class ActivityPermission(StrEnum):
    READ = "activity:read"
    RECORD = "activity:record"
    PUBLISH = "activity:publish"
    READ_REGISTRATIONS = "activity:read-registrations"
    READ_NAMES = "activity:read-names"
    LET_IN = "activity:let-in"
    CALL = "activity:call"
    APPROVE_AS_GOVERNMENT = "activity:approve-as-government"
    APPROVE_AS_NON_GOVERNMENT = "activity:approve-as-non-government"


class OutreachPermission(StrEnum):
    READ = "outreach:read"
    RECORD = "outreach:record"
    WITHDRAW = "outreach:withdraw"


def is_not_public_yet(actor: Actor, subject: Any) -> bool:
    """The record was not published: what people already read is corrected by the secretariat alone."""
    return getattr(subject, "published_at", None) is None


GRANTS: Grants = {
    ActivityPermission.READ: [
        (is_facilitator,), (is_forum_government,), (is_forum_civil,), (is_secretariat,), (is_municipal,), (is_reviewer,),
    ],
    ActivityPermission.RECORD: [(is_facilitator, is_not_public_yet), (is_municipal, is_not_public_yet), (is_secretariat,)],
    ActivityPermission.PUBLISH: [(is_secretariat,)],
    ActivityPermission.READ_REGISTRATIONS: [(is_facilitator,), (is_municipal,), (is_secretariat,)],
    ActivityPermission.READ_NAMES: [(is_forum_government,), (is_forum_civil,)],
    ActivityPermission.LET_IN: [(is_facilitator,), (is_municipal,), (is_secretariat,)],
    ActivityPermission.CALL: [(is_facilitator,), (is_municipal,), (is_secretariat,)],
    ActivityPermission.APPROVE_AS_GOVERNMENT: [(is_forum_government,)],
    ActivityPermission.APPROVE_AS_NON_GOVERNMENT: [(is_forum_civil,)],
    OutreachPermission.READ: [
        (is_facilitator,), (is_forum_government,), (is_forum_civil,), (is_secretariat,), (is_municipal,), (is_reviewer,),
    ],
    OutreachPermission.RECORD: [(is_facilitator,), (is_municipal,), (is_secretariat,)],
    OutreachPermission.WITHDRAW: [(is_municipal,), (is_secretariat,)],
}  # fmt: skip
