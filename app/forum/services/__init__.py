"""Changing the forum. One verb, one function; nothing here commits."""

from app.forum.services.meetings import attach, cancel, change, convene, publish_report, record_held, withdraw_file
from app.forum.services.minutes import (
    add_agreement,
    add_question,
    answer_question,
    approve_minutes,
    attach_evidence,
    close_agreement,
    publish_minutes,
    save_minutes,
)
from app.forum.services.motions import cast_vote, close_due, close_motion, open_motion, record_hand_vote, withdraw_motion
from app.forum.services.participation import approve_rules, discard_rules, publish_rules, save_rules, submit_rules
from app.forum.services.seats import ForumDraft, appoint, attach_appointment, end_term, set_up, touch_public

__all__ = [
    "ForumDraft",
    "add_agreement",
    "add_question",
    "answer_question",
    "appoint",
    "approve_minutes",
    "approve_rules",
    "attach",
    "attach_appointment",
    "attach_evidence",
    "cancel",
    "cast_vote",
    "change",
    "close_agreement",
    "close_due",
    "close_motion",
    "convene",
    "discard_rules",
    "end_term",
    "open_motion",
    "publish_minutes",
    "publish_report",
    "publish_rules",
    "record_hand_vote",
    "record_held",
    "save_minutes",
    "save_rules",
    "set_up",
    "submit_rules",
    "touch_public",
    "withdraw_file",
    "withdraw_motion",
]
