"""Changing the deliberation: comments, official answers, supports, amendments, suspensions."""

from app.deliberation.services.amendments import decide_amendment, promote_amendment, propose_wording
from app.deliberation.services.comments import (
    Received,
    answer,
    comment,
    forget_addresses,
    hide_comment,
    make_comment_public,
    problems_of_comment,
    rename_in_comments,
    withhold_in_comment,
)
from app.deliberation.services.supports import support, withdraw_support
from app.deliberation.services.suspensions import forget_suspended_addresses, lift, suspend

__all__ = [
    "Received", "answer", "comment", "decide_amendment", "forget_addresses", "forget_suspended_addresses", "hide_comment", "lift",
    "make_comment_public", "problems_of_comment", "promote_amendment", "propose_wording", "rename_in_comments", "support", "suspend",
    "withdraw_support", "withhold_in_comment",
]  # fmt: skip
