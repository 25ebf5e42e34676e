"""Writing, returning, signing and publishing answers; signing the plan they lead to."""

from app.feedback.services.agreement import dissent, object_to, record_votes, withdraw_dissent, withdraw_objection
from app.feedback.services.answering import refuse_if_elsewhere
from app.feedback.services.approval import sign_plan
from app.feedback.services.batches import publish_batch
from app.feedback.services.bulk import digest, draft_many
from app.feedback.services.drafts import Written, add_note, draft, send_back, submit, write
from app.feedback.services.groups import (
    add_to_group,
    dissolve_group,
    make_group,
    remove_from_group,
    retitle_group,
    review_group,
    say_different,
)
from app.feedback.services.imports import chosen_map, import_answers, keep_file, needs_columns, needs_words, read_kept
from app.feedback.services.priorities import vote_for_new
from app.feedback.services.reminders import remind
from app.feedback.services.scheduling import acknowledge_held, cancel_scheduled, publish_due, schedule_batch
from app.feedback.services.signatures import sign, sign_many
from app.feedback.services.submitting import Submitted, submit_many
from app.feedback.services.templates import add_template, edit_template, restore_template, retire_template

__all__ = [
    "remind",
    "acknowledge_held",
    "cancel_scheduled",
    "dissent",
    "object_to",
    "publish_due",
    "record_votes",
    "vote_for_new",
    "schedule_batch",
    "withdraw_dissent",
    "withdraw_objection",
    "retire_template",
    "restore_template",
    "edit_template",
    "add_template",
    "draft_many",
    "digest",
    "refuse_if_elsewhere",
    "Submitted",
    "Written",
    "add_note",
    "chosen_map",
    "add_to_group",
    "dissolve_group",
    "draft",
    "import_answers",
    "keep_file",
    "make_group",
    "needs_columns",
    "needs_words",
    "publish_batch",
    "read_kept",
    "remove_from_group",
    "retitle_group",
    "review_group",
    "say_different",
    "send_back",
    "sign",
    "sign_many",
    "sign_plan",
    "submit",
    "submit_many",
    "write",
]
