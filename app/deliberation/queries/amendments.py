"""Other wordings proposed for the draft of a plan, with the contribution that carries each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, contains_eager

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.deliberation.models import TextAmendment
from app.deliberation.rules.amendments import AmendmentState


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment, the contribution that carries it, and the code of the proposal it became (empty while it is none)."""

    amendment: TextAmendment
    contribution: Contribution
    promoted: str


def amendments_page(
    process_id: int, state: AmendmentState | None, number: int, *, visibilities: Sequence[Visibility] = (Visibility.PUBLIC,)
) -> Page:
    """A page of amendments, those that wait first, then by their order."""
    asked: list[ColumnElement[bool]] = [TextAmendment.process_id == process_id, Contribution.visibility.in_(visibilities)]
    if state is not None:
        asked.append(TextAmendment.state == state)
    rows = db.session.execute(
        _rows().where(*asked).order_by(TextAmendment.state != AmendmentState.OPEN, TextAmendment.contribution_id)
        .limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    )  # fmt: skip
    found = [AmendmentRow(amendment, contribution, promoted or "") for amendment, contribution, promoted in rows]
    total = db.session.scalar(
        select(func.count()).select_from(TextAmendment).join(Contribution, Contribution.id == TextAmendment.contribution_id).where(*asked)
    )
    return Page(found, number, total or 0)


def amendment_of_code(process_id: int, code: str) -> AmendmentRow | None:
    """The amendment carried by the contribution with that code, of any visibility."""
    row = db.session.execute(_rows().where(TextAmendment.process_id == process_id, Contribution.code == code)).first()
    return None if row is None else AmendmentRow(row[0], row[1], row[2] or "")


def amendment_of(contribution_id: int) -> AmendmentRow | None:
    row = db.session.execute(_rows().where(TextAmendment.contribution_id == contribution_id)).first()
    return None if row is None else AmendmentRow(row[0], row[1], row[2] or "")


def amendment_states(contribution_ids: Collection[int]) -> dict[int, AmendmentState]:
    """The state of those contributions that carry an amendment."""
    if not contribution_ids:
        return {}
    rows = db.session.execute(
        select(TextAmendment.contribution_id, TextAmendment.state).where(TextAmendment.contribution_id.in_(contribution_ids))
    )
    return {number: state for number, state in rows}


def amendment_counts(process_id: int) -> dict[AmendmentState, int]:
    """How many public amendments there are in each state."""
    rows = db.session.execute(
        select(TextAmendment.state, func.count())
        .join(Contribution, Contribution.id == TextAmendment.contribution_id)
        .where(TextAmendment.process_id == process_id, Contribution.visibility == Visibility.PUBLIC)
        .group_by(TextAmendment.state)
    )
    return {state: 0 for state in AmendmentState} | {state: number for state, number in rows}


def _rows() -> Select[*tuple[Any, ...]]:
    became = aliased(Contribution)
    query: Select[*tuple[Any, ...]] = select(TextAmendment, Contribution, became.code)
    return (
        query.join(Contribution, Contribution.id == TextAmendment.contribution_id)
        .outerjoin(became, became.id == TextAmendment.promoted_id)
        .options(contains_eager(TextAmendment.contribution))
    )
