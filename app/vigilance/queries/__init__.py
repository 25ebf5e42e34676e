"""Reading the committee and what it finds; and what of them guards and tabs ask."""

from typing import Any

from sqlalchemy import exists, select

from app.budgeting.models import BudgetRound
from app.budgeting.rules.tabs import RoundTab, Tab
from app.core.db import db
from app.vigilance.models import VigilanceCommittee
from app.vigilance.queries.committees import candidates, committee_of, committees, member_of, members, past_members, sitting
from app.vigilance.queries.findings import (
    APPROVAL_SUBJECT,
    FINDING_SUBJECT,
    approvals,
    complaints,
    finding_for_staff,
    findings,
    last_number,
    line_of,
    locked,
    open_findings,
    overdue_count,
    overdue_since,
    public_finding,
    public_findings,
    replies,
    replies_of,
    report,
    reports,
    to_approve,
)

__all__ = [
    "APPROVAL_SUBJECT",
    "FINDING_SUBJECT",
    "approvals",
    "candidates",
    "committee_of",
    "committees",
    "complaints",
    "finding_for_staff",
    "findings",
    "last_number",
    "line_of",
    "locked",
    "member_of",
    "members",
    "open_findings",
    "overdue_count",
    "overdue_since",
    "past_members",
    "public_finding",
    "public_findings",
    "replies",
    "replies_of",
    "report",
    "reports",
    "round_facts",
    "round_tabs",
    "sitting",
    "to_approve",
]


def round_facts(round_id: int) -> dict[str, Any]:
    """What the guards of the round ask: whether a committee of the size the round asks for was elected and sits."""
    committee = committee_of(round_id)
    minimum = db.session.scalar(select(BudgetRound.vigilance_minimum).where(BudgetRound.id == round_id)) or 1
    return {"has_committee": committee is not None and len(members(committee.id)) >= minimum}


def round_tabs(round_: BudgetRound) -> list[RoundTab]:
    """The committee's page, from the day its election is recorded."""
    has_one = db.session.scalar(select(exists().where(VigilanceCommittee.round_id == round_.id)))
    return [RoundTab(Tab.VIGILANCE, "vigilance.show")] if has_one else []
