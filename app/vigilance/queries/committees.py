"""Reading the committee of a round."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.budgeting.models import Agent, BudgetRound
from app.core.db import db
from app.processes.models import Process
from app.vigilance.models import Candidate, Member, VigilanceCommittee


def committee_of(round_id: int) -> VigilanceCommittee | None:
    """The last one elected; round, process and space loaded."""
    return db.session.scalar(
        select(VigilanceCommittee)
        .where(VigilanceCommittee.round_id == round_id)
        .options(joinedload(VigilanceCommittee.round).joinedload(BudgetRound.process).joinedload(Process.space))
        .order_by(VigilanceCommittee.number.desc())
        .limit(1)
    )


def committees(round_id: int) -> Sequence[VigilanceCommittee]:
    """Every one, newest first."""
    return db.session.scalars(
        select(VigilanceCommittee).where(VigilanceCommittee.round_id == round_id).order_by(VigilanceCommittee.number.desc())
    ).all()


def sitting(round_id: int, today: date) -> VigilanceCommittee | None:
    """The committee whose term holds on that day."""
    found = committee_of(round_id)
    return found if found is not None and found.starts_on <= today <= found.ends_on else None


def candidates(committee_id: int) -> Sequence[Candidate]:
    """In the order of their votes; agents with their organisation and territory."""
    return db.session.scalars(
        select(Candidate)
        .where(Candidate.committee_id == committee_id)
        .options(joinedload(Candidate.agent).joinedload(Agent.organisation), joinedload(Candidate.agent).joinedload(Agent.territory))
        .order_by(Candidate.place)
    ).all()


def members(committee_id: int) -> Sequence[Member]:
    """Who sits, in order; agents with their organisation and territory."""
    return _members(committee_id, sits=True)


def past_members(committee_id: int) -> Sequence[Member]:
    """Who left."""
    return _members(committee_id, sits=False)


def _members(committee_id: int, *, sits: bool) -> Sequence[Member]:
    return db.session.scalars(
        select(Member)
        .where(Member.committee_id == committee_id, Member.left_on.is_(None) if sits else Member.left_on.is_not(None))
        .options(
            joinedload(Member.agent).joinedload(Agent.organisation), joinedload(Member.agent).joinedload(Agent.territory),
            joinedload(Member.committee),
        )
        .order_by(Member.id)
    ).all()  # fmt: skip


def member_of(committee_id: int, person_id: int) -> Member | None:
    """The seat of that person in the committee, while they sit."""
    return db.session.scalar(
        select(Member)
        .join(Member.agent)
        .where(Member.committee_id == committee_id, Member.left_on.is_(None), Agent.person_id == person_id)
        .options(contains_eager(Member.agent), joinedload(Member.committee))
    )
