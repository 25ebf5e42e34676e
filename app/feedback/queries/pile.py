"""The pile of somebody who answers: its numbers, its pages, and the neighbours of the contribution on the screen."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from app.activities.models import Activity
from app.assignments.models import Assignment
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.feedback.models import Decision, DecisionWriter
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.pile import UNASSIGNED, PileFilters, PileState
from app.organisations.models import Organisation
from app.processes.models import Phase, Theme
from app.processes.rules.schedule import PhaseKind

_open = aliased(Decision)
BEFORE, AFTER = 4, 12


class PileRow(NamedTuple):
    """A contribution in the pile, where its answer stands (`standing` None: nobody wrote yet) and who is to answer it by when."""

    id: int
    code: str
    title: str
    channel: Channel
    visibility: Visibility
    received_at: datetime
    answered_at: datetime | None
    standing: DecisionState | None
    return_note: str | None
    decision_id: int | None
    revision: int | None
    organisation: str | None
    due_on: date | None


class PileNumbers(NamedTuple):
    """How many of the filtered contributions stand where, whatever `state` is chosen."""

    unanswered: int
    drafts: int
    returned: int
    review: int
    approved: int
    published: int
    total: int

    def of(self, state: PileState) -> int:
        return dict(zip(_ORDER, self, strict=True))[state]


class Neighbours(NamedTuple):
    """The pile around a contribution: a window of rows in order, and the codes before and after it."""

    rows: list[PileRow]
    previous: str | None
    next: str | None


_ORDER = (
    PileState.UNANSWERED, PileState.DRAFT, PileState.RETURNED, PileState.REVIEW, PileState.APPROVED, PileState.PUBLISHED, PileState.ALL,
)  # fmt: skip
_STATES = {
    PileState.UNANSWERED: and_(Contribution.answered_at.is_(None), _open.id.is_(None)),
    PileState.DRAFT: and_(_open.state == DecisionState.DRAFT, _open.return_note == ""),
    PileState.RETURNED: and_(_open.state == DecisionState.DRAFT, _open.return_note != ""),
    PileState.REVIEW: _open.state == DecisionState.REVIEW,
    PileState.APPROVED: _open.state == DecisionState.APPROVED,
    PileState.PUBLISHED: Contribution.answered_at.is_not(None),
}


def _said(process_id: int, filters: PileFilters, person_id: int | None, *columns: Any) -> Select:
    rows = (
        select(*columns)
        .select_from(Contribution)
        .outerjoin(_open, and_(_open.contribution_id == Contribution.id, _open.state != DecisionState.PUBLISHED))
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
        .outerjoin(Assignment, and_(Assignment.contribution_id == Contribution.id, Assignment.is_current))
        .where(*contributions.conditions(process_id, filters.said, visibilities=tuple(Visibility)))
    )
    if filters.mine and person_id is not None:
        written = select(Decision.contribution_id).join(DecisionWriter, DecisionWriter.decision_id == Decision.id)
        rows = rows.where(Contribution.id.in_(written.where(Decision.process_id == process_id, DecisionWriter.person_id == person_id)))
    if filters.assigned == UNASSIGNED:
        rows = rows.where(Assignment.organisation_id.is_(None))
    elif filters.assigned:
        rows = rows.where(Assignment.organisation_id.in_(select(_with_units(filters.assigned).c.id)))
    return rows


def _with_units(slug: str) -> CTE:
    """The organisation with this slug and every unit below it."""
    top = select(Organisation.id).where(Organisation.slug == slug).cte("office", recursive=True)
    return top.union(select(Organisation.id).join(top, Organisation.parent_id == top.c.id))


def _rows(process_id: int, filters: PileFilters, person_id: int | None) -> Select:
    rows = _said(
        process_id, filters, person_id, Contribution.id, Contribution.code, Contribution.title, Contribution.channel,
        Contribution.visibility, Contribution.received_at, Contribution.answered_at, _open.state, _open.return_note, _open.id,
        _open.revision, Organisation.name, Assignment.due_on,
    ).outerjoin(Organisation, Organisation.id == Assignment.organisation_id)  # fmt: skip
    return rows if filters.state is PileState.ALL else rows.where(_STATES[filters.state])


def pile_numbers(process_id: int, filters: PileFilters, person_id: int | None = None) -> PileNumbers:
    """One statement."""
    sums = [func.coalesce(func.sum(case((_STATES[state], 1), else_=0)), 0) for state in _ORDER[:-1]]
    return PileNumbers(*db.session.execute(_said(process_id, filters, person_id, *sums, func.count(Contribution.id))).one())


def pile_page(
    process_id: int, filters: PileFilters, number: int, total: int, person_id: int | None = None, per_page: int = PER_PAGE
) -> Page:
    """A page of the pile, the first due or else the longest waiting first; `total` is what `pile_numbers` said."""
    rows = db.session.execute(
        _rows(process_id, filters, person_id).order_by(*_order(filters)).limit(per_page).offset((number - 1) * per_page)
    )
    return Page([PileRow(*row) for row in rows], number, total, per_page)


def pile_ids(process_id: int, filters: PileFilters, person_id: int | None, most: int, only: Collection[int] | None = None) -> list[int]:
    """Ids of the filtered pile in its order, at most `most`; of those in `only` when it is given."""
    rows = _said(process_id, filters, person_id, Contribution.id)
    if filters.state is not PileState.ALL:
        rows = rows.where(_STATES[filters.state])
    if only is not None:
        rows = rows.where(Contribution.id.in_(only))
    return list(db.session.scalars(rows.order_by(*_order(filters)).limit(most)))


def _order(filters: PileFilters) -> tuple[Any, ...]:
    waiting = (Contribution.received_at, Contribution.id)
    return (Assignment.due_on, *waiting) if filters.is_by_due_date else waiting


def neighbours(contribution: Contribution, filters: PileFilters, person_id: int | None = None) -> Neighbours:
    """The rows around the contribution, itself among them even when it no longer fits the filters. Three statements, four by day."""
    rows, order = _rows(contribution.process_id, filters, person_id), _order(filters)
    here: tuple[Any, ...] = (contribution.received_at, contribution.id)
    if filters.is_by_due_date:
        due_on = db.session.scalar(select(Assignment.due_on).where(Assignment.contribution_id == contribution.id, Assignment.is_current))
        here, order = ((due_on, *here), order) if due_on else (here, order[1:])
    before = db.session.execute(rows.where(_beside(order, here, later=False)).order_by(*(o.desc() for o in order)).limit(BEFORE)).all()
    after = db.session.execute(rows.where(_beside(order, here, later=True)).order_by(*order).limit(AFTER)).all()
    itself = db.session.execute(
        _rows(contribution.process_id, PileFilters(state=PileState.ALL), None).where(Contribution.id == contribution.id)
    ).all()
    window = [PileRow(*row) for row in (*reversed(before), *itself, *after)]
    return Neighbours(window, before[0].code if before else None, after[0].code if after else None)


def _beside(order: Sequence[Any], here: Sequence[Any], *, later: bool) -> ColumnElement[bool]:
    """Rows after (or before) `here` in the order of these columns."""
    found: ColumnElement[bool] = false()
    for column, value in reversed(list(zip(order, here, strict=True))):
        nearer = column > value if later else column < value
        found = or_(nearer, and_(column == value, found))
    return found


def deadline(process_id: int) -> datetime | None:
    """When the feedback phase closes."""
    return db.session.scalar(
        select(Phase.closes_at).where(Phase.process_id == process_id, Phase.kind == PhaseKind.FEEDBACK).order_by(Phase.id).limit(1)
    )


def workshops(process_id: int) -> list[int]:
    """Numbers of the workshops that have contributions, in order."""
    return list(
        db.session.scalars(
            select(Activity.number).where(
                Activity.process_id == process_id, select(Contribution.id).where(Contribution.activity_id == Activity.id).exists()
            ).order_by(Activity.number)
        )
    )  # fmt: skip
