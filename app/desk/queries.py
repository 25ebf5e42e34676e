"""What awaits a person, by role: each kind of task is one statement over all their processes."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.activities.models import Activity
from app.activities.rules import ActivityState
from app.assignments import queries as assignments
from app.assignments.rules import reach
from app.compliance import queries as compliance
from app.compliance.models import ComplianceAlarm
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.permissions import Actor
from app.evaluation import queries as evaluation
from app.feedback import queries as feedback
from app.feedback.models import Decision, DecisionSignature
from app.feedback.rules.outcomes import DecisionState, Seat
from app.organisations.models import Organisation
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
    return _oldest(Decision, Decision.saved_at, process_ids, Decision.state == DecisionState.REVIEW, ~signed, Decision.group_place <= 1)


def answers_to_publish(process_ids: Collection[int]) -> Oldest:
    return _oldest(Decision, Decision.saved_at, process_ids, Decision.state == DecisionState.APPROVED)


def answers_returned(process_ids: Collection[int], person_id: int) -> Oldest:
    mine = and_(Decision.state == DecisionState.DRAFT, Decision.return_note != "", Decision.drafted_by_id == person_id)
    return _oldest(Decision, Decision.saved_at, process_ids, mine)


def unanswered(process_ids: Collection[int], *, only_unassigned: bool = False) -> Oldest:
    """Contributions nobody has begun to answer; or, of those, the ones no entity was assigned."""
    conditions = [Contribution.answered_at.is_(None), ~exists().where(Decision.contribution_id == Contribution.id)]
    if only_unassigned:
        conditions.append(~assignments.is_assigned(Contribution.id))
    return _oldest(Contribution, Contribution.received_at, process_ids, *conditions)


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


def answers_objected(process_ids: Collection[int]) -> Oldest:
    """Answers whose text a seat objects to: they wait for another text, or for the objection to be withdrawn."""
    return feedback.objected_counts(list(process_ids))


def batches_held(process_ids: Collection[int]) -> Oldest:
    """Scheduled batches that were not released, and that nobody has looked at."""
    return feedback.held_publications(list(process_ids))


def to_evaluate(process_ids: Collection[int], person_id: int) -> Oldest:
    """Contributions that a member of the committee has still to judge."""
    return evaluation.unscored(person_id, process_ids)


def requirements_at_risk(process_ids: Collection[int]) -> Sequence[ComplianceAlarm]:
    """Warnings about minimum requirements that still call for something, the oldest first."""
    return compliance.open_alarms(process_ids)


def assigned_to(actor: Actor, process_ids: Collection[int], today: date) -> list[tuple[str, int, assignments.Pending]]:
    """Organisation (its slug), process and what waits: for each organisation the person answers for, its units' included."""
    held = {h.organisation_id for h in actor.roles if h.role == Role.ENTITY and h.organisation_id is not None}
    if not held or not process_ids:
        return []
    up = assignments.parents()
    slugs = {id_: slug for id_, slug in db.session.execute(select(Organisation.id, Organisation.slug).where(Organisation.id.in_(held)))}
    written = feedback.written_contributions()
    return [
        (slugs[organisation_id], process_id, pending)
        for organisation_id in sorted(held)
        for process_id, pending in assignments.waiting_for(
            process_ids, reach([organisation_id], up), today=today, apart_from=written
        ).items()
    ]
