"""The course of a process: when it really started, and how it goes from state to state."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean
from app.processes import queries
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.processes.rules.transitions import ProcessFacts, StateProblem, problems_with_step
from app.processes.services.public import touch_public


def record_start(process: Process, at: datetime, *, person_id: int, now: datetime) -> Process:
    """Record the instant of the first activity, whatever was announced: what happened is never refused for being early.

    It is recorded once and for all, and the process is running from then on. Raises RuleBroken.
    """
    process = _locked(process)
    problems = []
    if process.start_at is not None:
        problems.append(Problem(StateProblem.ALREADY_STARTED, "day"))
    if at > now:
        problems.append(Problem(StateProblem.START_IN_FUTURE, "day"))
    if process.state is ProcessState.DRAFT:
        problems.append(Problem(StateProblem.SCHEDULE_NOT_PUBLISHED))
    refuse_if_any(problems)
    process.start_at = at
    if process.state is ProcessState.SCHEDULED:
        process.state = ProcessState.RUNNING
    notice = queries.notice(process, now)
    facts = {"start_at": at, "notice_days": notice.days, "counted_from_version": notice.counted_from}
    audit.record("processes.record-start", "process", process.slug, facts, at=now, role="secretaría")
    touch_public(process.id)
    return process


def advance(
    process: Process, to_state: ProcessState, *, person_id: int, now: datetime, facts: ProcessFacts | None = None, reason: str = "",
    role: str = "secretaría",
) -> Process:  # fmt: skip
    """Take the process to its next state. `facts` brings what packages above know (how many answers wait); `role` is whose act it is.

    Suspending and cancelling need a public reason. Raises RuleBroken.
    """
    process = _locked(process)
    refuse_if_any(problems_with_step(process.state, to_state, course_facts(process, facts), reason=reason))
    before = process.state
    process.suspended_from = before if to_state is ProcessState.SUSPENDED else None
    process.state = to_state
    process.state_reason = clean(reason)
    if to_state is ProcessState.APPROVED:
        process.approved_at = now
    audit.record("processes.advance", "process", process.slug, {"from": before.value, "to": to_state.value}, at=now, role=role)
    touch_public(process.id)
    return process


def course_facts(process: Process, facts: ProcessFacts | None = None) -> ProcessFacts:
    """What the guards ask: what is known here, added to what packages above know."""
    return replace(
        facts or ProcessFacts(), has_published_schedule=queries.latest_version(process.id) is not None,
        is_started=process.start_at is not None, suspended_from=process.suspended_from,
    )  # fmt: skip


def _locked(process: Process) -> Process:
    """The process as it stands now, held until the transaction ends."""
    return db.session.scalars(
        select(Process)
        .where(Process.id == process.id)
        .options(joinedload(Process.space, innerjoin=True))
        .with_for_update(of=Process)
        .execution_options(populate_existing=True)
    ).one()
