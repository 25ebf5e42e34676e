"""Opening, proving again and closing sessions."""

import logging
from datetime import datetime

from sqlalchemy import update

from app.accounts import queries
from app.accounts.models import AccountSession, Person
from app.accounts.rules.sessions import device_name
from app.accounts.services import letters
from app.accounts.services.sealing import digest, new_handle, new_token
from app.core.db import db

log = logging.getLogger(__name__)
LONGEST_DEVICE = 80


def open_session(person: Person, user_agent: str, *, now: datetime, second_factor: bool = False) -> str:
    """A new session; what the browser will hold comes back. A device not seen before is told by letter. The caller commits."""
    device = device_name(user_agent)[:LONGEST_DEVICE]
    devices = queries.devices_of(person.id)
    if devices and device not in devices:
        letters.tell(person, "device", now=now, detail=device)
    person.entered_at, person.unused_told_at = now, None
    key = new_token()
    db.session.add(
        AccountSession(
            handle=new_handle(), key_hash=digest(key), person_id=person.id, device=device, started_at=now, acted_at=now, proved_at=now,
            second_factor_at=now if second_factor else None,
        )
    )  # fmt: skip
    log.info("session opened for person %s", person.id)
    return key


def prove_again(session: AccountSession, *, now: datetime, second_factor: bool = False) -> str:
    """The person proved who they are: the session goes on under a new key, which comes back (S38). The caller commits."""
    key = new_token()
    session.key_hash, session.proved_at, session.acted_at = digest(key), now, now
    if second_factor:
        session.second_factor_at = now
    return key


def close(session: AccountSession, *, now: datetime) -> None:
    """The next request of that session is a stranger's (S26). The caller commits."""
    session.ended_at = session.ended_at or now


def close_all(person_id: int, *, now: datetime, but: int | None = None) -> int:
    """Close every open session of a person, except the one with the id `but`; how many. The caller commits."""
    query = update(AccountSession).where(AccountSession.person_id == person_id, AccountSession.ended_at.is_(None))
    done = db.session.execute((query.where(AccountSession.id != but) if but else query).values(ended_at=now))
    return int(done.rowcount)  # type: ignore[attr-defined]
