"""Reading processes, their themes, phases, opportunities and schedule versions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.processes.models import Criterion, Opportunity, Phase, Process, ScheduleVersion, Theme
from app.processes.rules.states import ProcessState, VersionState


def process_by_slug(slug: str) -> Process | None:
    """A process in any state, its space loaded: for staff."""
    return db.session.scalar(select(Process).where(Process.slug == slug).options(joinedload(Process.space)))


def public_process_by_slug(slug: str) -> Process | None:
    """A process the public may see: everything but drafts."""
    process = process_by_slug(slug)
    return None if process is None or process.state is ProcessState.DRAFT else process


def public_processes() -> Sequence[Process]:
    """Newest first, spaces loaded."""
    return db.session.scalars(
        select(Process)
        .where(Process.state != ProcessState.DRAFT)
        .options(joinedload(Process.space))
        .order_by(Process.created_at.desc(), Process.id.desc())
    ).all()


def themes(process_id: int) -> Sequence[Theme]:
    return db.session.scalars(select(Theme).where(Theme.process_id == process_id).order_by(Theme.position, Theme.id)).all()


def criteria(process_id: int) -> Sequence[Criterion]:
    return db.session.scalars(select(Criterion).where(Criterion.process_id == process_id).order_by(Criterion.position, Criterion.id)).all()


def phases(process_id: int) -> Sequence[Phase]:
    return db.session.scalars(select(Phase).where(Phase.process_id == process_id).order_by(Phase.position, Phase.id)).all()


def opportunities(process_id: int) -> Sequence[Opportunity]:
    """Those that stand, by date."""
    return db.session.scalars(
        select(Opportunity)
        .where(Opportunity.process_id == process_id, Opportunity.is_withdrawn.is_(False))
        .order_by(Opportunity.starts_at, Opportunity.id)
    ).all()


def opportunity(process_slug: str, slug: str) -> Opportunity | None:
    """An opportunity of a public process, process and space loaded; also a withdrawn one, so that its page can say so."""
    return db.session.scalar(
        select(Opportunity)
        .join(Process)
        .where(Process.slug == process_slug, Process.state != ProcessState.DRAFT, Opportunity.slug == slug)
        .options(joinedload(Opportunity.process).joinedload(Process.space))
    )


def coming_opportunities(now: datetime, most: int = 6) -> Sequence[Opportunity]:
    """Those of every public process that have not ended, soonest first, processes loaded."""
    return db.session.scalars(
        select(Opportunity)
        .join(Process)
        .where(Process.state != ProcessState.DRAFT, Opportunity.is_withdrawn.is_(False), Opportunity.ends_at >= now)
        .options(joinedload(Opportunity.process).joinedload(Process.space))
        .order_by(Opportunity.starts_at, Opportunity.id)
        .limit(most)
    ).all()


def published_versions(process_id: int) -> Sequence[ScheduleVersion]:
    """Every publication of the schedule, oldest first."""
    return db.session.scalars(
        select(ScheduleVersion)
        .where(ScheduleVersion.process_id == process_id, ScheduleVersion.state.in_((VersionState.PUBLISHED, VersionState.REPLACED)))
        .order_by(ScheduleVersion.n)
    ).all()
