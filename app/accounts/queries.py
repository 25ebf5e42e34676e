"""Reading people."""

import re

from sqlalchemy import func, select

from app.accounts.models import Person, SignInFailure
from app.core.db import db

_SESSION = re.compile(r"[0-9]{1,15}\.[0-9]{1,15}")


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person_for_session(session_id: str) -> Person | None:
    """The person of a session, or None when it was closed, the epoch moved on, or the account is suspended."""
    number, _, epoch = session_id.partition(".")
    if not _SESSION.fullmatch(session_id):
        return None
    person = db.session.get(Person, int(number))
    if person is None or person.is_suspended or person.session_epoch != int(epoch):
        return None
    return person


def failures_since(email: str, since: object) -> int:
    return db.session.scalar(select(func.count()).where(SignInFailure.email == email, SignInFailure.at >= since)) or 0
