"""Lists of contributions as light rows: plain columns, a fixed number of statements whatever their size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from app.activities.models import Activity
from app.contributions.models import CodeSequence, Contribution
from app.contributions.queries.search import search_filter
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, Language, ProponentKind, Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.organisations.rules import Sector
from app.processes.models import Theme
from app.territories.models import Territory

PUBLIC_ONLY = (Visibility.PUBLIC,)


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What a list shows of a contribution. `workshop` is the number of its workshop; `place` the territory's full name."""

    id: int
    code: str
    channel: Channel
    proponent_kind: ProponentKind
    public_name: str
    organisation_name: str
    sector: Sector
    ubigeo: str | None
    place: str
    language: Language
    theme_slug: str
    theme: str
    title: str
    text: str
    visibility: Visibility
    received_at: datetime
    answered_at: datetime | None
    workshop: int | None
    activity_id: int | None


def conditions(
    process_id: int, filters: ContributionFilters, visibilities: Sequence[Visibility] = PUBLIC_ONLY
) -> list[ColumnElement[bool]]:
    """What the filters ask, over contribution, theme and activity joined as `filtered` does; `outcome` is for packages above."""
    asked = [Contribution.process_id == process_id, Contribution.visibility.in_(visibilities)]
    if filters.q:
        asked.append(search_filter(filters.q))
    if filters.theme:
        asked.append(Theme.slug == filters.theme)
    if filters.territory:
        asked.append(Contribution.ubigeo.startswith(filters.territory, autoescape=True))
    chosen = {Contribution.channel: filters.channel, Contribution.sector: filters.sector, Contribution.language: filters.language}
    asked += [field == value for field, value in chosen.items() if value is not None]
    if filters.workshop is not None:
        asked.append(Activity.number == filters.workshop)
    if filters.answered is not None:
        asked.append(Contribution.answered_at.is_not(None) if filters.answered else Contribution.answered_at.is_(None))
    return asked


def filtered(
    process_id: int, filters: ContributionFilters, *, visibilities: Sequence[Visibility] = PUBLIC_ONLY,
    also: Sequence[ColumnElement[bool]] = (), oldest_first: bool = False,
) -> Select[*tuple[Any, ...]]:  # fmt: skip
    """The rows of `ContributionRow`, newest first unless asked otherwise; `also` adds conditions from packages above."""
    order = (Contribution.received_at, Contribution.id) if oldest_first else (Contribution.received_at.desc(), Contribution.id.desc())
    columns = (
        Contribution.id, Contribution.code, Contribution.channel, Contribution.proponent_kind, Contribution.public_name,
        Contribution.organisation_name, Contribution.sector, Contribution.ubigeo, func.coalesce(Territory.full_name, ""),
        Contribution.language, func.coalesce(Theme.slug, ""), func.coalesce(Theme.name, ""), Contribution.title, Contribution.text,
        Contribution.visibility, Contribution.received_at, Contribution.answered_at, Activity.number, Contribution.activity_id,
    )  # fmt: skip
    query: Select[*tuple[Any, ...]] = select(*columns)
    return _joined(query).where(*conditions(process_id, filters, visibilities), *also).order_by(*order)


def counted(
    process_id: int, filters: ContributionFilters, *, visibilities: Sequence[Visibility] = PUBLIC_ONLY,
    also: Sequence[ColumnElement[bool]] = (),
) -> int:  # fmt: skip
    """How many rows `filtered` gives."""
    query = select(func.count(Contribution.id)).select_from(Contribution)
    if filters.theme or also:
        query = query.outerjoin(Theme, Theme.id == Contribution.theme_id)
    if filters.workshop is not None or also:
        query = query.outerjoin(Activity, Activity.id == Contribution.activity_id)
    return db.session.scalar(query.where(*conditions(process_id, filters, visibilities), *also)) or 0


def rows_of(query: Select[*tuple[Any, ...]]) -> list[ContributionRow]:
    """The rows of a `filtered` query, narrowed or limited by the caller."""
    return [_row(row) for row in db.session.execute(query)]


def page_of(
    process_id: int, filters: ContributionFilters, number: int, *, visibilities: Sequence[Visibility] = PUBLIC_ONLY,
    also: Sequence[ColumnElement[bool]] = (), oldest_first: bool = False,
) -> Page:  # fmt: skip
    """One page of 30: two statements."""
    query = filtered(process_id, filters, visibilities=visibilities, also=also, oldest_first=oldest_first)
    rows = rows_of(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    return Page(rows, number, counted(process_id, filters, visibilities=visibilities, also=also))


def all_rows(
    process_id: int, filters: ContributionFilters, *, visibilities: Sequence[Visibility] = PUBLIC_ONLY
) -> Iterator[ContributionRow]:
    """Every row, oldest first, a few hundred in memory at a time: for files."""
    query = filtered(process_id, filters, visibilities=visibilities, oldest_first=True)
    for row in db.session.execute(query.execution_options(yield_per=500)):
        yield _row(row)


def received_count(process_id: int) -> int:
    """How many contributions have ever got a code, whatever became of them."""
    return db.session.scalar(select(func.coalesce(func.sum(CodeSequence.last), 0)).where(CodeSequence.process_id == process_id)) or 0


def counts(process_id: int) -> dict[Visibility, int]:
    """How many there are of each visibility."""
    found = db.session.execute(
        select(Contribution.visibility, func.count()).where(Contribution.process_id == process_id).group_by(Contribution.visibility)
    )
    return {visibility: 0 for visibility in Visibility} | {visibility: number for visibility, number in found}


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Contribution)
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
        .outerjoin(Territory, Territory.ubigeo == Contribution.ubigeo)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> ContributionRow:
    values: tuple[Any, ...] = tuple(row)
    return ContributionRow(*values)
