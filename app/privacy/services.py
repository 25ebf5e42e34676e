"""What a person does with their data: taken along, corrected, gathered, stopped, erased."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete, or_, select, update

from app.accounts import services as accounts
from app.accounts.models import Consent, Person
from app.accounts.rules.joining import ERASED_NAME, AgeBand
from app.accounts.rules.sessions import CITIZEN_LONGEST
from app.audit import services as audit
from app.contributions import queries as contributions_queries
from app.contributions import services as contributions
from app.contributions.models import Authorship
from app.contributions.rules.authors import AuthorProblem, token_in
from app.core import restored
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.permissions import Actor
from app.privacy import queries
from app.privacy.models import Erasure
from app.privacy.rules import HOLDINGS, RETENTION, STAND_IN, UNIQUE, Forgetting, Holding, Kept, erasing_problems

OUTSIDE = "borradas.txt"
"""Beside the database, one keyed hash a line: a backup of the database put back does not bring the forgotten back."""


def correct(person: Person, name: str, pseudonym: str, age: AgeBand, *, now: datetime) -> None:
    """The account and every contribution of it that names its author so; the caller commits. Raises RuleBroken."""
    before = person.name
    accounts.correct(person, name, pseudonym, age, now=now)
    for author in contributions_queries.authored_by(person.id, person.email):
        contributions.rename(author, before, person.name, person.pseudonym)


def gather(person: Person, typed: str) -> Authorship:
    """Take into the account what a receipt's link shows; the caller commits. Raises RuleBroken."""
    author = contributions_queries.receipt_by_hash(contributions.receipt_hash(token_in(typed)))
    if author is None:
        raise RuleBroken([Problem(AuthorProblem.RECEIPT_UNKNOWN, "receipt")])
    contributions.claim(author, person.id)
    return author


def stop_letters(person: Person) -> int:
    """Follow nothing any more: opposition to being written to. How many subscriptions ended; the caller commits."""
    table = db.metadata.tables["subscription"]
    (holding,) = (h for h in HOLDINGS if h.table == "subscription")
    gone = db.session.execute(delete(table).where(queries.condition(holding, table, person.id, person.email)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def erase(person: Person, actor: Actor, *, confirmed: bool, now: datetime) -> str:
    """Erase who the person is wherever it is written; codes, words and answers stay. The caller commits, then `remember`s.

    A last letter says so; a job forgets its address once it is sent. Whoever once held a role keeps their name on the
    official acts they signed: those are the public record. Raises RuleBroken.
    The keyed hash of the address comes back.
    """
    refuse_if_any(erasing_problems(holds_a_role=bool(actor.roles) or actor.awaits_second_factor, confirmed=confirmed))
    email, address_hash = person.email, _forget(person, now=now)
    if current_app.config["MAIL_URL"]:  # without it the letter, and its address, would wait for ever
        accounts.tell(person, "erased", now=now, address=email)
    return address_hash


def _forget(person: Person, *, now: datetime) -> str:
    address_hash, email = _hash(person.email), person.email
    for author in contributions_queries.authored_by(person.id, email):
        contributions.forget_author(author, ERASED_NAME, now=now)
    contributions.discard_drafts_of(person.id, email)
    db.session.flush()
    for holding in HOLDINGS:
        _forget_in(holding, person.id, email)
    _blank_account(person, keeps_name=queries.ever_held_a_role(person.id), now=now)
    db.session.execute(update(Consent).where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None)).values(withdrawn_at=now))
    db.session.add(Erasure(address_hash=address_hash, erased_at=now))
    audit.record("privacy.erase", "account", "-", {}, at=now)
    return address_hash


def _blank_account(person: Person, *, keeps_name: bool, now: datetime) -> None:
    person.email = f"{secrets.token_hex(12)}@retirado.invalid"
    person.password_hash = person.pseudonym = ""
    person.is_suspended, person.erased_at, person.age = True, now, AgeBand.ADULT
    person.session_epoch += 1
    if not keeps_name:
        person.name = ERASED_NAME


