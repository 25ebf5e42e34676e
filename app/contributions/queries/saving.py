"""Drafts of the public form."""

from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import SavedDraft
from app.core.db import db
from app.notifications.models import Notification
from app.processes.models import Process

DRAFT_LETTER = "contributions.draft"


def saved_draft(token_hash: str, now: datetime) -> SavedDraft | None:
    """The draft behind a link, its process and space loaded; None once its time is over, deleted already or not."""
    return db.session.scalar(
        select(SavedDraft)
        .where(SavedDraft.token_hash == token_hash, SavedDraft.expires_at > now)
        .options(joinedload(SavedDraft.process).joinedload(Process.space))
    )


def drafts_of(process_id: int) -> int:
    """How many are kept for a process."""
    return db.session.scalar(select(func.count()).select_from(SavedDraft).where(SavedDraft.process_id == process_id)) or 0


def draft_letters_since(address: str, since: datetime) -> tuple[int, int]:
    """How many links of drafts were mailed since then: to that address, and in all."""
    own = func.sum(case((Notification.address == address, 1), else_=0))
    query = select(own, func.count()).select_from(Notification)
    row = db.session.execute(query.where(Notification.kind == DRAFT_LETTER, Notification.created_at > since)).one()
    return int(row[0] or 0), int(row[1])
