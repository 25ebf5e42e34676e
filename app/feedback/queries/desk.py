"""What lies on the desks: answers to sign, to publish, returned ones, batches released."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.activities.models import Activity
from app.contributions.models import Contribution
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.feedback.models import Decision, DecisionWriter, PublicationBatch
from app.feedback.queries.history import Version, versions_of
from app.feedback.queries.numbers import lacks_signature
from app.feedback.rules.outcomes import DecisionState, Seat
from app.organisations.models import Organisation
from app.processes.models import Process


class DeskRow(NamedTuple):
    """An answer that awaits somebody: enough for a line that leads to it."""

    code: str
    title: str
    process_slug: str
    since: datetime
    note: str


_PARTS = (
    joinedload(Decision.commitment), joinedload(Decision.milestone), joinedload(Decision.organisation), joinedload(Decision.merged_into),
    joinedload(Decision.contribution).joinedload(Contribution.process).joinedload(Process.space),
    joinedload(Decision.contribution).joinedload(Contribution.theme),
    joinedload(Decision.contribution).joinedload(Contribution.territory),
    joinedload(Decision.contribution).joinedload(Contribution.activity).joinedload(Activity.opportunity),
)  # fmt: skip


def _in_state(process_id: int, state: DecisionState):
    """One row for each answer: of a group that is answered once, its first."""
    return select(Decision).where(Decision.process_id == process_id, Decision.state == state, Decision.group_place <= 1)


def to_sign(process_id: int, seat: Seat, number: int = 1) -> Page:
    """Answers in review without this seat's signature under the text that stands, oldest first, as `Version`."""
    rows = _in_state(process_id, DecisionState.REVIEW).where(lacks_signature(seat))
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    found = db.session.scalars(
        rows.options(*_PARTS).order_by(Decision.drafted_at, Decision.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    return Page(versions_of(found), number, total)


def in_review(process_id: int, number: int = 1) -> Page:
    """Every answer in review, for those who read without signing."""
    rows = _in_state(process_id, DecisionState.REVIEW)
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    found = db.session.scalars(
        rows.options(*_PARTS).order_by(Decision.drafted_at, Decision.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    return Page(versions_of(found), number, total)


def to_publish(process_id: int) -> tuple[Version, ...]:
    """Every approved answer, oldest first."""
    rows = db.session.scalars(
        _in_state(process_id, DecisionState.APPROVED).options(*_PARTS).order_by(Decision.drafted_at, Decision.id)
    ).all()
    return versions_of(rows)


def batches(process_id: int) -> Sequence[PublicationBatch]:
    """Newest first."""
    return db.session.scalars(
        select(PublicationBatch)
        .where(PublicationBatch.process_id == process_id)
        .order_by(PublicationBatch.n.desc(), PublicationBatch.id.desc())
    ).all()


def returned_to(person_id: int, process_ids: Sequence[int], most: int = 10) -> list[DeskRow]:
    """Answers sent back that the person wrote in, the longest waiting first, with the note."""
    rows = db.session.execute(
        _desk_rows(Decision.return_note)
        .join(DecisionWriter, DecisionWriter.decision_id == Decision.id)
        .where(Decision.process_id.in_(process_ids), DecisionWriter.person_id == person_id, Decision.state == DecisionState.DRAFT,
               Decision.return_note != "")
        .order_by(Decision.saved_at, Decision.id).limit(most)
    )  # fmt: skip
    return [DeskRow(*row) for row in rows]


def oldest_to_sign(seat: Seat, process_ids: Sequence[int], most: int = 10) -> list[DeskRow]:
    rows = db.session.execute(
        _desk_rows(Organisation.name)
        .outerjoin(Organisation, Organisation.id == Decision.organisation_id)
        .where(Decision.process_id.in_(process_ids), Decision.state == DecisionState.REVIEW, lacks_signature(seat))
        .order_by(Decision.saved_at, Decision.id).limit(most)
    )  # fmt: skip
    return [DeskRow(row[0], row[1], row[2], row[3], row[4] or "") for row in rows]


def oldest_to_publish(process_ids: Sequence[int], most: int = 10) -> list[DeskRow]:
    rows = db.session.execute(
        _desk_rows(Organisation.name)
        .outerjoin(Organisation, Organisation.id == Decision.organisation_id)
        .where(Decision.process_id.in_(process_ids), Decision.state == DecisionState.APPROVED)
        .order_by(Decision.saved_at, Decision.id).limit(most)
    )  # fmt: skip
    return [DeskRow(row[0], row[1], row[2], row[3], row[4] or "") for row in rows]


def _desk_rows(note: Any):
    return (
        select(Contribution.code, Contribution.title, Process.slug, Decision.saved_at, note)
        .select_from(Decision)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .join(Process, Process.id == Decision.process_id)
    )


def organisation_by_id(organisation_id: int | None) -> Organisation | None:
    return db.session.get(Organisation, organisation_id) if organisation_id else None


def person_id_by_email(email: str) -> int | None:
    """For the command line, where nobody is signed in."""
    return db.session.scalar(select(Person.id).where(Person.email == email.strip().lower()))
