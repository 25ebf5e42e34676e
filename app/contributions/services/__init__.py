"""Changing contributions: receiving them by one door, showing and hiding them, correcting a capture."""

from app.contributions.services.arriving import forget_addresses, note_arrival
from app.contributions.services.assisting import begin_assistance, end_assistance, write_for
from app.contributions.services.authors import claim, forget_author, rename
from app.contributions.services.capturing import capture, captured_draft, correct, day_said, problems_with_capture
from app.contributions.services.imports import import_rows, receive_many
from app.contributions.services.media import add_file, confirm_voice, expect_voice, object_to_voice, take_back, type_voice
from app.contributions.services.own_acts import change_words, retire, withdraw
from app.contributions.services.private_links import address_of, address_token
from app.contributions.services.receiving import Receipt, problems_of, receipt_hash, receipt_token, receive, submit, tidy
from app.contributions.services.saving import (
    discard_draft,
    discard_drafts_of,
    discard_expired_drafts,
    draft_hash,
    draft_token,
    mail_draft,
    save_draft,
)
from app.contributions.services.summaries import summarise
from app.contributions.services.uploads import (
    check_upload,
    discard_bytes,
    discard_stale_uploads,
    discard_upload,
    import_upload,
    keep_map,
    keep_upload,
    uploaded_bytes,
)
from app.contributions.services.visibility import hide, make_public, mark_answered, mark_many_answered, mark_replies, text_sha256, withhold

__all__ = [
    "Receipt", "add_file", "address_of", "address_token", "begin_assistance", "capture", "captured_draft", "change_words", "check_upload",
    "claim", "confirm_voice", "correct", "day_said", "discard_bytes", "discard_draft", "discard_drafts_of",
    "discard_expired_drafts", "discard_stale_uploads",
    "discard_upload", "draft_hash", "draft_token", "end_assistance", "expect_voice", "forget_addresses", "forget_author", "hide",
    "import_rows", "import_upload", "keep_map", "keep_upload", "mail_draft", "make_public", "mark_answered", "mark_many_answered",
    "mark_replies", "note_arrival", "object_to_voice", "problems_of", "problems_with_capture", "receipt_hash", "receipt_token", "receive",
    "receive_many", "rename", "retire", "save_draft", "submit", "summarise", "take_back", "text_sha256", "tidy", "type_voice",
    "uploaded_bytes", "withdraw", "withhold", "write_for",
]  # fmt: skip
