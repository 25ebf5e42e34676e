"""Outreach of a process: what was done so that people knew they could take part."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.activities.models import OutreachAction
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.processes.models import Process
from app.territories.models import Territory

SUBJECT = "outreach"


@dataclass(frozen=True)
class OutreachRow:
    """One action as pages show it, its place in words and its public files."""

    action: OutreachAction
    place: str
    files: Sequence[Attachment] = field(default=())

    @property
    def stands(self) -> bool:
        return self.action.withdrawn_at is None


def outreach(process_id: int) -> list[OutreachRow]:
    """Every action of a process, the latest first, also those taken back; two statements."""
    rows = db.session.execute(
        select(OutreachAction, func.coalesce(Territory.full_name, ""))
        .outerjoin(Territory, Territory.ubigeo == OutreachAction.ubigeo)
        .where(OutreachAction.process_id == process_id)
        .order_by(OutreachAction.done_on.desc(), OutreachAction.number.desc())
    ).all()
    files: dict[int, list[Attachment]] = {}
    for file in evidence.of_many(SUBJECT, [action.id for action, _ in rows], public_only=True):
        files.setdefault(file.subject_id, []).append(file)
    return [OutreachRow(action, place, tuple(files.get(action.id, ()))) for action, place in rows]


def outreach_by_number(slug: str, number: int) -> OutreachAction | None:
    """One action of the process `slug`, process and space loaded."""
    return db.session.scalar(
        select(OutreachAction)
        .join(Process, Process.id == OutreachAction.process_id)
        .where(Process.slug == slug, OutreachAction.number == number)
        .options(joinedload(OutreachAction.process).joinedload(Process.space))
    )


def outreach_by_key(submission_key: str) -> OutreachAction | None:
    return db.session.scalar(
        select(OutreachAction).where(OutreachAction.submission_key == submission_key).options(joinedload(OutreachAction.process))
    )


def last_outreach_number(process_id: int) -> int:
    return db.session.scalar(select(func.max(OutreachAction.number)).where(OutreachAction.process_id == process_id)) or 0
