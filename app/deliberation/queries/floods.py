"""What a person or an address sent lately, and what was said lately in a process."""

from datetime import datetime

from sqlalchemy import func, select

from app.contributions.rules.floods import MOST_COMPARED
from app.core.db import db
from app.deliberation.models import Comment


def comments_of_person(person_id: int, since: datetime) -> int:
    return db.session.scalar(select(func.count(Comment.id)).where(Comment.author_id == person_id, Comment.written_at >= since)) or 0


def comments_from_address(address: str, since: datetime) -> int:
    return db.session.scalar(select(func.count(Comment.id)).where(Comment.address == address, Comment.written_at >= since)) or 0


def recent_comments(process_id: int, since: datetime) -> tuple[str, ...]:
    """The last texts of the process, whatever became of them, newest first."""
    rows = db.session.scalars(
        select(Comment.text)
        .where(Comment.process_id == process_id, Comment.written_at >= since)
        .order_by(Comment.id.desc())
        .limit(MOST_COMPARED)
    )
    return tuple(rows)
