"""Letters about the account itself: codes and links asked for, and what happened to it, told to the address it has (S39)."""

from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import update

from app.accounts.models import Person
from app.accounts.rules.codes import grouped
from app.accounts.services.sealing import new_handle
from app.core.dates import long_date, long_instant
from app.core.db import db
from app.notifications import services as notifications
from app.notifications.models import Notification

OF_ACCOUNTS = "accounts.%"


def tell(person: Person, event: str, *, now: datetime, address: str = "", detail: str = "") -> None:
    """Queue the letter that says what happened and what to do if it was somebody else; `event` is a key of the template.

    The caller commits.
    """
    content = {"event": event, "detail": detail, "when": long_instant(now), "reset": _address("/olvide-mi-clave")}
    notifications.queue("accounts.happened", content=content, at=now, **_to(address or person.email, person.id))


def send_code(address: str, code: str, *, is_invited: bool, now: datetime) -> None:
    """Queue the letter with a code; who was invited and has not accepted is told so instead. The caller commits."""
    content = {"code": "" if is_invited else grouped(code), "site": _address("/ingresar")}
    notifications.queue("accounts.code", content=content, at=now, **_to(address, None))


def send_reset(address: str, token: str, *, now: datetime) -> None:
    """Queue the letter with the link to a new password; without token it says that no account can be opened so. The caller commits."""
    content = {"link": _address(f"/clave-nueva/{token}") if token else "", "site": _address("/crear-cuenta")}
    notifications.queue("accounts.reset", content=content, at=now, **_to(address, None))


def send_invitation(person: Person, token: str, inviter: str, until: str, *, now: datetime) -> None:
    """Queue the invitation; the caller commits."""
    content = {"link": invitation_address(token), "name": person.name, "inviter": inviter, "until": until}
    notifications.queue("accounts.invited", content=content, at=now, **_to(person.email, person.id))


def tell_unused(person: Person, until: date, *, now: datetime) -> None:
    """Queue the letter that says nobody uses the account, and until when entering once keeps it. The caller commits."""
    person.unused_told_at = now
    content = {"until": long_date(until), "site": _address("/ingresar")}
    notifications.queue("accounts.unused", content=content, at=now, **_to(person.email, person.id))


def tell_retired(person: Person, address: str, *, now: datetime) -> None:
    """Queue the last letter to who did not enter; its address is forgotten once it is sent. The caller commits."""
    content = {"until": "", "site": _address("/crear-cuenta")}
    notifications.queue("accounts.unused", content=content, at=now, **_to(address, person.id))


def send_change(person: Person, address: str, new_email: str, token: str, *, is_new: bool, now: datetime) -> None:
    """Queue one of the two letters that a change of address needs; the caller commits."""
    content = {"link": _address(f"/correo-nuevo/{token}"), "new_email": new_email, "is_new": is_new}
    notifications.queue("accounts.change", content=content, at=now, **_to(address, person.id))


def invitation_address(token: str) -> str:
    return _address(f"/invitacion/{token}")


def _address(path: str) -> str:
    return f"{current_app.config['SITE_URL']}{path}"


def _to(address: str, person_id: int | None) -> dict[str, Any]:
    return {
        "address": address, "person_id": person_id, "subject_kind": "account", "subject_id": person_id or 0,
        "dedupe_key": f"accounts:{new_handle()}",
    }  # fmt: skip


def forget_contents(before: datetime) -> int:
    """Empty the account letters older than that: a code or a link needs no copy. How many comes back; the caller commits."""
    done = db.session.execute(
        update(Notification)
        .where(Notification.kind.like(OF_ACCOUNTS), Notification.created_at < before, Notification.subject_id >= 0)
        .values(content={}, subject_id=-1),
        execution_options={"synchronize_session": False},
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
