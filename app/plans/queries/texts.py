"""The plan as a value: its text as it stands now, its clauses, the facts that others ask, and its published versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.plans.models import ActionPlan, Commitment, Milestone, PlanVersion
from app.plans.rules.clauses import Clause, clauses_of
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.plan import PlanSource, PlanState
from app.plans.rules.template import FIELDS, Kind
from app.plans.rules.versions import CommitmentText, MilestoneText, PlanText, VersionKind
from app.processes.models import Process


@dataclass(frozen=True)
class PlanFacts:
    """What the checks of minimum requirements ask of a plan."""

    starts_on: date | None
    ends_on: date | None
    approved_at: datetime | None
    submitted_at: datetime | None
    state: PlanState
    source: PlanSource


def plan_facts(process_id: int) -> PlanFacts | None:
    """None while the process has no plan. One statement."""
    row = db.session.execute(
        select(
            ActionPlan.starts_on, ActionPlan.ends_on, ActionPlan.approved_at, ActionPlan.submitted_at, ActionPlan.state,
            Process.is_retroactive,
        )
        .join(Process, Process.id == ActionPlan.process_id)
        .where(ActionPlan.process_id == process_id)
    ).first()  # fmt: skip
    if row is None:
        return None
    return PlanFacts(*row[:5], PlanSource.IMPORTED if row[5] else PlanSource.NATIVE)


def plan_text(plan: ActionPlan) -> PlanText:
    """Everything the public reads of the plan as it stands; two statements."""
    commitments = db.session.scalars(
        select(Commitment)
        .where(Commitment.plan_id == plan.id)
        .options(joinedload(Commitment.organisation), joinedload(Commitment.theme))
        .order_by(Commitment.number, Commitment.id)
    ).all()
    steps = steps_of([c.id for c in commitments])
    return PlanText(
        plan.title, plan.summary, _day(plan.starts_on), _day(plan.ends_on),
        tuple(commitment_text(c, steps.get(c.id, ())) for c in commitments),
    )  # fmt: skip


def commitment_text(commitment: Commitment, milestones: Sequence[Milestone]) -> CommitmentText:
    """One commitment as a value; its organisation and theme are loaded."""
    return CommitmentText(
        commitment.number,
        commitment.state is CommitmentState.WITHDRAWN,
        field_texts(commitment),
        tuple(milestone_text(m) for m in milestones),
    )


def field_texts(commitment: Commitment) -> dict[str, str]:
    """What is filled of the template, as text, by field name."""
    filled = {field.name: _text_of(commitment, field.name, field.kind) for field in FIELDS}
    return {name: value for name, value in filled.items() if value}


def values_of(commitment: Commitment) -> dict[str, Any]:
    """The fields of the template as the rules read them; organisation and theme by slug."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        value = getattr(commitment, field.name)
        values[field.name] = (value.slug if value else "") if field.kind in (Kind.ORGANISATION, Kind.THEME) else value
    return values


def _text_of(commitment: Commitment, name: str, kind: Kind) -> str:
    value = getattr(commitment, name)
    if kind in (Kind.ORGANISATION, Kind.THEME):
        return value.name if value else ""
    if kind is Kind.DAY:
        return _day(value)
    if kind is Kind.YES_NO:
        return "" if value is None else ("yes" if value else "no")
    if isinstance(value, StrEnum):
        return value.value
    return "" if value is None else str(value)


def milestone_text(m: Milestone) -> MilestoneText:
    return MilestoneText(m.number, m.title, _day(m.starts_on), _day(m.due_on), m.responsible, m.expected_output, m.evidence)


def steps_of(commitment_ids: Sequence[int]) -> Mapping[int, Sequence[Milestone]]:
    """The milestones of several commitments, by day and number."""
    found: dict[int, list[Milestone]] = {}
    for milestone in db.session.scalars(
        select(Milestone)
        .where(Milestone.commitment_id.in_(commitment_ids))
        .order_by(Milestone.commitment_id, Milestone.due_on, Milestone.number, Milestone.id)
    ):
        found.setdefault(milestone.commitment_id, []).append(milestone)
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def clauses(process_id: int) -> list[Clause]:
    """Every part of the process's plan as it stands, in the order of its page; empty while there is none."""
    plan = db.session.scalar(select(ActionPlan).where(ActionPlan.process_id == process_id))
    return list(clauses_of(plan_text(plan))) if plan else []


def commitment_ids(process_id: int) -> dict[int, int]:
    """Commitment number -> id."""
    return {
        number: id_
        for number, id_ in db.session.execute(
            select(Commitment.number, Commitment.id)
            .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
            .where(ActionPlan.process_id == process_id)
            .order_by(Commitment.number)
        )
    }


def versions(plan_id: int) -> Sequence[PlanVersion]:
    """Every publication, oldest first."""
    return db.session.scalars(select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.n)).all()


def newest_version(plan_id: int, kind: VersionKind | None = None) -> PlanVersion | None:
    """The last publication, of any kind or of one."""
    found = select(PlanVersion).where(PlanVersion.plan_id == plan_id)
    if kind is not None:
        found = found.where(PlanVersion.kind == kind)
    return db.session.scalar(found.order_by(PlanVersion.n.desc()).limit(1))
