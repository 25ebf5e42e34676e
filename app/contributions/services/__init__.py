"""Changing contributions: receiving them by one door, showing and hiding them, correcting a capture."""

from app.contributions.services.assisting import begin_assistance, end_assistance, write_for
from app.contributions.services.authors import claim, forget_author, rename
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
    "Receipt", "address_of", "address_token", "begin_assistance", "capture", "captured_draft", "check_upload", "claim", "correct",
    "day_said", "discard_bytes", "discard_stale_uploads", "discard_upload", "end_assistance", "forget_author", "hide", "import_rows",
    "import_upload", "keep_map", "keep_upload", "make_public", "mark_answered", "mark_many_answered", "mark_replies", "problems_of",
    "problems_with_capture", "receipt_hash", "receipt_token", "receive", "receive_many", "rename", "submit", "text_sha256", "tidy",
    "uploaded_bytes", "withhold", "write_for",
]  # fmt: skip
