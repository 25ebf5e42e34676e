"""Noting how a contribution came, so that moderators see first what looks sent by a machine (docs/decisions/0021)."""

from datetime import datetime

from sqlalchemy import update

from app.contributions import queries
from app.contributions.models import Arrival, Contribution
from app.contributions.rules import floods
from app.core import arrival as arrivals
from app.core.db import db


def note_arrival(contribution: Contribution, came: arrivals.Arrival, *, now: datetime) -> tuple[floods.Mark, ...]:
    """Judge how it came and keep the marks; nothing is refused. The caller commits."""
    facts = floods.Facts(
        f"{contribution.title}\n{contribution.text}", is_trapped=came.is_trapped, seconds=came.seconds,
        of_person=queries.sent_by_author_of(contribution.id, now - floods.WINDOW),
        of_address=queries.arrivals_since(came.address, now - floods.WINDOW),
        recent=queries.recent_texts(contribution.process_id, now - floods.COMPARED, but=contribution.id),
    )  # fmt: skip
    found = floods.marks(facts)
    db.session.add(Arrival(contribution_id=contribution.id, address=came.address, marks=floods.written(found), at=now))
    db.session.flush()
    return found


def forget_addresses(before: datetime) -> None:
    """Marks of addresses serve for a few days. The caller commits."""
    db.session.execute(update(Arrival).where(Arrival.at < before, Arrival.address != "").values(address=""))
