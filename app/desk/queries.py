"""What awaits a person, by role: each kind of task is one statement over all their processes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.activities.models import Activity
from app.activities.rules import ActivityState
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.permissions import Actor
from app.feedback.models import Decision, DecisionSignature
from app.feedback.rules.outcomes import DecisionState, Seat
from app.plans.models import ActionPlan, PlanSignature
from app.plans.rules import PlanSeat, PlanState
from app.processes.models import Opportunity, Process, ScheduleApproval, ScheduleVersion
from app.processes.rules.schedule import OpportunityKind
from app.processes.rules.states import ApprovalSeat, VersionState
from app.spaces.models import Space
from app.spaces.rules import Role

Oldest = dict[int, tuple[int, datetime]]
"""By process: how many, and since when the oldest waits."""


def processes_of(actor: Actor) -> dict[int, Process]:
    """Every process in which the person holds a role, drafts included."""
    spaces = {held.space_id for held in actor.roles}
    rows = db.session.scalars(select(Process).where(Process.space_id.in_(spaces)).order_by(Process.created_at.desc(), Process.id.desc()))
    return {process.id: process for process in rows if any(held.covers(process.scope) for held in actor.roles)}


def spaces_of(actor: Actor) -> dict[int, Space]:
    found = db.session.scalars(select(Space).where(Space.id.in_({held.space_id for held in actor.roles})).order_by(Space.name, Space.id))
    return {space.id: space for space in found}


def where_held(actor: Actor, processes: dict[int, Process], *roles: Role) -> list[int]:
    """Ids of the processes in which the person holds one of `roles`."""
    return [p.id for p in processes.values() if any(h.role in roles and h.covers(p.scope) for h in actor.roles)]


def _oldest(
    model: type[Decision] | type[Contribution],
    moment: InstrumentedAttribute[datetime],
    process_ids: Collection[int],
    *conditions: ColumnElement[bool],
) -> Oldest:
    if not process_ids:
        return {}
    rows = db.session.execute(
        select(model.process_id, func.count(), func.min(moment))
        .where(model.process_id.in_(process_ids), *conditions)
        .group_by(model.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows}


def answers_to_sign(process_ids: Collection[int], seat: Seat) -> Oldest:
    signed = exists().where(DecisionSignature.decision_id == Decision.id, DecisionSignature.seat == seat)
    return _oldest(Decision, Decision.saved_at, process_ids, Decision.state == DecisionState.REVIEW, ~signed)


def answers_to_publish(process_ids: Collection[int]) -> Oldest:
    return _oldest(Decision, Decision.saved_at, process_ids, Decision.state == DecisionState.APPROVED)


def answers_returned(process_ids: Collection[int], person_id: int) -> Oldest:
    mine = and_(Decision.state == DecisionState.DRAFT, Decision.return_note != "", Decision.drafted_by_id == person_id)
    return _oldest(Decision, Decision.saved_at, process_ids, mine)


def unanswered(process_ids: Collection[int]) -> Oldest:
    """Contributions nobody has begun to answer."""
    begun = exists().where(Decision.contribution_id == Contribution.id)
    return _oldest(Contribution, Contribution.received_at, process_ids, Contribution.answered_at.is_(None), ~begun)


def held(process_ids: Collection[int]) -> Oldest:
    return _oldest(Contribution, Contribution.received_at, process_ids, Contribution.visibility == Visibility.HELD)


def open_schedules(process_ids: Collection[int]) -> Sequence[tuple[ScheduleVersion, set[ApprovalSeat]]]:
    """Schedules being drafted or reviewed, with the seats that approved them."""
    versions = db.session.scalars(
        select(ScheduleVersion)
        .where(ScheduleVersion.process_id.in_(process_ids), ScheduleVersion.state.in_((VersionState.DRAFT, VersionState.IN_REVIEW)))
        .order_by(ScheduleVersion.drafted_at, ScheduleVersion.id)
    ).all()
    seats: dict[int, set[ApprovalSeat]] = {version.id: set() for version in versions}
    for version_id, seat in db.session.execute(
        select(ScheduleApproval.version_id, ScheduleApproval.seat).where(ScheduleApproval.version_id.in_(seats))
    ):
        seats[version_id].add(seat)
    return [(version, seats[version.id]) for version in versions]


def workshops_without_record(process_ids: Collection[int], now: datetime) -> Sequence[tuple[int, str, str, datetime]]:
    """Workshops that ended and whose record is not public: process, slug, title, when they ended; oldest first."""
    rows = db.session.execute(
        select(Opportunity.process_id, Opportunity.slug, Opportunity.title, Opportunity.ends_at)
        .outerjoin(Activity, Activity.opportunity_id == Opportunity.id)
        .where(
            Opportunity.process_id.in_(process_ids),
            Opportunity.is_withdrawn.is_(False),
            Opportunity.ends_at < now,
            Opportunity.kind.in_((OpportunityKind.WORKSHOP, OpportunityKind.ASSEMBLY)),
            func.coalesce(Activity.state, "planned").not_in((ActivityState.PUBLISHED.value, ActivityState.CANCELLED.value)),
        )
        .order_by(Opportunity.ends_at, Opportunity.id)
    )
    return [(process_id, slug, title, ended) for process_id, slug, title, ended in rows]


def plans_half_signed(process_ids: Collection[int]) -> Sequence[tuple[int, PlanSeat, datetime]]:
    """Plans signed by one sector: process, the seat that signed, when."""
    rows = db.session.execute(
        select(ActionPlan.process_id, PlanSignature.seat, PlanSignature.signed_at)
        .join(PlanSignature, and_(PlanSignature.plan_id == ActionPlan.id, PlanSignature.plan_revision == ActionPlan.revision))
        .where(ActionPlan.process_id.in_(process_ids), ActionPlan.state == PlanState.DRAFT)
        .order_by(PlanSignature.signed_at, PlanSignature.id)
    )
    return [(process_id, seat, signed_at) for process_id, seat, signed_at in rows]
