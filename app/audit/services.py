"""Appending to the public register, in the transaction of the act itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.audit import rules
from app.audit.models import AuditEntry, AuditHead
from app.core.db import db


def record(
    action: str, subject_kind: str, subject_ref: str, facts: dict[str, Any] | None = None, *, at: datetime, role: str = ""
) -> AuditEntry:
    """Append one act; the caller commits it together with the act.

    `action` is "package.verb"; `subject_ref` a public reference (a slug or a code); `facts` plain values without
    personal data: people appear as `role`. Raises ValueError for a float.
    """
    head = db.session.scalars(select(AuditHead).with_for_update().execution_options(populate_existing=True)).one_or_none()
    if head is None:
        head = AuditHead(id=1, seq=0, hash=rules.GENESIS)
        db.session.add(head)
    body = rules.canonical(
        {"action": action, "at": at, "facts": facts or {}, "role": role, "subject": {"kind": subject_kind, "ref": subject_ref}}
    )
    seq = head.seq + 1
    entry = AuditEntry(
        seq=seq, prev=head.hash, hash=rules.entry_hash(seq, head.hash, body), body=body,
        action=action, subject_kind=subject_kind, subject_ref=subject_ref,
    )  # fmt: skip
    db.session.add(entry)
    head.seq, head.hash = seq, entry.hash
    db.session.flush()
    return entry
