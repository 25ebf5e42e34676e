"""The entries of the register, and whether they are whole."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select

from app.audit import rules
from app.audit.models import AuditEntry, AuditHead
from app.core.db import db
from app.core.web import PER_PAGE, Page

MOST_ENTRIES = 500
_ROWS_AT_ONCE = 1_000


def _filtered(ref: str, action: str) -> Select[Any]:
    statement = select(AuditEntry)
    if ref:  # a process leads to what is named after it: CUS27 to CUS27-C-0042, plan-cusco to plan-cusco/taller-ccorca
        named_after = [AuditEntry.subject_ref.startswith(f"{ref}{mark}", autoescape=True) for mark in "-/"]
        statement = statement.where(or_(AuditEntry.subject_ref == ref, *named_after))
    if action:
        statement = statement.where(AuditEntry.action == action)
    return statement


def entries(page: int, ref: str = "", action: str = "") -> Page:
    """One page of entries, newest first; only those about `ref` and of `action` when given."""
    chosen = _filtered(ref, action)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = db.session.scalars(chosen.order_by(AuditEntry.seq.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(rows, page, total)


def entries_from(seq: int, most: int = MOST_ENTRIES) -> Sequence[AuditEntry]:
    """At most `most` entries from `seq` on, in order."""
    return db.session.scalars(select(AuditEntry).where(AuditEntry.seq >= seq).order_by(AuditEntry.seq).limit(most)).all()


def actions() -> Sequence[str]:
    """The acts that the register holds, each once, by name."""
    return db.session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()


def head() -> tuple[int, str]:
    """Number and hash of the last entry; (0, zeros) for an empty register."""
    row = db.session.execute(select(AuditHead.seq, AuditHead.hash)).first()
    return (row.seq, row.hash) if row else (0, rules.GENESIS)


def all_entries(last: int) -> Iterator[tuple[int, str, str, str]]:
    """(seq, prev, hash, body) of every entry up to `last`, in order, a thousand rows at a time."""
    rows = db.session.execute(
        select(AuditEntry.seq, AuditEntry.prev, AuditEntry.hash, AuditEntry.body).where(AuditEntry.seq <= last).order_by(AuditEntry.seq),
        execution_options={"yield_per": _ROWS_AT_ONCE},
    )
    for row in rows:
        yield row.seq, row.prev, row.hash, row.body


def verdict() -> rules.Verdict:
    """Every entry recomputed from the first one; reads the whole register, a thousand rows at a time.

    The last entry is read before the head: acts recorded meanwhile move both together, so an entry beyond the head is a forgery.
    """
    last = db.session.scalar(select(func.max(AuditEntry.seq))) or 0
    seq, head_hash = head()
    if last > seq:
        return rules.Verdict(seq, seq + 1, head_hash)
    return rules.verify(all_entries(seq), (seq, head_hash))


def newest(action: str = "") -> AuditEntry | None:
    """The last entry; the last of `action` when given."""
    chosen = _filtered("", action)
    return db.session.scalar(chosen.order_by(AuditEntry.seq.desc()).limit(1))
