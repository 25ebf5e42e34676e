"""Reading motions: the question, its options, who voted, and the result once it is closed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.forum.models import Motion, MotionOption, Seat, SeatVote
from app.forum.rules.voting import MotionState
from app.spaces.models import Space

_LOADED = (joinedload(Motion.space), joinedload(Motion.rules_version), joinedload(Motion.meeting))


def motion_by_slugs(slug: str, motion: str) -> Motion | None:
    """A motion of that space; space, rules and meeting loaded."""
    return db.session.scalar(
        select(Motion).join(Space, Space.id == Motion.space_id).where(Space.slug == slug, Motion.slug == motion).options(*_LOADED)
    )


def motion(motion_id: int) -> Motion | None:
    return db.session.scalar(select(Motion).where(Motion.id == motion_id).options(*_LOADED))


def motions(space_id: int) -> Sequence[Motion]:
    """Every motion, open ones first, then the latest."""
    return db.session.scalars(
        select(Motion).where(Motion.space_id == space_id).order_by(Motion.state != MotionState.OPEN, Motion.number.desc())
    ).all()


def due_motions(now: datetime) -> Sequence[Motion]:
    """Open ones whose time is over, oldest first."""
    return db.session.scalars(
        select(Motion)
        .where(Motion.state == MotionState.OPEN, Motion.closes_at <= now)
        .options(*_LOADED)
        .order_by(Motion.closes_at, Motion.id)
    ).all()


def options(motion_id: int) -> Sequence[MotionOption]:
    return db.session.scalars(select(MotionOption).where(MotionOption.motion_id == motion_id).order_by(MotionOption.position)).all()


def votes(motion_id: int) -> Sequence[SeatVote]:
    """Every vote by number of seat; seat and organisation loaded."""
    return db.session.scalars(
        select(SeatVote)
        .where(SeatVote.motion_id == motion_id)
        .options(joinedload(SeatVote.seat).joinedload(Seat.organisation))
        .order_by(SeatVote.seat_number)
    ).all()


def vote_of_seat(motion_id: int, number: int) -> SeatVote | None:
    return db.session.scalar(select(SeatVote).where(SeatVote.motion_id == motion_id, SeatVote.seat_number == number))


def votes_cast(motion_id: int) -> int:
    return db.session.scalar(select(func.count()).where(SeatVote.motion_id == motion_id)) or 0


def last_motion_number(space_id: int) -> int:
    return db.session.scalar(select(func.max(Motion.number)).where(Motion.space_id == space_id)) or 0
