"""A batch chosen now and released at its hour by the worker; held whole when anything of it is no longer as it was read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import insert, select, update
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.feedback import queries
from app.feedback.models import Decision, ScheduledAnswer, ScheduledPublication
from app.feedback.queries.scheduled import due
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.scheduling import ScheduledState, ScheduleProblem, problems_with_cancelling, problems_with_hour
from app.feedback.services.batches import judge_batch, publish_batch
from app.notifications import services as notifications
from app.processes.models import Process

MOST_TOLD = 40


def schedule_batch(
    process: Process, decisions: Sequence[Decision], hashes: Mapping[int, str], at: datetime | None, *, person_id: int, now: datetime
) -> ScheduledPublication:  # fmt: skip
    """Choose the answers of a batch and its hour. Everything is judged now as if it were released now, and again at its hour.

    `hashes` (decision id -> SHA-256) are those on the screen. `process.space` is loaded; the caller commits. Raises RuleBroken.
    """
    refuse_if_any(problems_with_hour(at, now))
    assert at is not None  # noqa: S101 - no hour is a problem of the line above
    if not decisions:
        raise RuleBroken([Problem(FeedbackProblem.NOTHING_CHOSEN)])
    chosen = judge_batch(process, decisions, hashes, now)
    taken = queries.scheduled_ids([d.id for d in chosen])
    refuse_if_any(Problem(ScheduleProblem.ALREADY_SCHEDULED, None, {"code": d.contribution.code}) for d in chosen if d.id in taken)
    publication = ScheduledPublication(
        process_id=process.id, at=at, answers=len(chosen), requested_by_id=person_id, requested_at=now, held_for=[]
    )
    db.session.add(publication)
    db.session.flush()
    db.session.execute(
        insert(ScheduledAnswer), [{"publication_id": publication.id, "decision_id": d.id, "sha256": d.sha256} for d in chosen]
    )
    return publication


def cancel_scheduled(publication: ScheduledPublication, *, person_id: int, now: datetime) -> None:
    """Take a batch off its hour; the answers stay approved. The caller commits. Raises RuleBroken when it is settled already."""
    refuse_if_any(problems_with_cancelling(publication.state))
    if not _settle(publication.id, ScheduledState.CANCELLED, now):
        raise RuleBroken([Problem(ScheduleProblem.NOT_WAITING)])
    db.session.refresh(publication)


def acknowledge_held(publication: ScheduledPublication, *, now: datetime) -> None:
    """Somebody of the secretariat saw why a batch was held: it leaves the desk. The caller commits."""
    publication.seen_at = publication.seen_at or now
    db.session.flush()


def publish_due(now: datetime, say: Callable[[Problem], str]) -> str:
    """Release every batch whose hour has come; the worker calls it each round and commits. Two workers release nothing twice.

    A batch in which a text changed, a signature fell, an objection stands or a check now stops an answer is held whole, and whoever
    asked for it gets a letter with the reasons, in the words `say` gives. Returns what was done, in a sentence for the operator.
    """
    done = [_release(id_, now, say) for id_ in due(now)]
    released, held = done.count(ScheduledState.DONE), done.count(ScheduledState.HELD)
    return f"Lotes programados: {released} publicados, {held} detenidos." if released or held else ""


def _release(publication_id: int, now: datetime, say: Callable[[Problem], str]) -> ScheduledState | None:
    if not _settle(publication_id, ScheduledState.DONE, now):
        return None  # another worker took it
    publication = db.session.scalar(
        select(ScheduledPublication)
        .where(ScheduledPublication.id == publication_id)
        .options(joinedload(ScheduledPublication.process).joinedload(Process.space))
        .execution_options(populate_existing=True)
    )
    assert publication is not None  # noqa: S101 - settled a line above, in this transaction
    process, by, asked, answers = publication.process, publication.requested_by_id, publication.requested_at, publication.answers
    hashes = queries.scheduled_answers(publication_id)
    try:
        with db.session.begin_nested():
            batch = publish_batch(process, queries.decisions_by_id(list(hashes)), person_id=by, now=now, hashes=hashes)
            batch_id = batch.id
    except RuleBroken as broken:
        told = [{"answer": str(p.values.get("code", "")), "words": say(p)} for p in broken.problems]
        _write(publication_id, {"state": ScheduledState.HELD, "held_for": told})
        _tell(publication_id, process, by, {"answers": answers, "asked_at": asked.isoformat(), "reasons": told[:MOST_TOLD]}, now)
        return ScheduledState.HELD
    _write(publication_id, {"batch_id": batch_id})
    return ScheduledState.DONE


def _settle(publication_id: int, state: ScheduledState, now: datetime) -> bool:
    """Take a batch that waits; False when somebody else did."""
    changed = db.session.execute(
        update(ScheduledPublication)
        .where(ScheduledPublication.id == publication_id, ScheduledPublication.state == ScheduledState.WAITING)
        .values(state=state, settled_at=now),
        execution_options={"synchronize_session": False},
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]


def _write(publication_id: int, values: dict[str, Any]) -> None:
    db.session.execute(
        update(ScheduledPublication).where(ScheduledPublication.id == publication_id).values(**values),
        execution_options={"synchronize_session": False},
    )


def _tell(publication_id: int, process: Process, person_id: int, content: dict[str, Any], now: datetime) -> None:
    person = db.session.get(Person, person_id)
    if person is None or not person.email:
        return
    notifications.queue(
        "feedback.batch-held", address=person.email, person_id=person_id, subject_kind="scheduled-publication", subject_id=publication_id,
        content={
            **content, "process": process.title, "space": process.space.name,
            "link": f"{current_app.config['SITE_URL']}/mesa/procesos/{process.slug}/publicacion",
        },
        dedupe_key=f"feedback.batch-held:{publication_id}", at=now,
    )  # fmt: skip
