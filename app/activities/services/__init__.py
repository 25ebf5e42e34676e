"""Keeping the record of an activity, its minutes, who registers and who comes in, and recording outreach."""

from app.activities.services.calling import note_call
from app.activities.services.door import check_in, count_from_door, undo_check_in, walk_in
from app.activities.services.letters import code_of, private_token
from app.activities.services.minutes import add_agreement, approve_minutes, drop_agreement, publish_minutes, save_minutes
from app.activities.services.outreach import attach_to_outreach, record_outreach, withdraw_outreach
from app.activities.services.records import (
    attach,
    cancel,
    open_record,
    publish_record,
    record_held,
    set_attendance,
    withdraw_file,
)
from app.activities.services.registrations import Registered, cancel_registration, fill_places, new_code, read_names, register, remind

__all__ = [
    "Registered",
    "add_agreement",
    "approve_minutes",
    "attach",
    "attach_to_outreach",
    "cancel",
    "cancel_registration",
    "check_in",
    "code_of",
    "count_from_door",
    "drop_agreement",
    "fill_places",
    "new_code",
    "note_call",
    "open_record",
    "private_token",
    "publish_minutes",
    "publish_record",
    "read_names",
    "record_held",
    "record_outreach",
    "register",
    "remind",
    "save_minutes",
    "set_attendance",
    "undo_check_in",
    "walk_in",
    "withdraw_file",
    "withdraw_outreach",
]
