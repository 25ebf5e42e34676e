"""The criteria of a process, and when it began to take what people say: criteria are published before (BR-20)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.core.db import db
from app.processes.models import Criterion, Opportunity
from app.processes.rules.schedule import OpportunityKind

TAKING = (OpportunityKind.WORKSHOP, OpportunityKind.ASSEMBLY, OpportunityKind.CONSULTATION, OpportunityKind.ONLINE, OpportunityKind.WINDOW)
"""Opportunities at which people contribute; a meeting of the forum is not one."""


def criteria(process_id: int) -> Sequence[Criterion]:
    """In the order of their publication."""
    return db.session.scalars(select(Criterion).where(Criterion.process_id == process_id).order_by(Criterion.position, Criterion.id)).all()


def criterion(process_id: int, position: int) -> Criterion | None:
    return db.session.scalar(select(Criterion).where(Criterion.process_id == process_id, Criterion.position == position))


def inputs_opened_at(process_id: int) -> datetime | None:
    """When the first opportunity to contribute opens, by the published schedule; None when it has none."""
    return db.session.scalar(
        select(func.min(Opportunity.starts_at)).where(
            Opportunity.process_id == process_id, Opportunity.kind.in_(TAKING), Opportunity.is_withdrawn.is_(False)
        )
    )
