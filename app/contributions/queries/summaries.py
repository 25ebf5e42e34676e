"""Summaries in Spanish."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Person
from app.contributions.models import Contribution, ContributionSummary
from app.contributions.rules.terms import Language, Visibility
from app.core.db import db

A_QUERY = 500


@dataclass(frozen=True)
class Summary:
    """The present summary of a contribution, and the name of the person of the team who wrote it."""

    n: int
    text: str
    written_by: str
    written_at: datetime


def summaries(contribution_ids: Collection[int]) -> dict[int, Summary]:
    """The present summary of each that has one."""
    wanted, found = sorted(set(contribution_ids)), {}
    for start in range(0, len(wanted), A_QUERY):
        rows = db.session.execute(
            select(ContributionSummary, Person.name)
            .join(Person, Person.id == ContributionSummary.written_by_id)
            .where(ContributionSummary.contribution_id.in_(wanted[start : start + A_QUERY]))
            .order_by(ContributionSummary.contribution_id, ContributionSummary.n)
        )
        found.update({row.contribution_id: Summary(row.n, row.text, name, row.written_at) for row, name in rows})
    return found


def to_summarise(process_id: int, most: int = 200) -> Sequence[Contribution]:
    """Public contributions in another language that have no summary yet, the oldest first."""
    has_one = select(ContributionSummary.contribution_id).where(ContributionSummary.contribution_id == Contribution.id).exists()
    return db.session.scalars(
        select(Contribution)
        .where(
            Contribution.process_id == process_id, Contribution.visibility == Visibility.PUBLIC, Contribution.language != Language.SPANISH,
            ~has_one,
        )
        .order_by(Contribution.received_at, Contribution.id)
        .limit(most)
    ).all()  # fmt: skip


def summary_words(contribution_id: int) -> str:
    """The words of the present summary, for the search; "" when there is none."""
    newest = select(func.max(ContributionSummary.n)).where(ContributionSummary.contribution_id == contribution_id).scalar_subquery()
    return (
        db.session.scalar(
            select(ContributionSummary.text).where(ContributionSummary.contribution_id == contribution_id, ContributionSummary.n == newest)
        )
        or ""
    )
