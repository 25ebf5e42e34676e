"""What the evidence pack copies beside the findings: public texts and the files that prove them. Nothing restricted is read here."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.activities.models import Activity, ActivityMinutes
from app.audit.models import AuditEntry
from app.compliance.models import SiteProbe
from app.core.db import db
from app.evidence.models import Attachment
from app.forum.models import Meeting, Minutes
from app.processes.models import Opportunity, Process


def forum_minutes(space_id: int) -> Iterator[tuple[int, str, Minutes]]:
    """(number, title, minutes) of each meeting whose minutes are public, the text that stands, by number."""
    newest = (
        select(Minutes.meeting_id, func.max(Minutes.version).label("version"))
        .where(Minutes.published_at.is_not(None))
        .group_by(Minutes.meeting_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Meeting.number, Meeting.title, Minutes)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .join(newest, (newest.c.meeting_id == Minutes.meeting_id) & (newest.c.version == Minutes.version))
        .where(Meeting.space_id == space_id)
        .order_by(Meeting.number)
    )
    yield from ((row[0], row[1], row[2]) for row in rows)


def activity_minutes(process_id: int) -> Iterator[tuple[str, str, ActivityMinutes]]:
    """(slug, title, minutes) of each activity whose minutes are public, the text that stands, by date."""
    newest = (
        select(ActivityMinutes.activity_id, func.max(ActivityMinutes.version).label("version"))
        .where(ActivityMinutes.published_at.is_not(None))
        .group_by(ActivityMinutes.activity_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Opportunity.slug, Opportunity.title, ActivityMinutes)
        .join(Activity, Activity.opportunity_id == Opportunity.id)
        .join(ActivityMinutes, ActivityMinutes.activity_id == Activity.id)
        .join(newest, (newest.c.activity_id == ActivityMinutes.activity_id) & (newest.c.version == ActivityMinutes.version))
        .where(Activity.process_id == process_id)
        .order_by(Opportunity.starts_at, Opportunity.id)
    )
    yield from ((row[0], row[1], row[2]) for row in rows)


def public_files(process: Process) -> list[Attachment]:
    """Every public file of the process and of its space's forum and attestations, oldest first."""
    return list(
        db.session.scalars(
            select(Attachment)
            .where(
                Attachment.is_public,
                or_(Attachment.process_id == process.id, (Attachment.space_id == process.space_id) & Attachment.process_id.is_(None)),
            )
            .order_by(Attachment.uploaded_at, Attachment.id)
        )
    )


def register_extract(process: Process) -> Iterator[AuditEntry]:
    """The acts of the register about the process and its space, in order, a few hundred in memory at a time."""
    names = (process.slug, process.space.slug)
    about: list[ColumnElement[bool]] = [AuditEntry.subject_ref.in_(names), AuditEntry.subject_ref.startswith(f"{process.code}-")]
    about += [AuditEntry.subject_ref.startswith(f"{name}{mark}", autoescape=True) for name in names for mark in "-/"]
    rows: Any = db.session.scalars(select(AuditEntry).where(or_(*about)).order_by(AuditEntry.seq).execution_options(yield_per=500))
    yield from rows


def all_probes(space_id: int) -> Iterator[SiteProbe]:
    yield from db.session.scalars(
        select(SiteProbe).where(SiteProbe.space_id == space_id).order_by(SiteProbe.day, SiteProbe.hour, SiteProbe.id)
    )
