"""The public ageing list: who has been waiting, for whose answer, since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, select

from app.assignments.models import Assignment
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.organisations.models import Organisation
from app.processes.models import Theme

NOBODY = "sin-asignar"
"""What the filter by entity calls contributions nobody was assigned."""


class AgeingRow(NamedTuple):
    """A contribution that waits. What was said is there only when it is public; the entity is empty when nobody was assigned it."""

    code: str
    title: str
    theme: str
    visibility: Visibility
    received_at: datetime
    organisation: str
    organisation_slug: str
    due_on: date | None
    assigned_at: datetime | None


class AgeingTotal(NamedTuple):
    """What waits for one entity (its slug empty: for nobody yet)."""

    organisation_slug: str
    organisation: str
    waiting: int
    overdue: int
    oldest_received_at: datetime


@dataclass(frozen=True)
class AgeingFilters:
    """`organisation` is a slug or `NOBODY`, `theme` a slug; empty narrows nothing."""

    organisation: str = ""
    theme: str = ""


def ageing(process_id: int, *, today: date) -> list[AgeingTotal]:
    """Totals by entity, the one with most waiting first. One statement."""
    count, oldest = func.count(), func.min(Contribution.received_at)
    rows = db.session.execute(
        _joined(
            Organisation.slug, Organisation.name, count, func.sum(case((Assignment.due_on < today, 1), else_=0)), oldest
        )
        .where(Contribution.process_id == process_id, Contribution.answered_at.is_(None))
        .group_by(Organisation.slug, Organisation.name)
        .order_by(count.desc(), oldest, Organisation.slug)
    )  # fmt: skip
    found: dict[str, AgeingTotal] = {}
    for slug, name, waiting, overdue, since in rows:
        late = overdue if slug else 0  # nobody is late with what nobody was given
        found[slug or ""] = AgeingTotal(slug or "", name or "", waiting, late or 0, since)
    return list(found.values())


def ageing_page(process_id: int, filters: AgeingFilters, number: int) -> Page:
    """Oldest first; two statements."""
    total = db.session.scalar(_narrowed(_joined(func.count()), process_id, filters)) or 0
    rows = db.session.execute(_listed(process_id, filters).limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    return Page([_row(row) for row in rows], number, total)


def ageing_rows(process_id: int, filters: AgeingFilters) -> Iterator[AgeingRow]:
    """Every row, a few hundred in memory at a time: for files."""
    for row in db.session.execute(_listed(process_id, filters).execution_options(yield_per=500)):
        yield _row(row)


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Contribution)
        .outerjoin(Assignment, and_(Assignment.contribution_id == Contribution.id, Assignment.is_current))
        .outerjoin(Organisation, Organisation.id == Assignment.organisation_id)
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
    )


def _narrowed(rows: Select[Any], process_id: int, filters: AgeingFilters) -> Select[Any]:
    rows = rows.where(Contribution.process_id == process_id, Contribution.answered_at.is_(None))
    if filters.organisation == NOBODY:
        rows = rows.where(Organisation.id.is_(None))
    elif filters.organisation:
        rows = rows.where(Organisation.slug == filters.organisation)
    if filters.theme:  # the theme of what is not public is not told either
        rows = rows.where(Theme.slug == filters.theme, Contribution.visibility == Visibility.PUBLIC)
    return rows


def _listed(process_id: int, filters: AgeingFilters) -> Select[Any]:
    rows = _joined(
        Contribution.code, Contribution.title, Theme.name, Contribution.visibility, Contribution.received_at, Organisation.name,
        Organisation.slug, Assignment.due_on, Assignment.assigned_at,
    )  # fmt: skip
    return _narrowed(rows, process_id, filters).order_by(Contribution.received_at, Contribution.id)


def _row(row: Any) -> AgeingRow:
    code, title, theme, visibility, received_at, organisation, slug, due_on, assigned_at = row
    is_public, has_holder = visibility is Visibility.PUBLIC, slug is not None
    return AgeingRow(
        code, title if is_public else "", (theme or "") if is_public else "", visibility, received_at, organisation or "", slug or "",
        due_on if has_holder else None, assigned_at if has_holder else None,
    )  # fmt: skip
