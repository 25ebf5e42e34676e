"""Writing, returning, signing and publishing answers; signing the plan they lead to."""

from app.feedback.services.approval import sign_plan
from app.feedback.services.batches import publish_batch
from app.feedback.services.drafts import Written, add_note, draft, send_back, submit, write
from app.feedback.services.imports import chosen_map, import_answers, keep_file, needs_columns, read_kept
from app.feedback.services.signatures import sign, sign_many
from app.feedback.services.submitting import Submitted, submit_many

__all__ = [
    "Submitted",
    "Written",
    "add_note",
    "chosen_map",
    "draft",
    "import_answers",
    "keep_file",
    "needs_columns",
    "publish_batch",
    "read_kept",
    "send_back",
    "sign",
    "sign_many",
    "sign_plan",
    "submit",
    "submit_many",
    "write",
]
