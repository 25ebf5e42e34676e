"""The public register: one row per public act, each holding the hash of the one before."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class AuditEntry(Model):
    """One act. `body` is canonical JSON and holds no personal data (reliability.md 5)."""

    __tablename__ = "audit_entry"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    prev: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(index=True)
    subject_kind: Mapped[str]
    subject_ref: Mapped[str] = mapped_column(index=True)


class AuditHead(Model):
    """The single row that says where the register ends; locked while an entry is appended."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]
