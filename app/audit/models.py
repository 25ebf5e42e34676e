"""The public register: one row per public act, each holding the hash of the one before; and what proves it from outside."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.audit.rules import AnchorKind, AnchorState
from app.core.db import Model, UTCDateTime


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


class SigningKey(Model):
    """A public key that signs checkpoints; the newest is the one in use. The private half is a file, never a row."""

    __tablename__ = "signing_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    vkey: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Checkpoint(Model):
    """The register up to entry `size`, signed. `note` is empty while the key cannot be read; once written it never changes."""

    __tablename__ = "checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(unique=True)
    hash: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Anchor(Model):
    """A checkpoint held by somebody else: a time stamp (`token` is the whole RFC 3161 reply) or a letter. `at` is when they had it."""

    __tablename__ = "anchor"
    __table_args__ = (UniqueConstraint("checkpoint_id", "kind", name="uq_anchor_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"))
    kind: Mapped[AnchorKind]
    state: Mapped[AnchorState] = mapped_column(default=AnchorState.WAITING)
    at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    error: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    checkpoint: Mapped[Checkpoint] = relationship(lazy="raise_on_sql")


class RegisterCheck(Model):
    """One whole recomputation of the register: how many entries were good, and the first that was not."""

    __tablename__ = "register_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    entries: Mapped[int]
    first_bad: Mapped[int | None]
    milliseconds: Mapped[int]
