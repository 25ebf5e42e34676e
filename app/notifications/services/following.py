"""Following something by mail, asked for twice: a letter goes only to an address whose owner said yes from it."""

from datetime import datetime

from sqlalchemy import delete, select, update

from app.core.db import db
from app.notifications.models import Subscription
from app.notifications.rules import unconfirmed


def ask_to_follow(subject_kind: str, subject_id: int, address: str, *, at: datetime) -> Subscription | None:
    """Keep the wish until it is confirmed; None when the address already follows. The caller commits."""
    known = {
        row.subject_kind: row
        for row in db.session.scalars(
            select(Subscription).where(
                Subscription.subject_kind.in_((subject_kind, unconfirmed(subject_kind))), Subscription.subject_id == subject_id,
                Subscription.address == address.lower(),
            )
        )
    }  # fmt: skip
    if subject_kind in known:
        return None
    if (waiting := known.get(unconfirmed(subject_kind))) is not None:
        return waiting
    asked = Subscription(subject_kind=unconfirmed(subject_kind), subject_id=subject_id, address=address.lower(), created_at=at)
    db.session.add(asked)
    db.session.flush()
    return asked


def confirm_following(subscription_id: int, subject_kind: str) -> bool:
    """Turn the wish into a subscription; True also when it already was one. False when it is gone. The caller commits."""
    db.session.execute(
        update(Subscription)
        .where(Subscription.id == subscription_id, Subscription.subject_kind == unconfirmed(subject_kind))
        .values(subject_kind=subject_kind)
    )
    found = select(Subscription.id).where(Subscription.id == subscription_id, Subscription.subject_kind == subject_kind)
    return db.session.scalar(found) is not None


def stop_following(subscription_id: int, subject_kind: str) -> None:
    """Forget the address for this subject; nothing happens when it is already forgotten. The caller commits."""
    kinds = (subject_kind, unconfirmed(subject_kind))
    db.session.execute(delete(Subscription).where(Subscription.id == subscription_id, Subscription.subject_kind.in_(kinds)))


def forget_unconfirmed(subject_kind: str, before: datetime) -> int:
    """Forget wishes that nobody confirmed since `before`; how many. The caller commits."""
    gone = db.session.execute(
        delete(Subscription).where(Subscription.subject_kind == unconfirmed(subject_kind), Subscription.created_at < before)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
