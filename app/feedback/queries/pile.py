"""The pile of somebody who answers: its numbers, its pages, and the neighbours of the contribution on the screen."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.activities.models import Activity
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.feedback.models import Decision, DecisionWriter
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.pile import PileFilters, PileState
from app.processes.models import Phase, Theme
from app.processes.rules.schedule import PhaseKind

_open = aliased(Decision)
BEFORE, AFTER = 4, 12


class PileRow(NamedTuple):
    """A contribution in the pile and where its answer stands (`standing` None: nobody wrote yet)."""

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
        .where(*contributions.conditions(process_id, filters.said, visibilities=tuple(Visibility)))
    )
    if filters.mine and person_id is not None:
        written = select(Decision.contribution_id).join(DecisionWriter, DecisionWriter.decision_id == Decision.id)
        rows = rows.where(Contribution.id.in_(written.where(Decision.process_id == process_id, DecisionWriter.person_id == person_id)))
    return rows


def _rows(process_id: int, filters: PileFilters, person_id: int | None) -> Select:
    rows = _said(
        process_id, filters, person_id, Contribution.id, Contribution.code, Contribution.title, Contribution.channel,
        Contribution.visibility, Contribution.received_at, Contribution.answered_at, _open.state, _open.return_note, _open.id,
        _open.revision,
    )  # fmt: skip
    return rows if filters.state is PileState.ALL else rows.where(_STATES[filters.state])


def pile_numbers(process_id: int, filters: PileFilters, person_id: int | None = None) -> PileNumbers:
    """One statement."""
    sums = [func.coalesce(func.sum(case((_STATES[state], 1), else_=0)), 0) for state in _ORDER[:-1]]
    return PileNumbers(*db.session.execute(_said(process_id, filters, person_id, *sums, func.count(Contribution.id))).one())


def pile_page(
    process_id: int, filters: PileFilters, number: int, total: int, person_id: int | None = None, per_page: int = PER_PAGE
) -> Page:
    """A page of the pile, the longest waiting first; `total` is what `pile_numbers` said."""
    rows = db.session.execute(
        _rows(process_id, filters, person_id)
        .order_by(Contribution.received_at, Contribution.id)
        .limit(per_page)
        .offset((number - 1) * per_page)
    )
    return Page([PileRow(*row) for row in rows], number, total, per_page)


def neighbours(contribution: Contribution, filters: PileFilters, person_id: int | None = None) -> Neighbours:
    """The rows around the contribution, itself among them even when it no longer fits the filters. Three statements."""
    here = (contribution.received_at, contribution.id)
    rows = _rows(contribution.process_id, filters, person_id)
    earlier = or_(Contribution.received_at < here[0], and_(Contribution.received_at == here[0], Contribution.id < here[1]))
    later = or_(Contribution.received_at > here[0], and_(Contribution.received_at == here[0], Contribution.id > here[1]))
    before = db.session.execute(rows.where(earlier).order_by(Contribution.received_at.desc(), Contribution.id.desc()).limit(BEFORE)).all()
    after = db.session.execute(rows.where(later).order_by(Contribution.received_at, Contribution.id).limit(AFTER)).all()
    itself = db.session.execute(
        _rows(contribution.process_id, PileFilters(state=PileState.ALL), None).where(Contribution.id == contribution.id)
    ).all()
    window = [PileRow(*row) for row in (*reversed(before), *itself, *after)]
    return Neighbours(window, before[0].code if before else None, after[0].code if after else None)


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
