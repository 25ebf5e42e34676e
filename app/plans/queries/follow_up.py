"""What comes after the text: steps and changes of commitments, progress by semester, comments on clauses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.core.db import db
from app.plans.models import ActionPlan, Amendment, Commitment, CommitmentStep, Milestone, PlanComment, PlanVersion, ProgressUpdate
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.plan import PlanState
from app.plans.rules.progress import Completion, ReadingOf
from app.processes.models import Process
from app.processes.rules.states import ProcessState


@dataclass(frozen=True)
class ProgressRow:
    """One published reading, current version; `clause` is "2" or "2.1". `percent` None in civil society's."""

    id: int
    commitment: int
    clause: str
    period: str
    reading_of: ReadingOf
    completion: Completion
    percent: int | None
    text: str
    next_step: str
    evidence_url: str
    version: int
    correction_reason: str
    published_at: datetime
    verified_at: datetime | None
    verification_note: str


_PROGRESS = (
    ProgressUpdate.id, Commitment.number.label("commitment"), ProgressUpdate.clause, ProgressUpdate.period, ProgressUpdate.reading_of,
    ProgressUpdate.completion, ProgressUpdate.percent, ProgressUpdate.text, ProgressUpdate.next_step, ProgressUpdate.evidence_url,
    ProgressUpdate.version, ProgressUpdate.correction_reason, ProgressUpdate.published_at, ProgressUpdate.verified_at,
    ProgressUpdate.verification_note,
)  # fmt: skip


def progress_of(process_id: int) -> list[ProgressRow]:
    """Every current reading of the process's plan: by commitment, semester, clause and reader. One statement."""
    rows = db.session.execute(
        select(*_PROGRESS)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .where(ActionPlan.process_id == process_id, ProgressUpdate.is_current)
        .order_by(Commitment.number, ProgressUpdate.period, ProgressUpdate.clause, ProgressUpdate.reading_of, ProgressUpdate.id)
    )
    return [ProgressRow(**row._asdict()) for row in rows]


def progress_history(commitment_id: int) -> list[ProgressRow]:
    """Every reading of a commitment ever published, corrected ones too, oldest first."""
    rows = db.session.execute(
        select(*_PROGRESS)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(ProgressUpdate.commitment_id == commitment_id)
        .order_by(ProgressUpdate.published_at, ProgressUpdate.id)
    )
    return [ProgressRow(**row._asdict()) for row in rows]


def current_update(commitment_id: int, clause: str, period: str, reading_of: ReadingOf) -> ProgressUpdate | None:
    return db.session.scalar(
        select(ProgressUpdate).where(
            ProgressUpdate.commitment_id == commitment_id, ProgressUpdate.clause == clause, ProgressUpdate.period == period,
            ProgressUpdate.reading_of == reading_of, ProgressUpdate.is_current,
        )
    )  # fmt: skip


def update_by_clause(slug: str, number: int, clause: str, period: str) -> ProgressUpdate | None:
    """The government's current reading of a clause at a semester; commitment, plan, process and space loaded: for verifying it."""
    return db.session.scalar(
        select(ProgressUpdate)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .join(Process, Process.id == ActionPlan.process_id)
        .where(
            Process.slug == slug, Commitment.number == number, ProgressUpdate.clause == clause, ProgressUpdate.period == period,
            ProgressUpdate.reading_of == ReadingOf.GOVERNMENT, ProgressUpdate.is_current,
        )
        .options(
            joinedload(ProgressUpdate.commitment).joinedload(Commitment.plan).joinedload(ActionPlan.process).joinedload(Process.space)
        )
    )  # fmt: skip


