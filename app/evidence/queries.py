"""Reading files: their rows; the bytes are in core.storage."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.core import storage
from app.core.db import db
from app.evidence.models import Attachment
from app.evidence.rules import AttachmentKind

FOLDER = "evidence"


def attachments(subject_kind: str, subject_id: int, public_only: bool) -> Sequence[Attachment]:
    """The files of a subject, oldest first. For the public only those shown; for staff all, also removed ones."""
    return of_many(subject_kind, [subject_id], public_only=public_only)


def of_many(subject_kind: str, subject_ids: Sequence[int], *, public_only: bool) -> Sequence[Attachment]:
    """As `attachments`, for several subjects of one kind in one statement."""
    rows = select(Attachment).where(Attachment.subject_kind == subject_kind, Attachment.subject_id.in_(subject_ids))
    if public_only:
        rows = rows.where(Attachment.is_public.is_(True))
    return db.session.scalars(rows.order_by(Attachment.subject_id, Attachment.uploaded_at, Attachment.id)).all()


def removed_from_public(subject_kind: str, subject_id: int) -> Sequence[Attachment]:
    """Files that were public and are no longer, with their reason: the page still says they existed."""
    return db.session.scalars(
        select(Attachment)
        .where(
            Attachment.subject_kind == subject_kind, Attachment.subject_id == subject_id, Attachment.removed_at.is_not(None),
            Attachment.is_for_public.is_(True),
        )
        .order_by(Attachment.uploaded_at, Attachment.id)
    ).all()  # fmt: skip


def attachment(key: str) -> Attachment | None:
    """Any file by its random name."""
    return db.session.scalar(select(Attachment).where(Attachment.key == key))


def content(of: Attachment) -> bytes:
    """The stored bytes. Raises FileNotFoundError."""
    return storage.get(stored_name(of.key))


def stored_name(key: str) -> str:
    return f"{FOLDER}/{key[:2]}/{key}"


def same_file(subject_kind: str, subject_id: int, kind: AttachmentKind, sha256: str) -> Attachment | None:
    """The file already kept for the subject with these very bytes, unless it was removed."""
    return db.session.scalar(
        select(Attachment)
        .where(
            Attachment.subject_kind == subject_kind, Attachment.subject_id == subject_id, Attachment.kind == kind,
            Attachment.sha256 == sha256, Attachment.removed_at.is_(None),
        )
        .order_by(Attachment.id)
        .limit(1)
    )  # fmt: skip


def kept_count(subject_kind: str, subject_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Attachment.subject_kind == subject_kind, Attachment.subject_id == subject_id, Attachment.removed_at.is_(None)
            )
        )
        or 0
    )


def uploads_since(person_id: int | None, since: datetime) -> int:
    """How many files a person has sent since then; for None, everybody without an account together."""
    return (
        db.session.scalar(
            select(func.count()).where(Attachment.uploaded_by_id.is_not_distinct_from(person_id), Attachment.uploaded_at > since)
        )
        or 0
    )


def every_attachment() -> Sequence[Attachment]:
    """All rows, oldest first: for verification."""
    return db.session.scalars(select(Attachment).order_by(Attachment.id)).all()
