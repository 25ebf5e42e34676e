"""Acts of moderation, as rows: the present is the latest one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime
from app.moderation.rules import HidingReason, ModerationKind


class ModerationAction(Model):
    """`original` is JSON of the words before personal data were taken out: restricted, on no page and in no export."""

    __tablename__ = "moderation_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    kind: Mapped[ModerationKind]
    reason: Mapped[HidingReason | None]
    note: Mapped[str] = mapped_column(Text, default="")
    original: Mapped[str] = mapped_column(Text, default="")
    moderator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
