"""Signed checkpoints and the keys that sign them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.audit.models import Anchor, Checkpoint, SigningKey
from app.audit.rules import AnchorKind, AnchorState
from app.core.db import db


@dataclass(frozen=True)
class CheckpointRow:
    """A checkpoint to print or to hand over. `stamped_at` and `mailed_at` are None while nobody outside has it; `note` may be empty."""

    id: int
    size: int
    hash: str
    reason: str
    note: str
    made_at: datetime
    stamped_at: datetime | None = None
    mailed_at: datetime | None = None

    @property
    def short_hash(self) -> str:
        """The first 16 digits, for printing at the foot of a document."""
        return self.hash[:16]


def _rows(statement: Select[Any]) -> list[CheckpointRow]:
    found = db.session.scalars(statement).all()
    at = dict(
        ((checkpoint_id, kind), instant)
        for checkpoint_id, kind, instant in db.session.execute(
            select(Anchor.checkpoint_id, Anchor.kind, Anchor.at).where(
                Anchor.checkpoint_id.in_([row.id for row in found]), Anchor.state == AnchorState.DONE
            )
        )
    )
    return [
        CheckpointRow(
            row.id, row.size, row.hash, row.reason, row.note, row.made_at, at.get((row.id, AnchorKind.TIME_STAMP)),
            at.get((row.id, AnchorKind.MAIL)),
        )
        for row in found
    ]  # fmt: skip


def newest_checkpoint() -> CheckpointRow | None:
    """The largest signed checkpoint: what letters, minutes and reports print."""
    found = _rows(select(Checkpoint).where(Checkpoint.note != "").order_by(Checkpoint.size.desc()).limit(1))
    return found[0] if found else None


def largest() -> Checkpoint | None:
    """The largest checkpoint, signed or not."""
    return db.session.scalar(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1))


def newest_checkpoints(most: int = 30) -> list[CheckpointRow]:
    """Signed ones, newest first."""
    return _rows(select(Checkpoint).where(Checkpoint.note != "").order_by(Checkpoint.size.desc()).limit(most))


def checkpoint_of_size(size: int) -> CheckpointRow | None:
    found = _rows(select(Checkpoint).where(Checkpoint.size == size, Checkpoint.note != ""))
    return found[0] if found else None


def checkpoints() -> Iterator[tuple[int, str, str]]:
    """(size, hash, note) of every checkpoint, in order; the note is empty while unsigned."""
    for row in db.session.execute(select(Checkpoint.size, Checkpoint.hash, Checkpoint.note).order_by(Checkpoint.size)):
        yield row.size, row.hash, row.note


def unsigned() -> Sequence[Checkpoint]:
    """Those made while the key could not be read, in order."""
    return db.session.scalars(select(Checkpoint).where(Checkpoint.note == "").order_by(Checkpoint.size)).all()


def newest_key() -> SigningKey | None:
    """The key in use."""
    return db.session.scalar(select(SigningKey).order_by(SigningKey.id.desc()).limit(1))


def vkeys() -> Sequence[str]:
    """Every public key that ever signed, oldest first, as published."""
    return db.session.scalars(select(SigningKey.vkey).order_by(SigningKey.id)).all()
