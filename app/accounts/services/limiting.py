"""Counting what is tried, in the database: the limits hold for all processes and survive a restart (S31, S32)."""

from datetime import datetime

from sqlalchemy import delete

from app.accounts import queries
from app.accounts.models import Attempt
from app.accounts.rules.limits import KEPT, LIMITS, is_too_many
from app.accounts.rules.limits import Attempt as Kind
from app.accounts.rules.problems import AccountProblem
from app.accounts.services.sealing import keyed
from app.core.db import db
from app.core.errors import Problem, refuse_if_any


def count(kind: Kind, account: str, origin: str, *, now: datetime) -> None:
    """Note one attempt; the caller commits."""
    db.session.add(Attempt(kind=kind, account_hash=keyed(kind, account), origin_hash=keyed("origin", origin) if origin else "", at=now))


def refuse_too_many(kind: Kind, account: str, origin: str, problem: AccountProblem, *, now: datetime, field: str | None = None) -> None:
    """Raises RuleBroken when there were as many as may be; the same for an account that exists and one that does not."""
    counted = queries.attempts_since(kind, keyed(kind, account), keyed("origin", origin) if origin else "", now - LIMITS[kind].window)
    if is_too_many(kind, *counted):
        refuse_if_any([Problem(problem, field)])


def forgive(kind: Kind, account: str) -> None:
    """Forget the attempts on an account whose owner has just been recognised; the caller commits."""
    db.session.execute(delete(Attempt).where(Attempt.kind == kind, Attempt.account_hash == keyed(kind, account)))


def forget_attempts(now: datetime) -> int:
    """Drop what is older than a day; how many comes back. The caller commits."""
    gone = db.session.execute(delete(Attempt).where(Attempt.at < now - KEPT), execution_options={"synchronize_session": False})
    return int(gone.rowcount)  # type: ignore[attr-defined]
