"""What is forgotten by the clock (`rules.RETENTION`), nothing public among it."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, or_, select, update

from app.accounts import services as accounts
from app.accounts.rules.sessions import CITIZEN_LONGEST
from app.core import restored
from app.core.clock import lima_day
from app.core.db import db
from app.privacy import queries
from app.privacy.rules import RETENTION, Kept
from app.privacy.services import erasing

AT_ONCE = 50
"""Accounts told or retired in one round of the clock: others who write wait for it."""


def tell_unused(now: datetime) -> int:
    """Write to who has not entered for as long as `Kept.UNUSED` that the account will be retired. How many; the caller commits.

    Without mail nobody can be told, so nobody is; nor by a site just put back from a backup, which does not know who entered since.
    """
    if not current_app.config["MAIL_URL"] or restored.is_marked():
        return 0
    found = queries.unused_accounts(now - _lasts(Kept.UNUSED), lima_day(now), AT_ONCE)
    for person in found:
        accounts.tell_unused(person, lima_day(now + _lasts(Kept.UNUSED_TOLD)), now=now)
    return len(found)


def retire_unused(now: datetime) -> int:
    """Erase the accounts whose owner was told and did not enter, as if they had asked for it. How many; the caller commits."""
    if restored.is_marked():
        return 0
    found = queries.told_accounts(now - _lasts(Kept.UNUSED_TOLD), lima_day(now), AT_ONCE)
    for person in found:
        email = person.email
        erasing.forget(person, now=now, act="privacy.retire")
        if current_app.config["MAIL_URL"]:
            accounts.tell_retired(person, email, now=now)
    return len(found)


def _lasts(kept: Kept) -> timedelta:
    lasts = RETENTION[kept]
    assert lasts is not None  # noqa: S101 - only the public record has none
    return lasts


def forget_old(now: datetime) -> dict[Kept, int]:
    """Delete what this package looks after once its time is over (`RETENTION`); how many of each. The caller commits.

    Nothing that is public is touched: sessions that ended, links that expired, invitations that were answered, the words and the
    address of letters, and how to reach who registered for an activity.
    """
    tables, ends = db.metadata.tables, {kept: now - lasts for kept, lasts in RETENTION.items() if lasts is not None}
    session, link, invitation = tables["account_session"], tables["account_link"], tables["organisation_invitation"]
    over = or_(session.c.ended_at < ends[Kept.SESSIONS], session.c.started_at < ends[Kept.SESSIONS] - CITIZEN_LONGEST)
    answered = or_(invitation.c.answered_at < ends[Kept.INVITATIONS], invitation.c.expires_at < ends[Kept.INVITATIONS])
    gone = {
        Kept.SESSIONS: _delete(session, over),
        Kept.LINKS: _delete(link, link.c.expires_at < ends[Kept.LINKS]),
        Kept.INVITATIONS: _delete(invitation, answered),
        Kept.LETTERS: _blank_letters(ends[Kept.LETTERS], waiting=False),
        Kept.LETTERS_WAITING: _blank_letters(ends[Kept.LETTERS_WAITING], waiting=True),
        Kept.NEEDS: _blank_registrations(ends[Kept.NEEDS], {"needs": ""}),
        Kept.ATTENDEES: _blank_registrations(ends[Kept.ATTENDEES], {"email": None, "phone": ""}),
    }
    return {kept: count for kept, count in gone.items() if count}


def _delete(table: Any, which: Any) -> int:
    if db.session.execute(select(table.c.id).where(which).limit(1)).first() is None:
        return 0  # nothing is written, so nobody waits
    return int(db.session.execute(delete(table).where(which)).rowcount)  # type: ignore[attr-defined]


def _blank_letters(before: datetime, *, waiting: bool) -> int:
    """That a letter was written stays, for the record of who was told; to whom and what it said does not, so it can no longer leave."""
    table = db.metadata.tables["notification"]
    is_queued = table.c.state == "queued"
    blank = {"address": "", "content": {}, "last_error": ""} | ({"state": "dead"} if waiting else {})
    return _blank(table, (is_queued if waiting else ~is_queued, table.c.created_at < before, table.c.address != ""), blank)


def _blank_registrations(before: datetime, blank: dict[str, Any]) -> int:
    """Blank those columns of who registered for what ended before then; who came, and from which sector, stays."""
    table, activity = db.metadata.tables["registration"], db.metadata.tables["opportunity"]
    ended = table.c.opportunity_id.in_(select(activity.c.id).where(activity.c.ends_at < before))
    holds = or_(*(table.c[name].is_not(None) if empty is None else table.c[name] != empty for name, empty in blank.items()))
    return _blank(table, (ended, holds), blank)


def _blank(table: Any, which: tuple[Any, ...], blank: dict[str, Any]) -> int:
    if db.session.execute(select(table.c.id).where(*which).limit(1)).first() is None:
        return 0  # nothing is written, so nobody waits
    return int(db.session.execute(update(table).where(*which).values(blank)).rowcount)  # type: ignore[attr-defined]
