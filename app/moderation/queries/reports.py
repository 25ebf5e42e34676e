"""What people reported."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app.core.db import db
from app.deliberation.models import Comment
from app.moderation.models import ContentReport
from app.moderation.queries.actions import Subject


def is_about(subject: Subject) -> ColumnElement[bool]:
    if isinstance(subject, Comment):
        return ContentReport.comment_id == subject.id
    return ContentReport.contribution_id == subject.id


def reports_on(subject: Subject) -> Sequence[ContentReport]:
    """Every report of it, the open ones first, then the newest."""
    return db.session.scalars(
        select(ContentReport).where(is_about(subject)).order_by(ContentReport.closed_at.is_not(None), ContentReport.id.desc())
    ).all()


def open_reports(process_id: int) -> Sequence[ContentReport]:
    """Those of a process that no act has closed, oldest first."""
    return db.session.scalars(
        select(ContentReport).where(ContentReport.process_id == process_id, ContentReport.closed_at.is_(None)).order_by(ContentReport.id)
    ).all()


def reports_from(reporter_key: str, since: datetime) -> int:
    """How many an account or an address sent since then."""
    return (
        db.session.scalar(
            select(func.count(ContentReport.id)).where(ContentReport.reporter_key == reporter_key, ContentReport.reported_at >= since)
        )
        or 0
    )
