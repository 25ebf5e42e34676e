"""Appending to the register, signing its checkpoints, anchoring them outside, recomputing it."""

from app.audit.services.anchoring import certificates, open_mail_anchor, settle_mail_anchor, stamp_due
from app.audit.services.checking import check_register
from app.audit.services.keys import KeyUnavailable, public_key_of_file
from app.audit.services.recording import change_key, checkpoint, daily_checkpoint, record, sign_waiting
from app.audit.services.releases import record_release
from app.audit.services.restoring import restore

__all__ = [
    "KeyUnavailable", "certificates", "change_key", "check_register", "checkpoint", "daily_checkpoint", "open_mail_anchor",
    "public_key_of_file", "record", "record_release", "restore", "settle_mail_anchor", "sign_waiting", "stamp_due",
]  # fmt: skip
