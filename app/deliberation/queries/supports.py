"""Who supports what, and how many."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.deliberation.models import Support

A_QUERY = 500


def support_counts(contribution_ids: Iterable[int]) -> dict[int, int]:
    """How many people support each contribution; those without any are left out."""
    wanted, found = sorted(set(contribution_ids)), {}
    for start in range(0, len(wanted), A_QUERY):
        rows = db.session.execute(
            select(Support.contribution_id, func.count())
            .where(Support.contribution_id.in_(wanted[start : start + A_QUERY]), Support.stands)
            .group_by(Support.contribution_id)
        )
        found.update({number: count for number, count in rows})
    return found


def does_support(contribution_id: int, person_id: int) -> bool:
    stands = db.session.scalar(select(Support.stands).where(Support.contribution_id == contribution_id, Support.person_id == person_id))
    return bool(stands)


def supported_by(person_id: int, number: int) -> Page:
    """A page of what a person supports and is still public: (code, title), newest first."""
    query = (
        select(Contribution.code, Contribution.title)
        .join(Support, Support.contribution_id == Contribution.id)
        .where(Support.person_id == person_id, Support.stands, Contribution.visibility == Visibility.PUBLIC)
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.execute(
        query.order_by(Support.changed_at.desc(), Support.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    return Page(rows, number, total)
