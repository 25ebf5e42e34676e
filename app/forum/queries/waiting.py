"""What of the forums awaits somebody: minutes, agreements, rules, votes. One statement for each kind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.clock import start_of_lima_day
from app.core.db import db
from app.forum.models import Agreement, Meeting, Minutes, MinutesApproval, RulesApproval, RulesVersion, Seat, SeatVote
from app.forum.models.motions import Motion
from app.forum.rules.meetings import DAYS_FOR_MINUTES, AgreementState, MeetingState
from app.forum.rules.participation import RulesState
from app.forum.rules.seats import Side
from app.forum.rules.voting import MotionState

HELD = (MeetingState.HELD, MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_APPROVED)


def late_minutes(space_ids: Sequence[int], now: datetime) -> Sequence[Meeting]:
    """Meetings held more than ten days ago whose minutes are not public, oldest first; spaces loaded."""
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.space_id.in_(space_ids), Meeting.state.in_(HELD),
            Meeting.ended_at < now - timedelta(days=DAYS_FOR_MINUTES),
        )
        .options(joinedload(Meeting.space))
        .order_by(Meeting.ended_at, Meeting.id)
    ).all()  # fmt: skip


def overdue_agreements(space_ids: Sequence[int], today: date) -> Sequence[Agreement]:
    """Open agreements past their day, oldest first; meeting and space loaded."""
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.space_id.in_(space_ids), Agreement.state == AgreementState.OPEN, Agreement.due_on < today)
        .options(joinedload(Agreement.meeting).joinedload(Meeting.space))
        .order_by(Agreement.due_on, Agreement.id)
    ).all()


def overdue_since(agreement: Agreement) -> datetime:
    return start_of_lima_day(agreement.due_on + timedelta(days=1))


def minutes_to_approve(space_ids: Sequence[int], side: Side) -> list[tuple[Meeting, datetime]]:
    """Meetings whose latest text is not public and that side has not approved, with when it was saved; spaces loaded."""
    latest = select(func.max(Minutes.version)).where(Minutes.meeting_id == Meeting.id).correlate(Meeting).scalar_subquery()
    approved = select(MinutesApproval.id).where(MinutesApproval.minutes_id == Minutes.id, MinutesApproval.side == side).exists()
    rows = db.session.execute(
        select(Meeting, Minutes.saved_at)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.space_id.in_(space_ids), Minutes.version == latest, Minutes.published_at.is_(None), ~approved)
        .options(joinedload(Meeting.space))
        .order_by(Minutes.saved_at, Meeting.id)
    )
    return [(meeting, saved_at) for meeting, saved_at in rows]


def rules_to_approve(space_ids: Sequence[int], side: Side) -> Sequence[RulesVersion]:
    """Versions awaiting that side, oldest first; spaces loaded."""
    approved = select(RulesApproval.id).where(RulesApproval.version_id == RulesVersion.id, RulesApproval.side == side).exists()
    return db.session.scalars(
        select(RulesVersion)
        .where(RulesVersion.space_id.in_(space_ids), RulesVersion.state == RulesState.IN_REVIEW, ~approved)
        .options(joinedload(RulesVersion.space))
        .order_by(RulesVersion.drafted_at, RulesVersion.id)
    ).all()


def motions_to_vote(person_id: int, today: date, now: datetime) -> Sequence[Motion]:
    """Open motions in which the seat of the person has not voted, soonest to close first; spaces loaded."""
    voted = select(SeatVote.id).where(SeatVote.motion_id == Motion.id, SeatVote.seat_number == Seat.number).exists()
    return db.session.scalars(
        select(Motion)
        .join(Seat, Seat.space_id == Motion.space_id)
        .where(
            Motion.state == MotionState.OPEN, Motion.closes_at > now, (Seat.holder_id == person_id) | (Seat.alternate_id == person_id),
            Seat.starts_on <= today, (Seat.ends_on.is_(None)) | (Seat.ends_on >= today), ~voted,
        )
        .options(joinedload(Motion.space))
        .order_by(Motion.closes_at, Motion.id)
    ).unique().all()  # fmt: skip
