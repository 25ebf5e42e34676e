"""Changing contributions: receiving them by one door, showing and hiding them, correcting a capture."""

from app.contributions.services.arriving import forget_addresses, note_arrival
from app.contributions.services.capturing import capture, captured_draft, correct, day_said, problems_with_capture
from app.contributions.services.imports import import_rows, receive_many
from app.contributions.services.private_links import address_of, address_token
from app.contributions.services.receiving import Receipt, problems_of, receipt_hash, receipt_token, receive, submit, tidy
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
    "Receipt", "address_of", "address_token", "capture", "captured_draft", "check_upload", "correct", "day_said", "discard_bytes",
    "discard_stale_uploads", "discard_upload", "forget_addresses", "hide", "import_rows", "import_upload", "keep_map", "keep_upload",
    "make_public", "mark_answered", "mark_many_answered", "mark_replies", "note_arrival", "problems_of", "problems_with_capture",
    "receipt_hash", "receipt_token", "receive", "receive_many", "submit", "text_sha256", "tidy", "uploaded_bytes", "withhold",
]  # fmt: skip
