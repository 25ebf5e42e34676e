"""Reading signatures, the close and the counts of a vote."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from app.core.db import db
from app.scrutiny.models import CountFile, VoteClosing, VoteCount, VoteSignature
from app.scrutiny.rules.acts import Act
from app.voting.models import Vote, VoteOption
from app.voting.rules import VoteState

TAKEN_FOR = timedelta(hours=1)


def signatures(vote_id: int, act: Act) -> Sequence[VoteSignature]:
    """In the order they were given."""
    return db.session.scalars(
        select(VoteSignature).where(VoteSignature.vote_id == vote_id, VoteSignature.act == act).order_by(VoteSignature.id)
    ).all()


def closing_of(vote_id: int) -> VoteClosing | None:
    return db.session.scalar(select(VoteClosing).where(VoteClosing.vote_id == vote_id))


def count_of(vote_id: int) -> VoteCount | None:
    """The count that stands: the last one."""
    return db.session.scalar(select(VoteCount).where(VoteCount.vote_id == vote_id).order_by(VoteCount.number.desc()).limit(1))


def counts_of(vote_id: int) -> Sequence[VoteCount]:
    return db.session.scalars(select(VoteCount).where(VoteCount.vote_id == vote_id).order_by(VoteCount.number)).all()


def published_count(vote_id: int) -> VoteCount | None:
    count = count_of(vote_id)
    return count if count and count.published_at else None


def results_with(project_id: int) -> Sequence[tuple[Vote, VoteCount]]:
    """The published results a project was in, the newest first."""
    rows = db.session.execute(
        select(Vote, VoteCount)
        .join(VoteCount, VoteCount.vote_id == Vote.id)
        .join(VoteOption, VoteOption.vote_id == Vote.id)
        .where(VoteOption.project_id == project_id, Vote.state == VoteState.PUBLISHED, VoteCount.published_at.is_not(None))
        .order_by(VoteCount.published_at.desc(), VoteCount.id.desc())
    ).all()
    return [(vote, count) for vote, count in rows]


def published_of_round(round_id: int) -> Sequence[tuple[Vote, VoteCount]]:
    """The votes of a round whose result is public, in the order they were published."""
    rows = db.session.execute(
        select(Vote, VoteCount)
        .join(VoteCount, VoteCount.vote_id == Vote.id)
        .where(Vote.round_id == round_id, Vote.state == VoteState.PUBLISHED, VoteCount.published_at.is_not(None))
        .order_by(VoteCount.published_at, VoteCount.id)
    ).all()
    return [(vote, count) for vote, count in rows]


def count_by_id(count_id: int) -> VoteCount | None:
    return db.session.get(VoteCount, count_id)


def recounts_waiting(now: datetime) -> Sequence[VoteCount]:
    """Counts the second program has not looked at and nobody has taken up, the oldest first."""
    return db.session.scalars(select(VoteCount).where(is_waiting(now)).order_by(VoteCount.id)).all()


def is_waiting(now: datetime) -> ColumnElement[bool]:
    """A count whose turn it is: without a verdict, and not taken up in the last hour."""
    began = VoteCount.recount_began_at
    return and_(VoteCount.agrees.is_(None), or_(began.is_(None), began < now - TAKEN_FOR))


def file_of(vote_id: int, name: str) -> CountFile | None:
    """A file of the published count; None until both sectors signed."""
    count = published_count(vote_id)
    return db.session.get(CountFile, (count.id, name)) if count else None
