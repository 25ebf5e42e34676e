"""Pairs of contributions that moderation passed on to whoever groups."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution
from app.core.db import db
from app.moderation.models import MergeSuggestion


class Pair(NamedTuple):
    """Two contributions that moderation thinks say the same."""

    first_id: int
    first: str
    first_title: str
    second_id: int
    second: str
    second_title: str


def pair_of(process_id: int, first: str, second: str) -> tuple[Contribution, Contribution] | None:
    """The two contributions with those codes, the lower id first; None unless both are of the process and they are two."""
    rows = db.session.scalars(
        select(Contribution).where(Contribution.process_id == process_id, Contribution.code.in_([first, second])).order_by(Contribution.id)
    ).all()
    return (rows[0], rows[1]) if len(rows) == 2 else None


def suggestion_of(first_id: int, second_id: int) -> MergeSuggestion | None:
    return db.session.scalar(select(MergeSuggestion).where(MergeSuggestion.first_id == first_id, MergeSuggestion.second_id == second_id))


def merge_suggestions(process_id: int) -> Sequence[Pair]:
    """The pairs that nobody settled, oldest first."""
    first, second = aliased(Contribution), aliased(Contribution)
    rows = db.session.execute(
        select(first.id, first.code, first.title, second.id, second.code, second.title)
        .select_from(MergeSuggestion)
        .join(first, first.id == MergeSuggestion.first_id)
        .join(second, second.id == MergeSuggestion.second_id)
        .where(MergeSuggestion.process_id == process_id, MergeSuggestion.settled_at.is_(None))
        .order_by(MergeSuggestion.id)
        .limit(200)
    ).all()
    return [Pair(*row) for row in rows]


def known_pairs(process_id: int) -> set[tuple[int, int]]:
    """Pairs already passed on."""
    rows = db.session.execute(select(MergeSuggestion.first_id, MergeSuggestion.second_id).where(MergeSuggestion.process_id == process_id))
    return {(first, second) for first, second in rows}
