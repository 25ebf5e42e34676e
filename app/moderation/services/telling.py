"""Telling the person what was done and why, with a private page to appeal."""

import base64
import hashlib
import hmac
from datetime import datetime

from flask import current_app

from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.moderation import queries
from app.moderation.models import Appeal, ModerationAction
from app.moderation.queries import Subject
from app.notifications import services as notifications


def appeal_token(action_id: int) -> str:
    """The token of the private page of an act: the same each time, unknown without the server's key."""
    secret = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(secret, f"minka.appeal:{action_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def appeal_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def tell_act(action: ModerationAction, subject: Subject, *, favoured: str = "", until: datetime | None = None) -> ModerationAction:
    """Open the private page of the act, and write to its author when there is an address. The caller commits."""
    token = appeal_token(action.id)
    action.appeal_hash = appeal_hash(token)
    db.session.flush()
    address, person_id = queries.author_of(subject)
    if address:
        site, place = current_app.config["SITE_URL"], queries.convening(subject.process_id)
        content = {
            "act": str(action.kind), "code": subject.code, "process": place.process, "space": place.space,
            "reason": str(action.reason), "favoured": favoured, "until": long_date(lima_day(until)) if until else "",
            "link": f"{site}/apelaciones/{token}", "log": f"{site}/procesos/{place.slug}/moderacion",
            "contact": place.contact,
        }  # fmt: skip
        notifications.queue(
            "moderation.told", address=address, person_id=person_id, subject_kind="moderation", subject_id=action.id, content=content,
            dedupe_key=f"moderation.told:{action.id}", at=action.at,
        )  # fmt: skip
    return action


def tell_outcome(appeal: Appeal, subject: Subject, *, now: datetime) -> None:
    """Write how the appeal ended and why. The caller commits."""
    address, person_id = queries.author_of(subject)
    if address:
        place = queries.convening(subject.process_id)
        content = {
            "code": subject.code, "process": place.process, "outcome": str(appeal.outcome), "reason": appeal.reason,
            "link": f"{current_app.config['SITE_URL']}/apelaciones/{appeal_token(appeal.action_id)}",
            "contact": place.contact,
        }  # fmt: skip
        notifications.queue(
            "moderation.appeal-decided", address=address, person_id=person_id, subject_kind="moderation", subject_id=appeal.action_id,
            content=content, dedupe_key=f"moderation.appeal-decided:{appeal.action_id}", at=now,
        )  # fmt: skip
