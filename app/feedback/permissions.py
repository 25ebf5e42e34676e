"""Who drafts, comments, signs and publishes answers (domain.md 13). An administrator is nowhere here."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_entity, is_facilitator, is_forum_civil, is_forum_government, is_municipal, is_reviewer, is_secretariat


class FeedbackPermission(StrEnum):
    READ_DRAFT = "feedback:read-draft"
    DRAFT = "feedback:draft"
    COMMENT = "feedback:comment"
    KEEP_TEMPLATES = "feedback:keep-templates"
    SIGN = "feedback:sign"
    SIGN_FOR_GOVERNMENT = "feedback:sign-for-government"
    SIGN_FOR_NON_GOVERNMENT = "feedback:sign-for-non-government"
    SEND_BACK = "feedback:send-back"
    READ_APPROVED = "feedback:read-approved"
    PUBLISH = "feedback:publish"
    OBJECT = "feedback:object"
    DISSENT = "feedback:dissent"
    RECORD_VOTES = "feedback:record-votes"


GRANTS: Grants = {
    FeedbackPermission.READ_DRAFT: [(is_secretariat,), (is_entity,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    FeedbackPermission.DRAFT: [(is_secretariat,), (is_entity,), (is_municipal,)],
    FeedbackPermission.COMMENT: [(is_secretariat,), (is_entity,), (is_municipal,), (is_forum_government,), (is_forum_civil,)],
    FeedbackPermission.KEEP_TEMPLATES: [(is_secretariat,), (is_municipal,)],
    FeedbackPermission.SIGN: [(is_forum_government,), (is_forum_civil,)],
    FeedbackPermission.SIGN_FOR_GOVERNMENT: [(is_forum_government,)],
    FeedbackPermission.SIGN_FOR_NON_GOVERNMENT: [(is_forum_civil,)],
    FeedbackPermission.SEND_BACK: [(is_forum_government,), (is_forum_civil,), (is_secretariat,), (is_municipal,)],
    FeedbackPermission.READ_APPROVED: [
        (is_secretariat,), (is_municipal,), (is_entity,), (is_forum_government,), (is_forum_civil,), (is_reviewer,),
    ],
    FeedbackPermission.PUBLISH: [(is_secretariat,), (is_municipal,)],
    FeedbackPermission.OBJECT: [(is_forum_government,), (is_forum_civil,)],
    FeedbackPermission.DISSENT: [(is_forum_government,), (is_forum_civil,)],
    FeedbackPermission.RECORD_VOTES: [(is_facilitator,), (is_secretariat,), (is_municipal,)],
}  # fmt: skip
