"""Reading the public register and what proves it."""

from app.audit.queries.anchors import (
    PendingAnchor,
    anchor_of,
    anchored_tokens,
    is_resting,
    mail_anchors_waiting,
    newest_anchor,
    newest_without_mail,
    unanchored,
)
from app.audit.queries.checkpoints import (
    CheckpointRow,
    checkpoint_of_size,
    checkpoints,
    largest,
    newest_checkpoint,
    newest_checkpoints,
    newest_key,
    unsigned,
    vkeys,
)
from app.audit.queries.entries import actions, all_entries, entries, entries_from, head, newest, verdict
from app.audit.queries.standing import first_against, first_unproved, last_check, standing

__all__ = [
    "CheckpointRow", "PendingAnchor", "actions", "all_entries", "anchor_of", "anchored_tokens", "checkpoint_of_size", "checkpoints",
    "entries", "entries_from", "first_against", "first_unproved", "head", "is_resting", "largest", "last_check", "mail_anchors_waiting",
    "newest", "newest_anchor", "newest_checkpoint", "newest_checkpoints", "newest_key", "newest_without_mail", "standing", "unanchored",
    "unsigned", "verdict", "vkeys",
]  # fmt: skip