def _forget_in(holding: Holding, person_id: int, email: str) -> None:
    table = db.metadata.tables[holding.table]
    about = queries.condition(holding, table, person_id, email)
    if holding.forgetting is Forgetting.DELETE:
        db.session.execute(delete(table).where(about))
    elif holding.forgetting is Forgetting.BLANK:
        keys = list(table.primary_key.columns)
        for row in db.session.execute(select(*keys).where(about)).all():
            exact = [key == value for key, value in zip(keys, row, strict=True)]
            db.session.execute(update(table).where(*exact).values({name: _stand_in(value) for name, value in holding.blank.items()}))


def _stand_in(value: Any) -> Any:
    if value is UNIQUE:
        return f"privacy:{secrets.token_hex(12)}"
    return ERASED_NAME if value is STAND_IN else value


def _hash(email: str) -> str:
    return accounts.keyed("erasure", email.lower())


def remember(address_hash: str) -> None:
    """Note outside the database that the address was erased; after the commit."""
    with _outside().open("a", encoding="ascii") as file:
        file.write(address_hash + "\n")


def _outside() -> Path:
    return Path(current_app.config["DATA_DIR"]) / OUTSIDE


def forget_again(now: datetime) -> int:
    """On a site put back from a backup: erase whom that backup still knows and who was erased since. How many; the caller commits."""
    path = _outside()
    if not restored.is_marked() or not path.exists():
        return 0
    wanted = set(path.read_text(encoding="ascii").split())
    again = [person for person in db.session.scalars(select(Person).order_by(Person.id)) if _hash(person.email) in wanted]
    for person in again:
        _forget(person, now=now)
    return len(again)


def forget_old(now: datetime) -> dict[Kept, int]:
    """Delete what this package looks after once its time is over (`RETENTION`); how many of each. The caller commits.

    Nothing that is public is touched: sessions that ended, links that expired, invitations that were answered, and the words and the
    address of letters that left.
    """
    tables, ends = db.metadata.tables, {kept: now - lasts for kept, lasts in RETENTION.items() if lasts is not None}
    session, link, invitation = tables["account_session"], tables["account_link"], tables["organisation_invitation"]
    over = or_(session.c.ended_at < ends[Kept.SESSIONS], session.c.started_at < ends[Kept.SESSIONS] - CITIZEN_LONGEST)
    answered = or_(invitation.c.answered_at < ends[Kept.INVITATIONS], invitation.c.expires_at < ends[Kept.INVITATIONS])
    gone = {
        Kept.SESSIONS: _delete(session, over),
        Kept.LINKS: _delete(link, link.c.expires_at < ends[Kept.LINKS]),
        Kept.INVITATIONS: _delete(invitation, answered),
        Kept.LETTERS: _blank_letters(ends[Kept.LETTERS]),
    }
    return {kept: count for kept, count in gone.items() if count}


def _delete(table: Any, which: Any) -> int:
    if db.session.execute(select(table.c.id).where(which).limit(1)).first() is None:
        return 0  # nothing is written, so nobody waits
    return int(db.session.execute(delete(table).where(which)).rowcount)  # type: ignore[attr-defined]


def _blank_letters(before: datetime) -> int:
    """That a letter was sent stays, for the record of who was told; to whom and what it said does not."""
    table = db.metadata.tables["notification"]
    old = (table.c.state != "queued", table.c.created_at < before, table.c.address != "")
    if db.session.execute(select(table.c.id).where(*old).limit(1)).first() is None:
        return 0
    done = db.session.execute(update(table).where(*old).values(address="", content={}, last_error=""))
    return int(done.rowcount)  # type: ignore[attr-defined]


def blank_last_letters() -> int:
    """Forget the address of the letters that told people they were erased, once sent or given up. How many; the caller commits."""
    table = db.metadata.tables["notification"]
    erased = select(Person.id).where(Person.erased_at.is_not(None))
    rows = db.session.execute(
        select(table.c.id).where(table.c.person_id.in_(erased), table.c.state != "queued", table.c.address != "")
    ).all()
    (holding,) = (h for h in HOLDINGS if h.table == "notification")
    for (letter_id,) in rows:
        blank = {name: _stand_in(value) for name, value in holding.blank.items() if name != "state"}
        db.session.execute(update(table).where(table.c.id == letter_id).values(blank))
    return len(rows)
