"""Leaving checkpoints with others, so that nobody here can cut or rewrite the register unseen."""

import logging
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.audit import importing, queries, rules
from app.audit.models import Anchor
from app.audit.rules import AnchorKind, AnchorState
from app.core.db import db

LONGEST_ERROR = 300
log = logging.getLogger(__name__)


def certificates() -> bytes:
    """What TSA_CERTS holds, PEM; empty when it is not set. Raises OSError."""
    path = current_app.config["TSA_CERTS"]
    return Path(path).read_bytes() if path else b""


def stamp_due(now: datetime) -> tuple[int, str]:
    """Have signed checkpoints stamped by the authority of TSA_URL, newest first; how many were, and what stopped the round.

    The database is let go while the authority is talked to: nobody waits for it. After a refusal the whole round rests
    (`rules.next_attempt`) and nothing is given up.
    """
    url = current_app.config["TSA_URL"]
    if not url or queries.is_resting(AnchorKind.TIME_STAMP, now):
        return 0, ""
    pending = queries.unanchored(AnchorKind.TIME_STAMP)
    if not pending:
        return 0, ""
    db.session.rollback()
    done, trouble = _ask(url, pending)
    for one, reply, at in done:
        anchor = _anchor(one.checkpoint_id, AnchorKind.TIME_STAMP)
        anchor.state, anchor.token, anchor.at, anchor.error = AnchorState.DONE, reply, at, ""
        anchor.attempts, anchor.next_attempt_at = anchor.attempts + 1, None
    if trouble:
        _put_off(pending[len(done)].checkpoint_id, trouble, now)
    db.session.flush()
    return len(done), trouble


def _ask(url: str, pending: list[queries.PendingAnchor]) -> tuple[list[tuple[queries.PendingAnchor, bytes, datetime]], str]:
    done = []
    try:
        trusted = certificates()
        if not trusted:
            return [], "TSA_CERTS is not set: a stamp that cannot be verified proves nothing"
        for one in pending:
            done.append((one, *importing.ask(url, one.note, trusted)))
    except OSError as failure:
        return done, f"TSA_CERTS: {failure.strerror}"
    except importing.StampRefused as refusal:
        log.warning("no time stamp: %s", refusal)
        return done, str(refusal)[:LONGEST_ERROR]
    return done, ""


def _put_off(checkpoint_id: int, trouble: str, now: datetime) -> None:
    anchor = _anchor(checkpoint_id, AnchorKind.TIME_STAMP)
    anchor.attempts, anchor.error = anchor.attempts + 1, trouble
    anchor.next_attempt_at = rules.next_attempt(anchor.attempts, now)


def _anchor(checkpoint_id: int, kind: AnchorKind) -> Anchor:
    """The row of this checkpoint and kind, made when it is missing."""
    found = queries.anchor_of(checkpoint_id, kind)
    if found is None:
        found = Anchor(checkpoint_id=checkpoint_id, kind=kind, state=AnchorState.WAITING, attempts=0)
        db.session.add(found)
        db.session.flush()
    return found


def open_mail_anchor(checkpoint_id: int) -> Anchor:
    """Letters about this checkpoint are in the outbox; nobody has one yet. The caller commits."""
    return _anchor(checkpoint_id, AnchorKind.MAIL)


def settle_mail_anchor(anchor: Anchor, at: datetime) -> None:
    """The first of its letters left this machine at `at`."""
    anchor.state, anchor.at = AnchorState.DONE, at
