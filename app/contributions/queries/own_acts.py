"""What authors did with what they sent."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app.contributions.models import Contribution, ContributionVersion, Withdrawal
from app.contributions.rules.own_acts import OwnStanding, is_own_text
from app.contributions.rules.terms import Visibility
from app.core.db import db


def withdrawal_of(contribution_id: int) -> Withdrawal | None:
    """How its author ended it, with the contribution it was retired in favour of; None while it stands."""
    return db.session.scalar(
        select(Withdrawal).where(Withdrawal.contribution_id == contribution_id).options(joinedload(Withdrawal.in_favour_of))
    )


def retired_for(contribution_id: int) -> Sequence[tuple[str, str]]:
    """(code, title) of the public contributions retired in favour of this one, in the order of their retiring."""
    other = aliased(Contribution)
    rows = db.session.execute(
        select(other.code, other.title)
        .join(Withdrawal, Withdrawal.contribution_id == other.id)
        .where(Withdrawal.in_favour_of_id == contribution_id, other.visibility == Visibility.PUBLIC)
        .order_by(Withdrawal.at, other.id)
    )
    return [(code, title) for code, title in rows]


def own_standing(contribution: Contribution) -> OwnStanding:
    """How far it has come, for what its author may still do: two statements."""
    changes = db.session.scalar(
        select(func.count()).select_from(ContributionVersion).where(ContributionVersion.contribution_id == contribution.id)
    )
    return OwnStanding(
        visibility=contribution.visibility, is_answered=contribution.answered_at is not None,
        is_retired=withdrawal_of(contribution.id) is not None,
        is_own_text=is_own_text(contribution.channel, contribution.captured_by_id, contribution.activity_id), changes=changes or 0,
    )  # fmt: skip


def changed_by_author(contribution_ids: Collection[int]) -> set[int]:
    """Which of these their authors changed after sending them."""
    return set(
        db.session.scalars(
            select(ContributionVersion.contribution_id).where(ContributionVersion.contribution_id.in_(list(contribution_ids))).distinct()
        )
    )


def earlier_words(contribution_id: int) -> Sequence[ContributionVersion]:
    """What the author had written before, the oldest first; restricted."""
    return db.session.scalars(
        select(ContributionVersion).where(ContributionVersion.contribution_id == contribution_id).order_by(ContributionVersion.n)
    ).all()
