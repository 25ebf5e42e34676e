"""Reading the act, who signed it, and how each of its lines goes; and what of them guards and tabs ask."""

from typing import Any

from sqlalchemy import exists, select

from app.agreements.models import AgreementAct
from app.agreements.queries.acts import (
    accredited,
    act_facts,
    act_of,
    dissents,
    draft_of,
    line_by_code,
    lines_of,
    locked,
    open_act,
    own_signature,
    public_act,
    public_acts,
    signatures,
    signed_counts,
    standing_act,
    text_of,
    to_sign,
)
from app.agreements.queries.execution import (
    UPDATE_SUBJECT,
    LineRow,
    alarms,
    books_of,
    in_force,
    line_of,
    lines_followed,
    lines_with_cui,
    photos_of,
    public_line,
    row_of,
    staff_line,
    updates_of,
)
from app.agreements.rules.acts import PUBLIC
from app.budgeting.models import BudgetRound
from app.budgeting.rules.tabs import RoundTab, Tab
from app.core.db import db

__all__ = [
    "UPDATE_SUBJECT",
    "LineRow",
    "accredited",
    "act_facts",
    "act_of",
    "alarms",
    "books_of",
    "dissents",
    "draft_of",
    "in_force",
    "line_by_code",
    "line_of",
    "lines_followed",
    "lines_of",
    "lines_with_cui",
    "locked",
    "open_act",
    "own_signature",
    "photos_of",
    "public_act",
    "public_acts",
    "public_line",
    "round_facts",
    "round_tabs",
    "row_of",
    "signatures",
    "signed_counts",
    "staff_line",
    "standing_act",
    "text_of",
    "to_sign",
    "updates_of",
]


def _has_public(round_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(AgreementAct.round_id == round_id, AgreementAct.state.in_(PUBLIC)))))


def round_facts(round_id: int) -> dict[str, Any]:
    """What the guards of the round ask of this floor."""
    return {"has_signed_act": _has_public(round_id)}


def round_tabs(round_: BudgetRound) -> list[RoundTab]:
    """The act and its execution, from the day the act is published."""
    if not _has_public(round_.id):
        return []
    return [RoundTab(Tab.ACT, "agreements.show"), RoundTab(Tab.EXECUTION, "agreements.execution")]
