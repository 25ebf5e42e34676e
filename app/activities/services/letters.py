"""Letters to those who registered: what they say, with the date as a file for their calendar."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from app.activities import documents
from app.activities.models import Registration
from app.core import dates
from app.notifications import services as notifications
from app.processes.models import Opportunity

_MARK_BYTES = 18


def private_token(code: str) -> str:
    """The token of somebody's private page: their code and a mark that only this server can make."""
    secret = current_app.config["SECRET_KEY"].encode()
    mark = hmac.new(secret, f"minka.registration:{code}".encode("utf-8", "replace"), hashlib.sha256).digest()[:_MARK_BYTES]
    return f"{code}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


def code_of(token: str) -> str | None:
    """The code whose private page the token opens; None for a token this server did not make."""
    code = token.partition(".")[0][:40]
    return code if hmac.compare_digest(private_token(code).encode(), token.encode("utf-8", "replace")) else None


def subscribe(opportunity: Opportunity, registration: Registration, *, now: datetime) -> None:
    if registration.email:
        notifications.subscribe("process", opportunity.process_id, registration.email, at=now)


def tell_registered(opportunity: Opportunity, registration: Registration, *, now: datetime) -> None:
    """A place, with the date; once for each time somebody registers."""
    if registration.email:
        notifications.queue(
            "activities.registered", address=registration.email, subject_kind="opportunity", subject_id=opportunity.id,
            content=content(opportunity, registration), dedupe_key=_once("registered", registration, registration.created_at), at=now,
        )  # fmt: skip


def tell_waiting(opportunity: Opportunity, registration: Registration, *, now: datetime) -> None:
    """No place yet: on the list, and what happens then."""
    if registration.email:
        notifications.queue(
            "activities.waiting", address=registration.email, subject_kind="opportunity", subject_id=opportunity.id,
            content=content(opportunity, registration), dedupe_key=_once("waiting", registration, registration.created_at), at=now,
        )  # fmt: skip


def tell_moved_up(opportunity: Opportunity, registration: Registration, *, now: datetime) -> None:
    """Somebody cancelled: there is a place now."""
    if registration.email:
        notifications.queue(
            "activities.moved-up", address=registration.email, subject_kind="opportunity", subject_id=opportunity.id,
            content=content(opportunity, registration), dedupe_key=_once("moved-up", registration, now), at=now,
        )  # fmt: skip


def again(opportunity: Opportunity, registration: Registration, *, now: datetime) -> None:
    """Somebody registered an address that was registered: its owner gets the private link again, at most once an hour."""
    if registration.email:
        notifications.queue(
            "activities.registered-again", address=registration.email, subject_kind="opportunity", subject_id=opportunity.id,
            content=content(opportunity, registration), at=now,
            dedupe_key=_once("again", registration, now.replace(minute=0, second=0, microsecond=0)),
        )  # fmt: skip


def reminder(opportunity: Opportunity, registration: Registration, days: int) -> notifications.NewLetter:
    return notifications.NewLetter(
        address=registration.email or "", subject_kind="opportunity", subject_id=opportunity.id,
        content={**content(opportunity, registration), "days": days},
        dedupe_key=f"activities.reminder:{registration.code}:{dates.rfc3339(opportunity.starts_at)}:{days}",
    )  # fmt: skip


def content(opportunity: Opportunity, registration: Registration) -> dict[str, Any]:
    """What the letters print; `opportunity.process` is loaded."""
    site = current_app.config["SITE_URL"]
    address = f"{site}/procesos/{opportunity.process.slug}/actividades/{opportunity.slug}"
    file = documents.calendar(
        opportunity, url=address, host=urlsplit(site).hostname or "minka", stamped_at=registration.created_at,
        revision=opportunity.process.public_revision, is_cancelled=False,
    )  # fmt: skip
    return {
        "name": registration.name, "title": opportunity.title, "process": opportunity.process.title,
        "when": dates.long_instant(opportunity.starts_at), "until": dates.hour(opportunity.ends_at), "place": opportunity.place,
        "link": opportunity.url, "contact": opportunity.contact, "slug": opportunity.process.slug, "activity": opportunity.slug,
        "token": private_token(registration.code), "code": registration.code, "calendar": file.decode("utf-8"),
    }  # fmt: skip


def _once(what: str, registration: Registration, at: datetime) -> str:
    return f"activities.{what}:{registration.code}:{int(at.timestamp())}"
