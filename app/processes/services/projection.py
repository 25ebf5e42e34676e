"""Phases and opportunities as rows, made to say what the latest published schedule says."""

from dataclasses import asdict

from sqlalchemy import select

from app.core.db import db
from app.processes.models import Opportunity, Phase, Process
from app.processes.rules.schedule import OpportunityPlan, Schedule


def project(process: Process, schedule: Schedule) -> None:
    """Bring the rows of `process` in line with `schedule`. An opportunity taken out stays, marked as withdrawn."""
    _phases(process, schedule)
    _opportunities(process, schedule)
    db.session.flush()


def _phases(process: Process, schedule: Schedule) -> None:
    known = {phase.kind: phase for phase in db.session.scalars(select(Phase).where(Phase.process_id == process.id))}
    for position, span in enumerate(schedule.phases):
        phase = known.pop(span.kind, None)
        if phase is None:
            phase = Phase(process_id=process.id, kind=span.kind)
            db.session.add(phase)
        phase.title, phase.summary, phase.position = span.title, span.summary, position
        phase.opens_at, phase.closes_at = span.opens_at, span.closes_at
    for gone in known.values():
        db.session.delete(gone)


def _opportunities(process: Process, schedule: Schedule) -> None:
    known = {row.slug: row for row in db.session.scalars(select(Opportunity).where(Opportunity.process_id == process.id))}
    for plan in schedule.opportunities:
        row = known.pop(plan.slug, None)
        if row is None:
            row = Opportunity(process_id=process.id, slug=plan.slug)
            db.session.add(row)
        _write(row, plan)
    for gone in known.values():
        gone.is_withdrawn = True


def _write(row: Opportunity, plan: OpportunityPlan) -> None:
    for field, value in asdict(plan).items():
        setattr(row, field, value)
    row.ubigeo = plan.ubigeo or None
    row.is_withdrawn = False
