"""Counting what is tried in vain, in the database, so that the limits hold for all processes (reliability.md B15).

An attempt is counted before it is judged, in a transaction of its own: tries made at the same time count too. What succeeds is
forgiven, so that no row tells when somebody came in.
"""

from datetime import datetime

from sqlalchemy import delete

from app.accounts.services.sealing import keyed
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.voting import queries
from app.voting.models import VoteAttempt
from app.voting.rules.limits import KEPT, DoorProblem, Tried, is_too_many


def attempt(kind: Tried, subject: str, origin: str, *, now: datetime, field: str | None = None) -> VoteAttempt:
    """Count one more and give its row. The caller commits before judging, even when this raises RuleBroken: too many."""
    subject_hash = keyed(f"vote:{kind.value}", subject) if subject else ""
    origin_hash = keyed("vote:origin", origin) if origin else ""
    counted = queries.attempts(kind, subject_hash, origin_hash, now)
    if is_too_many(kind, *counted):
        raise RuleBroken([Problem(DoorProblem.TOO_MANY, field)])
    row = VoteAttempt(kind=kind, subject_hash=subject_hash, origin_hash=origin_hash, at=now)
    db.session.add(row)
    db.session.flush()
    return row


def forgive(row_id: int) -> None:
    """Forget an attempt that was right; the caller commits."""
    db.session.execute(delete(VoteAttempt).where(VoteAttempt.id == row_id), execution_options={"synchronize_session": False})


def forget_attempts(now: datetime) -> int:
    """Drop what is older than a day; how many. The caller commits."""
    gone = db.session.execute(delete(VoteAttempt).where(VoteAttempt.at < now - KEPT), execution_options={"synchronize_session": False})
    return int(gone.rowcount)  # type: ignore[attr-defined]
