"""Who asked to be forgotten: only as keyed hashes, so that a backup put back can be told whom to forget again."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime


class Erasure(Model):
    """An account that was erased. Nothing here says whose it was."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str]
    erased_at: Mapped[datetime] = mapped_column(UTCDateTime)
