"""Erasing who a person is wherever it is written, and again on a site put back from a backup."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from app.accounts import services as accounts
from app.accounts.models import Consent, Person
from app.accounts.rules.joining import ERASED_NAME, AgeBand
from app.audit import services as audit
from app.contributions import queries as contributions_queries
from app.contributions import services as contributions
from app.core import restored
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.permissions import Actor
from app.privacy import queries
from app.privacy.models import Erasure
from app.privacy.rules import HOLDINGS, STAND_IN, UNIQUE, Forgetting, Holding, erasing_problems

OUTSIDE = "borradas.txt"
"""Beside the database, one keyed hash a line: a backup of the database put back does not bring the forgotten back."""


def erase(person: Person, actor: Actor, *, confirmed: bool, now: datetime) -> str:
    """Erase who the person is wherever it is written; codes, words and answers stay. The caller commits, then `remember`s.

    A last letter says so; a job forgets its address once it is sent. Whoever once held a role keeps their name on the
    official acts they signed: those are the public record. Raises RuleBroken.
    The keyed hash of the address comes back.
    """
    refuse_if_any(erasing_problems(holds_a_role=bool(actor.roles) or actor.awaits_second_factor, confirmed=confirmed))
    email, address_hash = person.email, forget(person, now=now)
    if current_app.config["MAIL_URL"]:  # without it the letter, and its address, would wait for ever
        accounts.tell(person, "erased", now=now, address=email)
    return address_hash


def forget(person: Person, *, now: datetime, act: str = "privacy.erase") -> str:
    """Erase the account, whoever wants it; `act` is what the public register calls it. Its keyed hash comes back. The caller commits."""
    address_hash, email = hash_of(person.email), person.email
    for author in contributions_queries.authored_by(person.id, email):
        contributions.forget_author(author, ERASED_NAME, now=now)
    contributions.discard_drafts_of(person.id, email)
    db.session.flush()
    for holding in HOLDINGS:
        _forget_in(holding, person.id, email)
    _blank_account(person, keeps_name=queries.ever_held_a_role(person.id), now=now)
    db.session.execute(update(Consent).where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None)).values(withdrawn_at=now))
    db.session.add(Erasure(address_hash=address_hash, erased_at=now))
    audit.record(act, "account", "-", {}, at=now)
    return address_hash


def _blank_account(person: Person, *, keeps_name: bool, now: datetime) -> None:
    person.email = f"{secrets.token_hex(12)}@retirado.invalid"
    person.password_hash = person.pseudonym = ""
    person.is_suspended, person.erased_at, person.age = True, now, AgeBand.ADULT
    person.entered_at = person.unused_told_at = None
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


def hash_of(email: str) -> str:
    return accounts.keyed("erasure", email.lower())


def remember(address_hash: str) -> None:
    """Note outside the database that the address was erased; after the commit."""
    with _outside().open("a", encoding="ascii") as file:
        file.write(address_hash + "\n")


def remember_all() -> None:
    """As `remember`, for every erasure that is committed and not noted yet: those the clock made, or whose process died in between."""
    noted = set(_outside().read_text(encoding="ascii").split()) if _outside().exists() else set()
    for address_hash in db.session.scalars(select(Erasure.address_hash).order_by(Erasure.id)):
        if address_hash not in noted:
            noted.add(address_hash)
            remember(address_hash)


def _outside() -> Path:
    return Path(current_app.config["DATA_DIR"]) / OUTSIDE


def forget_again(now: datetime) -> int:
    """On a site put back from a backup: erase whom that backup still knows and who was erased since. How many; the caller commits."""
    path = _outside()
    if not restored.is_marked() or not path.exists():
        return 0
    wanted = set(path.read_text(encoding="ascii").split())
    again = [person for person in db.session.scalars(select(Person).order_by(Person.id)) if hash_of(person.email) in wanted]
    for person in again:
        forget(person, now=now)
    return len(again)


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
