"""Keeping the record of an activity, registering who wants to come, and recording outreach."""

from app.activities.services.outreach import attach_to_outreach, record_outreach, withdraw_outreach
from app.activities.services.records import (
    attach,
    cancel,
    open_record,
    publish_record,
    record_held,
    register,
    save_minutes,
    set_attendance,
    withdraw_file,
)

__all__ = [
    "attach",
    "attach_to_outreach",
    "cancel",
    "open_record",
    "publish_record",
    "record_held",
    "record_outreach",
    "register",
    "save_minutes",
    "set_attendance",
    "withdraw_file",
    "withdraw_outreach",
]
