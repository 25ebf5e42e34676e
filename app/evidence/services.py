"""Keeping files: checked, hashed, stored under a random name; shown and removed from public, never deleted."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from app.core import storage
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.permissions import Scope
from app.core.text import clean, clean_line
from app.evidence import importing, queries
from app.evidence.models import Attachment
from app.evidence.rules import AttachmentKind, FileUpload, quota_problems, removal_problems

__all__ = ["FileUpload", "attach", "conceal", "release", "remove_from_public"]
AN_HOUR = timedelta(hours=1)
LONGEST_TITLE = 200


def attach(
    upload: FileUpload, *, subject_kind: str, subject_id: int, kind: AttachmentKind | None, title: str, is_public: bool,
    person_id: int | None, now: datetime, scope: Scope | None = None, is_for_public: bool | None = None,
) -> Attachment:  # fmt: skip
    """Check and keep one file; the same bytes sent twice for a subject are kept once. The caller commits.

    `kind` None takes what the type suggests. `scope` is where the subject lives: without it only public files can be read.
    `is_for_public` (default: `is_public`) marks a file that `release` will show. Raises RuleBroken. The bytes are written before
    the row: a transaction that fails leaves at most bytes that nothing points to.
    """
    refuse_if_any(quota_problems(queries.kept_count(subject_kind, subject_id), queries.uploads_since(person_id, now - AN_HOUR),
                                 is_signed=person_id is not None))  # fmt: skip
    file = importing.checked(upload)
    kind = kind or file.kind
    sha256 = hashlib.sha256(file.content).hexdigest()
    kept = queries.same_file(subject_kind, subject_id, kind, sha256)
    if kept:
        return kept
    key = secrets.token_hex(16)
    storage.put(queries.stored_name(key), file.content)
    attachment = Attachment(
        key=key, subject_kind=subject_kind, subject_id=subject_id, space_id=scope.space_id if scope else None,
        process_id=scope.process_id if scope else None, kind=kind, title=clean_line(title)[:LONGEST_TITLE] or file.file_name,
        file_name=file.file_name, media_type=file.media_type, size=len(file.content), sha256=sha256, is_public=is_public,
        is_for_public=is_public if is_for_public is None else is_for_public, uploaded_by_id=person_id, uploaded_at=now,
    )  # fmt: skip
    db.session.add(attachment)
    db.session.flush()
    return attachment


def release(subject_kind: str, subject_id: int) -> None:
    """The subject is public now: so are its files meant to be, except those removed. The caller commits."""
    db.session.execute(
        update(Attachment)
        .where(
            Attachment.subject_kind == subject_kind, Attachment.subject_id == subject_id, Attachment.is_for_public.is_(True),
            Attachment.removed_at.is_(None),
        )
        .values(is_public=True),
        execution_options={"synchronize_session": "fetch"},
    )  # fmt: skip


def conceal(subject_kind: str, subject_id: int) -> None:
    """The subject is no longer public: neither are its files, which stay as they are. The caller commits."""
    db.session.execute(
        update(Attachment)
        .where(Attachment.subject_kind == subject_kind, Attachment.subject_id == subject_id, Attachment.is_public.is_(True))
        .values(is_public=False),
        execution_options={"synchronize_session": "fetch"},
    )


def remove_from_public(attachment: Attachment, reason: str, *, person_id: int | None, now: datetime) -> None:
    """Take a file off the public pages, saying why; bytes, row and hash stay. Twice changes nothing. Raises RuleBroken."""
    refuse_if_any(removal_problems(reason))
    if attachment.removed_at is not None:
        return
    attachment.is_public = False
    attachment.removed_at, attachment.removed_by_id, attachment.removed_reason = now, person_id, clean(reason)
    db.session.flush()
