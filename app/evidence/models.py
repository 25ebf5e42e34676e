"""Files that prove something, pointed to by (kind, id) of their subject."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.evidence.rules import AttachmentKind, extension_of, weight


class Attachment(Model):
    """One stored file; never deleted. `key` is its random public name, `sha256` that of the stored bytes.

    `is_for_public` says it may be shown once its subject is; `is_public` that it is shown now; `removed_at` that it no longer is.
    Without `uploaded_by_id` it was sent by somebody without an account.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    kind: Mapped[AttachmentKind]
    title: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    is_public: Mapped[bool] = mapped_column(default=False)
    is_for_public: Mapped[bool] = mapped_column(default=False)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def scope(self) -> Scope:
        """Where it lives; a file without a space belongs to nobody's scope."""
        return Scope(self.space_id or 0, self.process_id)

    @property
    def detail(self) -> str:
        """ "PDF, 96 KB", for lists."""
        return f"{extension_of(self.file_name).upper()}, {weight(self.size)}"
