"""Batches that wait for their hour, and those that were held."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.db import db
from app.feedback.models import Decision, ScheduledAnswer, ScheduledPublication
from app.feedback.rules.scheduling import ScheduledState
from app.processes.models import Process


class ScheduledRow(NamedTuple):
    """A scheduled batch as staff see it, with who asked for it."""

    publication: ScheduledPublication
    who: str


def scheduled(process_id: int, most: int = 10) -> list[ScheduledRow]:
    """Those that wait, the soonest first; then the last ones settled."""
    rows = db.session.execute(
        select(ScheduledPublication, Person.name)
        .join(Person, Person.id == ScheduledPublication.requested_by_id)
        .where(ScheduledPublication.process_id == process_id)
        .order_by(
            ScheduledPublication.state != ScheduledState.WAITING, ScheduledPublication.settled_at.desc(), ScheduledPublication.at,
            ScheduledPublication.id,
        )
        .limit(most)
    )  # fmt: skip
    return [ScheduledRow(publication, name) for publication, name in rows]


def scheduled_by_id(slug: str, publication_id: int) -> ScheduledPublication | None:
    """A scheduled batch of that process, process and space loaded."""
    return db.session.scalar(
        select(ScheduledPublication)
        .join(Process, Process.id == ScheduledPublication.process_id)
        .where(Process.slug == slug, ScheduledPublication.id == publication_id)
        .options(joinedload(ScheduledPublication.process).joinedload(Process.space))
    )


def due(now: datetime) -> list[int]:
    """Ids of the batches whose hour has come, the oldest hour first."""
    return list(
        db.session.scalars(
            select(ScheduledPublication.id)
            .where(ScheduledPublication.state == ScheduledState.WAITING, ScheduledPublication.at <= now)
            .order_by(ScheduledPublication.at, ScheduledPublication.id)
        )
    )


def scheduled_answers(publication_id: int) -> dict[int, str]:
    """Decision -> the hash of the text that was chosen."""
    return {
        decision_id: sha256
        for decision_id, sha256 in db.session.execute(
            select(ScheduledAnswer.decision_id, ScheduledAnswer.sha256)
            .where(ScheduledAnswer.publication_id == publication_id)
            .order_by(ScheduledAnswer.decision_id)
        )
    }


def scheduled_ids(decision_ids: Collection[int]) -> set[int]:
    """Which of these answers are in a batch that waits, as they stand now."""
    return set(
        db.session.scalars(
            select(ScheduledAnswer.decision_id)
            .join(ScheduledPublication, ScheduledPublication.id == ScheduledAnswer.publication_id)
            .join(Decision, Decision.id == ScheduledAnswer.decision_id)
            .where(
                ScheduledPublication.state == ScheduledState.WAITING, ScheduledAnswer.decision_id.in_(decision_ids),
                ScheduledAnswer.sha256 == Decision.sha256,
            )
        )
    )  # fmt: skip


def held_publications(process_ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many batches were held and nobody has seen, and since when; for the desk."""
    if not process_ids:
        return {}
    settled = func.coalesce(ScheduledPublication.settled_at, ScheduledPublication.at)
    rows = db.session.execute(
        select(ScheduledPublication.process_id, func.count(), func.min(settled))
        .where(
            ScheduledPublication.process_id.in_(process_ids), ScheduledPublication.state == ScheduledState.HELD,
            ScheduledPublication.seen_at.is_(None),
        )
        .group_by(ScheduledPublication.process_id)
    )  # fmt: skip
    return {process_id: (count, since) for process_id, count, since in rows}
