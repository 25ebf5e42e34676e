"""Reading the documents of a round, its calendar, its ceilings and its steps: every version that was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.budgeting.models import BudgetDocument, BudgetRound, CalendarVersion, CeilingVersion, DocumentVersion, RoundStep
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules.calendar import RoundActivity, RoundCalendar
from app.budgeting.rules.documents import DocumentKind
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.processes.models import Process
from app.processes.rules.states import ProcessState

DOCUMENT_SUBJECT = "budget-document"


@dataclass(frozen=True)
class DocumentSeen:
    """A document with the version that stands, its file, and how many versions there are."""

    document: BudgetDocument
    latest: DocumentVersion
    files: Sequence[Attachment]
    versions: int


def documents(round_id: int) -> list[DocumentSeen]:
    """By number, each in its latest version: three statements."""
    rows = db.session.scalars(
        select(DocumentVersion)
        .join(BudgetDocument)
        .where(BudgetDocument.round_id == round_id)
        .options(joinedload(DocumentVersion.document))
        .order_by(BudgetDocument.number, DocumentVersion.n)
    ).all()
    latest = {row.document_id: row for row in rows}
    files = evidence.of_many(DOCUMENT_SUBJECT, [row.id for row in latest.values()], public_only=True)
    return [DocumentSeen(row.document, row, [file for file in files if file.subject_id == row.id], row.n) for row in latest.values()]


def document(slug: str, number: int) -> BudgetDocument | None:
    """A document of a public process; round, process and space loaded."""
    return db.session.scalar(
        select(BudgetDocument)
        .join(BudgetRound)
        .join(Process)
        .where(Process.slug == slug, Process.state != ProcessState.DRAFT, BudgetDocument.number == number)
        .options(joinedload(BudgetDocument.round).joinedload(BudgetRound.process).joinedload(Process.space))
    )


def versions_of(document_id: int) -> Sequence[DocumentVersion]:
    """Every version, the latest first."""
    return db.session.scalars(
        select(DocumentVersion).where(DocumentVersion.document_id == document_id).order_by(DocumentVersion.n.desc())
    ).all()


def last_document_number(round_id: int) -> int:
    return db.session.scalar(select(func.max(BudgetDocument.number)).where(BudgetDocument.round_id == round_id)) or 0


def document_kinds(round_id: int) -> frozenset[DocumentKind]:
    return frozenset(db.session.scalars(select(BudgetDocument.kind).where(BudgetDocument.round_id == round_id)))


def calendar_versions(round_id: int) -> Sequence[CalendarVersion]:
    """Every publication, the latest first."""
    return db.session.scalars(select(CalendarVersion).where(CalendarVersion.round_id == round_id).order_by(CalendarVersion.n.desc())).all()


def calendar_version(round_id: int) -> CalendarVersion | None:
    """The one that stands."""
    return db.session.scalar(
        select(CalendarVersion).where(CalendarVersion.round_id == round_id).order_by(CalendarVersion.n.desc()).limit(1)
    )


def calendar(round_id: int) -> RoundCalendar:
    """What the calendar in force says; an empty one before the first."""
    version = calendar_version(round_id)
    return calendars.from_json(version.content) if version else RoundCalendar()


def registration_window(round_id: int) -> tuple[date, date] | None:
    """The days in which agents register, by the calendar in force."""
    return calendar(round_id).window(RoundActivity.REGISTRATION)


def ceiling_versions(round_id: int) -> Sequence[CeilingVersion]:
    """Every version, the latest first."""
    return db.session.scalars(select(CeilingVersion).where(CeilingVersion.round_id == round_id).order_by(CeilingVersion.n.desc())).all()


def steps(round_id: int) -> Sequence[RoundStep]:
    """The states the round reached, in the order it did."""
    return db.session.scalars(select(RoundStep).where(RoundStep.round_id == round_id).order_by(RoundStep.at, RoundStep.id)).all()


def files_of_versions(version_ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """The public files of each version."""
    found: dict[int, list[Attachment]] = {version_id: [] for version_id in version_ids}
    for file in evidence.of_many(DOCUMENT_SUBJECT, version_ids, public_only=True):
        found[file.subject_id].append(file)
    return found
