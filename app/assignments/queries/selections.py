"""The contributions somebody marked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assignments.models import Selection
from app.core.db import db
from app.processes.models import Process


def selection_by_key(process_slug: str, key: str, person_id: int | None) -> Selection | None:
    """What this person marked, process and space loaded; nobody else's."""
    return db.session.scalar(
        select(Selection)
        .join(Process, Process.id == Selection.process_id)
        .where(Process.slug == process_slug, Selection.key == key, Selection.person_id == person_id)
        .options(joinedload(Selection.process).joinedload(Process.space))
    )


def stale_selections(before: datetime) -> Sequence[Selection]:
    return db.session.scalars(select(Selection).where(Selection.made_at < before).order_by(Selection.id)).all()
