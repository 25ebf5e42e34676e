"""Answers against the two days that matter: the close of inputs and the approval of the plan."""

from datetime import date, datetime

from sqlalchemy import case, func, select

from app.compliance.rules.feedback import FeedbackFacts
from app.core.clock import end_of_lima_day, lima_day
from app.core.db import db
from app.feedback import queries as feedback
from app.feedback.models import Decision
from app.feedback.rules.outcomes import DecisionState, Outcome
from app.plans.queries import PlanFacts
from app.processes.models import Process
from app.processes.rules.schedule import PhaseKind, Schedule

MOST_CODES = 100
FINAL = tuple(outcome for outcome in Outcome if outcome.is_final and outcome is not Outcome.WITHDRAWN)


def feedback_facts(process: Process, schedule: Schedule, plan: PlanFacts | None, closes: date | None) -> FeedbackFacts:
    coverage = feedback.coverage(process.id)
    approved = (plan.approved_at if plan else None) or process.approved_at
    phase = schedule.phase(PhaseKind.APPROVAL)
    count, early, late, first, last = _published(process.id, end_of_lima_day(closes) if closes else None, approved)
    base = f"/procesos/{process.slug}/respuestas"
    return FeedbackFacts(
        received=coverage.received, withdrawn=coverage.withdrawn, answered=coverage.answered, early=min(early, coverage.answered),
        late=min(late, coverage.answered), missing=tuple(feedback.waiting_codes(process.id, MOST_CODES)) if coverage.waiting else (),
        closes_on=closes, approval_on=lima_day(phase.opens_at) if phase else None, approved_on=lima_day(approved) if approved else None,
        first_on=lima_day(first) if first else None, last_on=lima_day(last) if last else None,
        is_overridden=bool(approved and coverage.waiting), url=base, matrix_urls=(f"{base}.csv", f"{base}.json"),
    )  # fmt: skip


def _published(
    process_id: int, closed_at: datetime | None, approved_at: datetime | None
) -> tuple[int, int, int, datetime | None, datetime | None]:
    """Contributions with a final answer by the first one published: how many, how many before inputs closed, after approval, span."""
    first = (
        select(Decision.contribution_id, func.min(Decision.published_at).label("at"))
        .where(Decision.process_id == process_id, Decision.state == DecisionState.PUBLISHED, Decision.outcome.in_(FINAL))
        .group_by(Decision.contribution_id)
        .subquery()
    )
    early = func.sum(case((first.c.at <= closed_at, 1), else_=0)) if closed_at else func.sum(0)
    late = func.sum(case((first.c.at > approved_at, 1), else_=0)) if approved_at else func.sum(0)
    row = db.session.execute(select(func.count(), early, late, func.min(first.c.at), func.max(first.c.at)).select_from(first)).one()
    return row[0] or 0, int(row[1] or 0), int(row[2] or 0), row[3], row[4]
