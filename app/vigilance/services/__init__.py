"""Electing the committee, finding, replying, and taking further."""

from app.vigilance.services.committees import record_election, replace_member
from app.vigilance.services.findings import approve, approve_on_sheet, attach, edit, escalate, propose, reply, satisfy, withdraw
from app.vigilance.services.reports import publish_report

__all__ = [
    "approve", "approve_on_sheet", "attach", "edit", "escalate", "propose", "publish_report", "record_election", "replace_member",
    "reply", "satisfy", "withdraw",
]  # fmt: skip
