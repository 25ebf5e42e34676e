"""Appending to the public register in the transaction of the act itself, and signing where it stands."""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.audit import queries, rules
from app.audit.models import AuditEntry, AuditHead, Checkpoint
from app.audit.rules.standing import DAILY
from app.audit.services import keys
from app.core.db import db

log = logging.getLogger(__name__)


def record(
    action: str, subject_kind: str, subject_ref: str, facts: dict[str, Any] | None = None, *, at: datetime, role: str = ""
) -> AuditEntry:
    """Append one act; the caller commits it together with the act.

    `action` is "package.verb"; `subject_ref` a public reference (a slug or a code); `facts` plain values without
    personal data: people appear as `role`. An act of `rules.AT_ONCE` is signed in the same transaction.
    Raises ValueError for a float.
    """
    head = _head()
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
    if action in rules.AT_ONCE:
        checkpoint(at, action)
    return entry


def _head() -> AuditHead:
    """Where the register ends, held until the transaction does."""
    head = db.session.scalars(select(AuditHead).with_for_update().execution_options(populate_existing=True)).one_or_none()
    if head is None:
        head = AuditHead(id=1, seq=0, hash=rules.GENESIS)
        db.session.add(head)
    return head


def checkpoint(now: datetime, reason: str = DAILY) -> Checkpoint | None:
    """Sign the register as it stands; None when it is empty, the one that exists when nothing was added since. The caller commits.

    Without its key the checkpoint is kept unsigned: the act goes on, the page turns amber and `sign_waiting` signs it later.
    """
    head = _head()
    if not head.seq:
        return None
    made = db.session.scalar(select(Checkpoint).where(Checkpoint.size == head.seq))
    if made is None:
        made = Checkpoint(size=head.seq, hash=head.hash, reason=reason, made_at=now)
        _sign([made], now)
        db.session.add(made)
        db.session.flush()
    return made


def daily_checkpoint(now: datetime) -> Checkpoint | None:
    """The checkpoint of today in Lima, when there were acts and it has none yet."""
    last = queries.largest()
    seq, _ = queries.head()
    is_due = rules.is_daily_due(seq, last.size if last else 0, last.made_at if last else None, now)
    return checkpoint(now) if is_due else None


def sign_waiting(now: datetime) -> tuple[int, str]:
    """Sign what was left without signature; how many were signed, and why the others were not (empty when none is left)."""
    waiting = queries.unsigned()
    return (len(waiting), "") if not waiting or not (trouble := _sign(waiting, now)) else (0, trouble)


def _sign(waiting: Any, now: datetime) -> str:
    """Write and sign the notes; the reason when the key cannot be used."""
    try:
        signer = keys.signer(now)
    except keys.KeyUnavailable as reason:
        log.error("the register's key cannot be used: %s", reason)
        return str(reason)
    for row in waiting:
        row.note, row.signed_at = signer.note(row.size, row.hash), now
    return ""


def change_key(now: datetime) -> str:
    """A new key from here on, as a public act: the old one stays published. Gives the new vkey. Raises KeyUnavailable."""
    signer, previous = keys.replace(now)
    new = rules.vkey(signer.name, signer.public)
    record("audit.change-key", "register", signer.name, {"vkey": new, "previous": previous}, at=now, role="administración")
    return new
