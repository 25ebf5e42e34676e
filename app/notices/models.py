"""Notices in another language, written by people: nothing here is translated by a machine."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime
from app.notices.rules import Medium


class NoticeText(Model):
    """What a process says through one medium in another language. A change is another row; the highest version stands, "" takes it back."""

    __tablename__ = "notice_text"
    __table_args__ = (UniqueConstraint("process_id", "medium", "version", name="uq_notice_text_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    medium: Mapped[Medium]
    version: Mapped[int]
    language: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
