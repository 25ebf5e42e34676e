"""Where checkpoints are kept by others, and which still have to go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.audit.models import Anchor, Checkpoint
from app.audit.rules import AnchorKind, AnchorState
from app.core.db import db

AT_ONCE_FROM_ONE_ROUND = 20


@dataclass(frozen=True)
class PendingAnchor:
    """A signed checkpoint that `kind` does not hold yet; `attempts` made so far."""

    checkpoint_id: int
    size: int
    note: str
    attempts: int = 0


def unanchored(kind: AnchorKind, most: int = AT_ONCE_FROM_ONE_ROUND) -> list[PendingAnchor]:
    """Signed checkpoints without this anchor, newest first: the newest proves all acts before it, the older ones prove their dates."""
    rows = db.session.execute(
        select(Checkpoint.id, Checkpoint.size, Checkpoint.note, func.coalesce(Anchor.attempts, 0))
        .outerjoin(Anchor, (Anchor.checkpoint_id == Checkpoint.id) & (Anchor.kind == kind))
        .where(Checkpoint.note != "", func.coalesce(Anchor.state, AnchorState.WAITING.value) == AnchorState.WAITING.value)
        .order_by(Checkpoint.size.desc())
        .limit(most)
    )
    return [PendingAnchor(*row) for row in rows]


def anchor_of(checkpoint_id: int, kind: AnchorKind) -> Anchor | None:
    return db.session.scalar(select(Anchor).where(Anchor.checkpoint_id == checkpoint_id, Anchor.kind == kind))


def is_resting(kind: AnchorKind, now: datetime) -> bool:
    """Whether the last refusal is so recent that it is not yet time to ask again."""
    return bool(
        db.session.scalar(
            select(Anchor.id).where(Anchor.kind == kind, Anchor.state == AnchorState.WAITING, Anchor.next_attempt_at > now).limit(1)
        )
    )


def newest_anchor() -> Anchor | None:
    """The anchor of the largest checkpoint that somebody else holds, the earlier of two; its checkpoint is loaded."""
    return db.session.scalar(
        select(Anchor)
        .join(Anchor.checkpoint)
        .where(Anchor.state == AnchorState.DONE)
        .options(joinedload(Anchor.checkpoint, innerjoin=True))
        .order_by(Checkpoint.size.desc(), Anchor.at, Anchor.id)
        .limit(1)
    )


def anchored_tokens() -> Iterator[tuple[int, bytes]]:
    """(size, RFC 3161 reply) of every stamped checkpoint, in order."""
    rows = db.session.execute(
        select(Checkpoint.size, Anchor.token)
        .join(Anchor, Anchor.checkpoint_id == Checkpoint.id)
        .where(Anchor.kind == AnchorKind.TIME_STAMP, Anchor.state == AnchorState.DONE)
        .order_by(Checkpoint.size),
        execution_options={"yield_per": 200},
    )
    for row in rows:
        yield row.size, row.token


def newest_without_mail() -> PendingAnchor | None:
    """The largest signed checkpoint, when no letter about it was written yet."""
    row = db.session.execute(
        select(Checkpoint.id, Checkpoint.size, Checkpoint.note, Anchor.id)
        .outerjoin(Anchor, (Anchor.checkpoint_id == Checkpoint.id) & (Anchor.kind == AnchorKind.MAIL))
        .where(Checkpoint.note != "")
        .order_by(Checkpoint.size.desc())
        .limit(1)
    ).first()
    return PendingAnchor(row[0], row[1], row[2]) if row and row[3] is None else None


def mail_anchors_waiting() -> Sequence[Anchor]:
    """Letters that were queued and that nobody has received yet."""
    return db.session.scalars(
        select(Anchor).where(Anchor.kind == AnchorKind.MAIL, Anchor.state == AnchorState.WAITING).order_by(Anchor.id)
    ).all()
