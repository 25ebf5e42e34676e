"""Reading which projects of a ballot are left out of the count."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.budgeting.models import BudgetRound
from app.core.db import db
from app.processes.models import Process
from app.voting.models import Vote, VoteExclusion


def exclusions(vote_id: int) -> Sequence[VoteExclusion]:
    """What was asked, in that order: settled or not."""
    return db.session.scalars(select(VoteExclusion).where(VoteExclusion.vote_id == vote_id).order_by(VoteExclusion.number)).all()


def excluded(vote_id: int) -> dict[int, str]:
    """By number on the ballot, the reason for which a project cannot win."""
    return {found.option: found.reason for found in exclusions(vote_id) if found.is_out}


def exclusion(vote_id: int, number: int) -> VoteExclusion | None:
    """Vote, round, process and space loaded."""
    return db.session.scalar(
        select(VoteExclusion)
        .where(VoteExclusion.vote_id == vote_id, VoteExclusion.number == number)
        .options(
            joinedload(VoteExclusion.vote, innerjoin=True)
            .joinedload(Vote.round, innerjoin=True)
            .joinedload(BudgetRound.process, innerjoin=True)
            .joinedload(Process.space, innerjoin=True)
        )
    )
