"""Following the register by mail: joins the register, which knows no letters, and the outbox, which knows no register."""

from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.audit import queries as register
from app.audit import services as audit
from app.audit.queries import PendingAnchor
from app.core import dates
from app.core.clock import lima_day
from app.notifications import queries as outbox
from app.notifications import services as notifications
from app.notifications.services import NewLetter

SUBJECT, REGISTER_ID = "register", 0
CHECKPOINT = "portal.checkpoint"
CONFIRMATION_WAITS = timedelta(days=7)


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"register-{purpose}")


def token(subscription_id: int, purpose: str) -> str:
    """What the link of a letter carries: it names a row, never an address."""
    signed = _signer(purpose).dumps(subscription_id)
    return signed if isinstance(signed, str) else signed.decode()


def subscription_of(signed: str, purpose: str) -> int | None:
    """The row a link speaks of; None for one that this site did not write."""
    try:
        found = _signer(purpose).loads(signed)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None


def ask_to_follow_register(address: str, *, now: datetime) -> None:
    """Write to `address` to ask whether it was its owner who asked: one such letter a day, none when it already follows.

    Whoever asks is told the same in every case. The caller commits.
    """
    asked = notifications.ask_to_follow(SUBJECT, REGISTER_ID, address, at=now)
    if asked is None:
        return
    notifications.queue(
        "portal.confirm-following", address=asked.address, subject_kind=SUBJECT, subject_id=REGISTER_ID,
        content={"token": token(asked.id, "confirm")}, dedupe_key=f"portal.confirm-following:{asked.id}:{lima_day(now)}", at=now,
    )  # fmt: skip


def confirm_following_register(signed: str) -> bool:
    """The owner of the address said yes; False when the link is of nobody, or older than a week. The caller commits."""
    found = subscription_of(signed, "confirm")
    return found is not None and notifications.confirm_following(found, SUBJECT)


def stop_following_register(signed: str) -> None:
    """Forget the address; a link of nobody changes nothing. The caller commits."""
    found = subscription_of(signed, "leave")
    if found is not None:
        notifications.stop_following(found, SUBJECT)


def _letter(newest: PendingAnchor, subscription_id: int, address: str, now: datetime) -> NewLetter:
    content = {"size": newest.size, "note": newest.note, "at": dates.rfc3339(now), "token": token(subscription_id, "leave")}
    return NewLetter(address, "checkpoint", newest.checkpoint_id, content, f"{CHECKPOINT}:{newest.size}:{subscription_id}")


def mail_newest_checkpoint(now: datetime) -> int:
    """Queue one letter with the newest checkpoint for each follower, once; how many. It vouches for all that came before it."""
    followers = outbox.subscribers(SUBJECT, REGISTER_ID)
    newest = register.newest_without_mail() if followers else None
    if newest is None:
        return 0
    notifications.queue_many(CHECKPOINT, [_letter(newest, row.id, row.address, now) for row in followers], at=now)
    audit.open_mail_anchor(newest.checkpoint_id)
    return len(followers)


def settle_mailed_checkpoints() -> int:
    """Mark as kept outside those checkpoints whose first letter has left; how many."""
    settled = 0
    for anchor in register.mail_anchors_waiting():
        sent_at = outbox.first_sent(CHECKPOINT, "checkpoint", anchor.checkpoint_id)
        if sent_at is not None:
            audit.settle_mail_anchor(anchor, sent_at)
            settled += 1
    return settled


def forget_unconfirmed(now: datetime) -> int:
    """Addresses whose owner never said yes are kept for a week."""
    return notifications.forget_unconfirmed(SUBJECT, now - CONFIRMATION_WAITS)
