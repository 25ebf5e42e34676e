"""Letters waiting in the outbox, composed as they would be sent."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.notifications import rules
from app.notifications.models import Notification
from app.notifications.services import delivery
from app.voting import queries as voting
from app.voting.models import Vote


def letters(number: int, now: datetime) -> Page:
    """A page of letters, newest first: (letter, subject, text)."""
    rows = db.session.scalars(
        select(Notification)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    server = rules.MailServer("localhost", 25, sender=f"minka@{current_app.config['SITE_URL'].partition('//')[2].partition(':')[0]}")
    composed = []
    for letter in rows:
        message = delivery.compose(letter, server, now)
        body = message.get_body(("plain",))
        composed.append((letter, str(message["Subject"]), body.get_content() if body else ""))
    return Page(composed, number, db.session.scalar(select(func.count(Notification.id))) or 0)


def open_votes(now: datetime) -> Sequence[Vote]:
    """The votes one can try now."""
    return voting.open_votes(now)
