"""Reading a plan as it stands: its commitments, milestones and signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.organisations.models import Organisation
from app.plans.models import ActionPlan, Commitment, Milestone, PlanSignature
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.plan import PlanSeat
from app.processes.models import Process, Theme


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment as pages show it, its milestones in order."""

    id: int
    number: int
    title: str
    description: str
    description_html: str
    organisation: str
    organisation_slug: str
    theme: str
    theme_slug: str
    state: CommitmentState
    starts_on: date | None
    ends_on: date | None
    milestones: tuple[Milestone, ...]


def plan_of(process_id: int) -> ActionPlan | None:
    """The plan of a process, process and space loaded."""
    return db.session.scalar(
        select(ActionPlan).where(ActionPlan.process_id == process_id).options(joinedload(ActionPlan.process).joinedload(Process.space))
    )


def plan_by_slug(slug: str) -> ActionPlan | None:
    """The plan of the process with this slug, in any state, process and space loaded: for staff."""
    return db.session.scalar(
        select(ActionPlan)
        .join(Process, Process.id == ActionPlan.process_id)
        .where(Process.slug == slug)
        .options(joinedload(ActionPlan.process).joinedload(Process.space))
    )


def commitments(plan_id: int) -> list[CommitmentRow]:
    """In the order of the plan; two statements, milestones included."""
    rows = db.session.execute(
        select(
            Commitment.id, Commitment.number, Commitment.title, Commitment.description, Commitment.description_html,
            Organisation.name, Organisation.slug, Theme.name, Theme.slug, Commitment.state, Commitment.starts_on, Commitment.ends_on,
        )
        .outerjoin(Organisation, Organisation.id == Commitment.organisation_id)
        .outerjoin(Theme, Theme.id == Commitment.theme_id)
        .where(Commitment.plan_id == plan_id)
        .order_by(Commitment.number, Commitment.id)
    ).all()  # fmt: skip
    milestones: dict[int, list[Milestone]] = {}
    for milestone in db.session.scalars(
        select(Milestone)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(Commitment.plan_id == plan_id)
        .order_by(Milestone.due_on, Milestone.number, Milestone.id)
    ):
        milestones.setdefault(milestone.commitment_id, []).append(milestone)
    return [
        CommitmentRow(
            *row[:5], row[5] or "", row[6] or "", row[7] or "", row[8] or "", row[9], row[10], row[11], tuple(milestones.get(row[0], ()))
        )
        for row in rows
    ]  # fmt: skip


def commitment_by_number(plan_id: int, number: int) -> Commitment | None:
    """Plan, process, space, organisation and theme loaded."""
    return db.session.scalar(_loaded().where(Commitment.plan_id == plan_id, Commitment.number == number))


def commitment_by_slug(slug: str, number: int) -> Commitment | None:
    """The commitment `number` of the plan of the process `slug`, loaded as above."""
    return db.session.scalar(
        _loaded().join(ActionPlan, ActionPlan.id == Commitment.plan_id).join(Process, Process.id == ActionPlan.process_id)
        .where(Process.slug == slug, Commitment.number == number)
    )  # fmt: skip


def commitment_by_id(commitment_id: int) -> Commitment | None:
    """Loaded as `commitment_by_number`."""
    return db.session.scalar(_loaded().where(Commitment.id == commitment_id))


def commitment_rows(plan_id: int) -> Sequence[Commitment]:
    """The commitments themselves that were not withdrawn, in the order of the plan, for changing them."""
    return db.session.scalars(
        select(Commitment)
        .where(Commitment.plan_id == plan_id, Commitment.state != CommitmentState.WITHDRAWN)
        .order_by(Commitment.number, Commitment.id)
    ).all()


def commitment_rows_with_lead(plan_id: int) -> Sequence[Commitment]:
    """Every commitment with its plan, process and organisation, for asking who may do what with each; one statement."""
    return db.session.scalars(_loaded().where(Commitment.plan_id == plan_id).order_by(Commitment.number, Commitment.id)).all()


def _loaded():
    return select(Commitment).options(
        joinedload(Commitment.plan).joinedload(ActionPlan.process).joinedload(Process.space),
        joinedload(Commitment.organisation), joinedload(Commitment.theme),
    )  # fmt: skip


def milestones_of(commitment_id: int) -> Sequence[Milestone]:
    return db.session.scalars(
        select(Milestone).where(Milestone.commitment_id == commitment_id).order_by(Milestone.due_on, Milestone.number, Milestone.id)
    ).all()


def milestone_by_number(commitment_id: int, number: str) -> Milestone | None:
    return db.session.scalar(select(Milestone).where(Milestone.commitment_id == commitment_id, Milestone.number == number))


def milestone_by_slug(slug: str, number: int, milestone: str) -> Milestone | None:
    """The milestone `milestone` ("2.1") of the commitment `number`, its commitment, plan and process loaded."""
    commitment = commitment_by_slug(slug, number)
    if commitment is None:
        return None
    return db.session.scalar(
        select(Milestone)
        .where(Milestone.commitment_id == commitment.id, Milestone.number == milestone)
        .options(joinedload(Milestone.commitment))
    )


def anchors(process_id: int) -> dict[int, dict[str, int]]:
    """Every commitment number of the process's plan -> its milestones (number -> id); empty when there is no plan. One statement."""
    found: dict[int, dict[str, int]] = {}
    for number, milestone, milestone_id in db.session.execute(
        select(Commitment.number, Milestone.number, Milestone.id)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .outerjoin(Milestone, Milestone.commitment_id == Commitment.id)
        .where(ActionPlan.process_id == process_id)
        .order_by(Commitment.number, Milestone.id)
    ):
        found.setdefault(number, {})
        if milestone is not None:
            found[number][milestone] = milestone_id
    return found


def commitment_ids(process_id: int) -> dict[int, int]:
    """Number -> id of the commitments of the process's plan."""
    rows = db.session.execute(
        select(Commitment.number, Commitment.id)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .where(ActionPlan.process_id == process_id)
    )
    return {number: id_ for number, id_ in rows}


def commitment_count(plan_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(Commitment).where(Commitment.plan_id == plan_id)) or 0


def signatures(plan_id: int, revision: int) -> dict[PlanSeat, PlanSignature]:
    """The signatures under exactly this revision."""
    rows = db.session.scalars(
        select(PlanSignature).where(PlanSignature.plan_id == plan_id, PlanSignature.plan_revision == revision).order_by(PlanSignature.id)
    )
    return {row.seat: row for row in rows}


def organisations() -> Sequence[tuple[str, str]]:
    """(slug, name) of every organisation, by name: for choosing who is responsible."""
    return [
        (slug, name)
        for slug, name in db.session.execute(select(Organisation.slug, Organisation.name).order_by(Organisation.name, Organisation.id))
    ]
