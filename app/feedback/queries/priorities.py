"""What workshops voted as priorities, in order, and how each ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.activities.models import Activity
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.feedback.models import Decision, DecisionPart, WorkshopBallot, WorkshopPriority
from app.feedback.rules.outcomes import NEEDS_COMMITMENT, Outcome
from app.feedback.rules.priorities import Ending, ending_of, ranks
from app.plans.models import Commitment
from app.processes.models import Opportunity


@dataclass(frozen=True)
class VotedPriority:
    """One priority of a workshop. `title` is empty when a moderator hides the contribution: its code and its end stay."""

    rank: int
    code: str
    title: str
    votes: int
    ending: Ending
    outcome: Outcome | None
    commitment: int | None
    commitment_title: str


@dataclass(frozen=True)
class OpenPriorities:
    """Priorities of one workshop that have neither commitment nor reason, since they were recorded."""

    process_id: int
    activity: str
    title: str
    count: int
    since: datetime


def priorities_voted(activity_id: int) -> list[VotedPriority]:
    """The priorities of a workshop, the most voted first. One statement."""
    by_part = select(func.min(DecisionPart.commitment_id)).where(DecisionPart.decision_id == Decision.id).correlate(Decision)
    commitment_id = func.coalesce(Decision.commitment_id, by_part.scalar_subquery())
    rows = db.session.execute(
        select(
            Contribution.code, Contribution.title, Contribution.visibility, WorkshopPriority.votes, Decision.outcome, Decision.text,
            Commitment.number, Commitment.title,
        )
        .join(Contribution, Contribution.id == WorkshopPriority.contribution_id)
        .outerjoin(Decision, and_(Decision.contribution_id == Contribution.id, Decision.is_current))
        .outerjoin(Commitment, Commitment.id == commitment_id)
        .where(Contribution.activity_id == activity_id)
        .order_by(WorkshopPriority.votes.desc(), Contribution.series, Contribution.number, Contribution.id)
    ).all()  # fmt: skip
    places = ranks([row[3] for row in rows])
    return [
        VotedPriority(
            place, code, title if visibility is Visibility.PUBLIC else "", votes,
            ending_of(outcome, text or "", has_commitment=number is not None), outcome, number, commitment or "",
        )
        for place, (code, title, visibility, votes, outcome, text, number, commitment) in zip(places, rows, strict=True)
    ]  # fmt: skip


def ballot_of(activity_id: int) -> WorkshopBallot | None:
    """How the workshop voted, if it was said."""
    return db.session.get(WorkshopBallot, activity_id)


def is_closed() -> ColumnElement[bool]:
    """Of contributions: whether the public answer ends a priority. The same as rules.priorities.ending_of, for counting."""
    has_commitment = or_(
        Decision.commitment_id.is_not(None),
        select(DecisionPart.n)
        .where(DecisionPart.decision_id == Decision.id, DecisionPart.commitment_id.is_not(None))
        .correlate(Decision)
        .exists(),
    )
    said_why = and_(Decision.outcome.not_in(NEEDS_COMMITMENT), func.trim(Decision.text) != "")
    final = and_(Decision.is_current, Decision.outcome.is_not(None), Decision.outcome != Outcome.NEEDS_CLARIFICATION)
    answer = select(Decision.id).where(Decision.contribution_id == Contribution.id, final, or_(has_commitment, said_why))
    return answer.correlate(Contribution).exists()


def voted_in(process_id: int) -> list[tuple[str, bool]]:
    """(code, whether it ended in a commitment or a reason) of everything the workshops of a process voted, most voted first."""
    return [
        (code, is_over)
        for code, is_over in db.session.execute(
            select(Contribution.code, is_closed())
            .join(WorkshopPriority, WorkshopPriority.contribution_id == Contribution.id)
            .where(Contribution.process_id == process_id)
            .order_by(WorkshopPriority.votes.desc(), Contribution.series, Contribution.number, Contribution.id)
        )
    ]


def priorities_open(process_ids: Collection[int]) -> list[OpenPriorities]:
    """By workshop, the priorities that have not ended, the oldest first. One statement."""
    rows = db.session.execute(
        select(Contribution.process_id, Opportunity.slug, Opportunity.title, func.count(), func.min(WorkshopPriority.recorded_at))
        .join(WorkshopPriority, WorkshopPriority.contribution_id == Contribution.id)
        .join(Activity, Activity.id == Contribution.activity_id)
        .join(Opportunity, Opportunity.id == Activity.opportunity_id)
        .where(Contribution.process_id.in_(process_ids), ~is_closed())
        .group_by(Contribution.process_id, Opportunity.slug, Opportunity.title)
        .order_by(func.min(WorkshopPriority.recorded_at), Opportunity.slug)
    )
    return [OpenPriorities(*row) for row in rows]