def unverified(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """Process id -> how many readings of the government wait for the secretariat, and since when."""
    rows = db.session.execute(
        select(ActionPlan.process_id, func.count(), func.min(ProgressUpdate.published_at))
        .join(Commitment, Commitment.plan_id == ActionPlan.id)
        .join(ProgressUpdate, ProgressUpdate.commitment_id == Commitment.id)
        .where(
            ActionPlan.process_id.in_(process_ids), ProgressUpdate.is_current, ProgressUpdate.verified_at.is_(None),
            ProgressUpdate.reading_of == ReadingOf.GOVERNMENT,
        )
        .group_by(ActionPlan.process_id)
    )  # fmt: skip
    return {process_id: (count, since) for process_id, count, since in rows}


@dataclass(frozen=True)
class PlanInForce:
    """An approved plan and, by commitment in force, who leads it and which semesters the government reported."""

    plan_id: int
    process_id: int
    process_title: str
    slug: str
    space_id: int
    starts_on: date | None
    ends_on: date | None
    approved_at: datetime | None
    commitments: tuple[tuple[int, int | None, frozenset[str]], ...]


def plans_in_force(process_ids: Collection[int] | None = None) -> list[PlanInForce]:
    """Approved plans of processes that were neither closed nor cancelled, each with its commitments in force. Three statements."""
    chosen = (
        select(
            ActionPlan.id, ActionPlan.process_id, Process.title, Process.slug, Process.space_id, ActionPlan.starts_on, ActionPlan.ends_on,
            ActionPlan.approved_at,
        )
        .join(Process, Process.id == ActionPlan.process_id)
        .where(ActionPlan.state == PlanState.APPROVED, Process.state.not_in((ProcessState.CLOSED, ProcessState.CANCELLED)))
        .order_by(ActionPlan.id)
    )  # fmt: skip
    if process_ids is not None:
        chosen = chosen.where(ActionPlan.process_id.in_(process_ids))
    plans = db.session.execute(chosen).all()
    ids = [row[0] for row in plans]
    reported: dict[int, set[str]] = {}
    for commitment_id, period in db.session.execute(
        select(ProgressUpdate.commitment_id, ProgressUpdate.period)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(Commitment.plan_id.in_(ids), ProgressUpdate.is_current, ProgressUpdate.reading_of == ReadingOf.GOVERNMENT)
        .distinct()
    ):
        reported.setdefault(commitment_id, set()).add(period)
    standing: dict[int, list[tuple[int, int | None, frozenset[str]]]] = {}
    for plan_id, id_, number, organisation_id in db.session.execute(
        select(Commitment.plan_id, Commitment.id, Commitment.number, Commitment.organisation_id)
        .where(Commitment.plan_id.in_(ids), Commitment.state.in_((CommitmentState.ADOPTED, CommitmentState.IN_EXECUTION)))
        .order_by(Commitment.plan_id, Commitment.number)
    ):
        standing.setdefault(plan_id, []).append((number, organisation_id, frozenset(reported.get(id_, ()))))
    return [PlanInForce(*row, tuple(standing.get(row[0], ()))) for row in plans]


def steps(commitment_id: int) -> Sequence[CommitmentStep]:
    """The states a commitment went through and its changes while in force, oldest first."""
    return db.session.scalars(
        select(CommitmentStep).where(CommitmentStep.commitment_id == commitment_id).order_by(CommitmentStep.at, CommitmentStep.id)
    ).all()


def open_amendment(commitment_id: int) -> Amendment | None:
    """The change that waits for signatures, if any."""
    return db.session.scalar(select(Amendment).where(Amendment.commitment_id == commitment_id, Amendment.settled_at.is_(None)))


def open_amendments(process_ids: Collection[int]) -> list[tuple[int, int, Amendment]]:
    """(process id, commitment number, change) of every change that waits for signatures, oldest first."""
    return [
        (process_id, number, amendment)
        for process_id, number, amendment in db.session.execute(
            select(ActionPlan.process_id, Commitment.number, Amendment)
            .join(Commitment, Commitment.id == Amendment.commitment_id)
            .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
            .where(ActionPlan.process_id.in_(process_ids), Amendment.settled_at.is_(None))
            .order_by(Amendment.proposed_at, Amendment.id)
        )
    ]


@dataclass(frozen=True)
class CommentPlace:
    """Where a comment of the consultation speaks."""

    clause: str
    version_n: int


def comment_places(contribution_ids: Collection[int]) -> dict[int, CommentPlace]:
    """Contribution id -> the clause it comments, for those that came as comments of a draft plan. One statement."""
    return {
        id_: CommentPlace(clause, n)
        for id_, clause, n in db.session.execute(
            select(PlanComment.contribution_id, PlanComment.clause, PlanVersion.n)
            .join(PlanVersion, PlanVersion.id == PlanComment.version_id)
            .where(PlanComment.contribution_id.in_(contribution_ids))
        )
    }


def comment_counts(plan_id: int) -> dict[str, int]:
    """Clause -> how many comments it received, held ones included: every one is a contribution that will be answered."""
    rows = db.session.execute(
        select(PlanComment.clause, func.count())
        .where(PlanComment.plan_id == plan_id)
        .group_by(PlanComment.clause)
        .order_by(PlanComment.clause)
    )
    return {clause: count for clause, count in rows}


def milestone_numbers(commitment_id: int) -> dict[str, int]:
    """Milestone number -> id."""
    return {
        number: id_
        for number, id_ in db.session.execute(
            select(Milestone.number, Milestone.id).where(Milestone.commitment_id == commitment_id).order_by(Milestone.id)
        )
    }


def commented_contribution_ids(plan_id: int, clause: str) -> list[int]:
    """The contributions that comment a clause (all of them when it is empty), in order of arrival."""
    chosen = (
        select(PlanComment.contribution_id)
        .join(Contribution, Contribution.id == PlanComment.contribution_id)
        .where(PlanComment.plan_id == plan_id)
        .order_by(Contribution.received_at, Contribution.id)
    )
    return list(db.session.scalars(chosen.where(PlanComment.clause == clause) if clause else chosen))
