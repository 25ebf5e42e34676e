"""What needs no reminder, and the words of those that do."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.feedback.models import Decision
from app.feedback.rules.outcomes import DecisionState
from app.organisations.models import Organisation
from app.processes.models import Process


def written_contributions() -> Select[Any]:
    """Contributions whose answer is in review or approved: their entity has done its part."""
    return select(Decision.contribution_id).where(Decision.state.in_((DecisionState.REVIEW, DecisionState.APPROVED)))


def processes_by_id(process_ids: Collection[int]) -> dict[int, Process]:
    """These processes, their spaces loaded; nothing is asked for none."""
    if not process_ids:
        return {}
    rows = db.session.scalars(select(Process).where(Process.id.in_(process_ids)).options(joinedload(Process.space)))
    return {process.id: process for process in rows}


def organisation_slug(organisation_id: int) -> str:
    return db.session.scalar(select(Organisation.slug).where(Organisation.id == organisation_id)) or ""
