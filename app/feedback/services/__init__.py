"""Writing, returning, signing and publishing answers; signing the plan they lead to."""

from app.feedback.services.approval import sign_plan
from app.feedback.services.batches import publish_batch
from app.feedback.services.drafts import Written, add_note, draft, send_back, submit, write
from app.feedback.services.importing import import_answers
from app.feedback.services.signatures import sign, sign_many

__all__ = [
    "Written",
    "add_note",
    "draft",
    "import_answers",
    "publish_batch",
    "send_back",
    "sign",
    "sign_many",
    "sign_plan",
    "submit",
    "write",
]
