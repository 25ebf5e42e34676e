"""The filtered pile with what is needed to answer it outside: what was said, who is to answer by when, what stands."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.assignments.models import Assignment
from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel
from app.core.db import db
from app.feedback.models import Decision
from app.feedback.queries.history import decisions_by_id, draft_of
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState
from app.organisations.models import Organisation
from app.processes.models import Theme
from app.territories.models import Territory

A_STATEMENT = 500
_open = aliased(Decision)


class SheetRow(NamedTuple):
    """A contribution to answer; `decision_id` is its open version when somebody began."""

    id: int
    code: str
    title: str
    text: str
    theme: str | None
    place: str | None
    channel: Channel
    received_at: datetime
    organisation: str | None
    due_on: date | None
    decision_id: int | None


def sheet_rows(process_id: int, ids: list[int]) -> list[tuple[SheetRow, DecisionDraft | None]]:
    """These contributions in the order given, each with what is drafted so far; one that is split or of a group is drafted on the
    workbench only. Two or three statements for every 500."""
    found: dict[int, SheetRow] = {}
    for start in range(0, len(ids), A_STATEMENT):
        rows: Any = db.session.execute(
            select(
                Contribution.id, Contribution.code, Contribution.title, Contribution.text, Theme.name, Territory.full_name,
                Contribution.channel, Contribution.received_at, Organisation.name, Assignment.due_on, _open.id,
            )
            .select_from(Contribution)
            .outerjoin(Theme, Theme.id == Contribution.theme_id)
            .outerjoin(Territory, Territory.ubigeo == Contribution.ubigeo)
            .outerjoin(Assignment, (Assignment.contribution_id == Contribution.id) & Assignment.is_current)
            .outerjoin(Organisation, Organisation.id == Assignment.organisation_id)
            .outerjoin(_open, (_open.contribution_id == Contribution.id) & (_open.state != DecisionState.PUBLISHED))
            .where(Contribution.process_id == process_id, Contribution.id.in_(ids[start : start + A_STATEMENT]))
        )  # fmt: skip
        found |= {row[0]: SheetRow(*row) for row in rows}
    drafts = _drafts([row.decision_id for row in found.values() if row.decision_id])
    return [(found[id_], drafts.get(found[id_].decision_id or 0)) for id_ in ids if id_ in found]


def _drafts(decision_ids: list[int]) -> dict[int, DecisionDraft]:
    drafts: dict[int, DecisionDraft] = {}
    for start in range(0, len(decision_ids), A_STATEMENT):
        for decision in decisions_by_id(decision_ids[start : start + A_STATEMENT]):
            draft = draft_of(decision)
            if not draft.parts and not draft.group:
                drafts[decision.id] = draft
    return drafts
