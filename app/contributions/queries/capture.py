"""What was captured in one workshop, with who spoke: for who captures."""

from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.activities.models import Activity
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.processes.models import Opportunity, Process, Theme


def captured_in(activity_id: int, number: int) -> Page:
    """A page of what was captured, newest first: pairs of contribution and authorship, themes loaded."""
    query = _pairs().where(Contribution.activity_id == activity_id).order_by(Contribution.id.desc())
    rows = db.session.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    total = db.session.scalar(select(func.count(Contribution.id)).where(Contribution.activity_id == activity_id)) or 0
    return Page(rows, number, total)


def captured_row(process_slug: str, activity_slug: str, code: str) -> tuple[Contribution, Authorship] | None:
    """One contribution of that workshop and its author; process, space, theme, territory and activity loaded."""
    row = db.session.execute(
        _pairs()
        .join(Activity, Activity.id == Contribution.activity_id)
        .join(Opportunity, Opportunity.id == Activity.opportunity_id)
        .join(Process, Process.id == Contribution.process_id)
        .where(Process.slug == process_slug, Opportunity.slug == activity_slug, Contribution.code == code)
        .options(
            joinedload(Contribution.process).joinedload(Process.space),
            joinedload(Contribution.activity).joinedload(Activity.opportunity),
            joinedload(Contribution.territory),
        )  # fmt: skip
    ).first()
    return None if row is None else (row[0], row[1])


class SaidRow(NamedTuple):
    """One contribution of a workshop in few words, for its minutes."""

    code: str
    title: str
    theme: str
    is_public: bool


def said_in(activity_id: int) -> list[SaidRow]:
    """Everything said in a workshop, in the order of its codes; titles of what is not public are left out. One statement."""
    rows = db.session.execute(
        select(Contribution.code, Contribution.title, Theme.name, Contribution.visibility)
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
        .where(Contribution.activity_id == activity_id)
        .order_by(Contribution.series, Contribution.number, Contribution.id)
    )
    return [
        SaidRow(code, title if visibility is Visibility.PUBLIC else "", theme or "", visibility is Visibility.PUBLIC)
        for code, title, theme, visibility in rows
    ]


def _pairs() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(Contribution, Authorship).join(Authorship, Authorship.contribution_id == Contribution.id)
    return query.options(joinedload(Contribution.theme))
