"""The doors to a vote: codes, addresses, printed codes, and what was tried."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select

from app.core.db import db
from app.voting.models import RollContact, RollEntry, VoteAttempt, VoteCode, VoteToken
from app.voting.rules import RollStatus
from app.voting.rules.limits import LIMITS, Tried


def token(vote_id: int, token_hash: str) -> VoteToken | None:
    return db.session.scalar(
        select(VoteToken).where(VoteToken.vote_id == vote_id, VoteToken.token_hash == token_hash).execution_options(populate_existing=True)
    )


def code(handle_hash: str, vote_id: int, now: datetime) -> VoteCode | None:
    """The code behind that handle while it can be typed."""
    return db.session.scalar(
        select(VoteCode).where(
            VoteCode.handle == handle_hash, VoteCode.vote_id == vote_id, VoteCode.is_spent.is_(False), VoteCode.expires_at >= now
        )
    )


def contact(vote_id: int, voter_key: str) -> RollContact | None:
    return db.session.get(RollContact, (vote_id, voter_key))


def contacts_to_remind(vote_id: int) -> Sequence[RollContact]:
    """Who came in, asked for it and did not finish, and was not reminded. For the task that writes the letters; nobody is shown it."""
    return db.session.scalars(
        select(RollContact)
        .join(RollEntry, (RollEntry.vote_id == RollContact.vote_id) & (RollEntry.voter_key == RollContact.voter_key))
        .where(
            RollContact.vote_id == vote_id, RollContact.wants_reminder.is_(True), RollContact.was_reminded.is_(False),
            RollEntry.status == RollStatus.OPEN,
        )
        .order_by(RollContact.voter_key)
    ).all()  # fmt: skip


def attempts(kind: Tried, subject_hash: str, origin_hash: str, now: datetime) -> tuple[int, int, int]:
    """How many of that kind in its windows: on the subject, from the network address, and in all."""
    limit = LIMITS[kind]
    own = func.sum(case((VoteAttempt.subject_hash == subject_hash, 1), else_=0))
    near = func.sum(case((VoteAttempt.origin_hash == origin_hash, 1), else_=0))
    row = db.session.execute(select(own, near).where(VoteAttempt.kind == kind, VoteAttempt.at > now - limit.window)).one()
    everywhere = db.session.scalar(
        select(func.count()).select_from(VoteAttempt).where(VoteAttempt.kind == kind, VoteAttempt.at > now - limit.everywhere_window)
    )
    return int(row[0] or 0) if subject_hash else 0, int(row[1] or 0) if origin_hash else 0, int(everywhere or 0)
