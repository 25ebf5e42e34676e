"""Reading findings, their replies, their complaints and the reports made of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.agreements import queries as agreements
from app.agreements.models import ActLine
from app.budgeting.models import Agent, BudgetRound
from app.core.clock import start_of_lima_day
from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.vigilance.models import Complaint, Finding, FindingApproval, FindingReply, Member, VigilanceCommittee, VigilanceReport
from app.vigilance.rules.findings import PUBLIC, FindingState

FINDING_SUBJECT = "vigilance-finding"
APPROVAL_SUBJECT = "vigilance-approval"


def _findings() -> Select[Any]:
    return (
        select(Finding)
        .join(Finding.round)
        .join(BudgetRound.process)
        .options(
            contains_eager(Finding.round).contains_eager(BudgetRound.process).joinedload(Process.space), joinedload(Finding.project),
            joinedload(Finding.committee),
        )
    )  # fmt: skip


def findings(round_id: int) -> Sequence[Finding]:
    """All of them, newest first: for the committee."""
    return db.session.scalars(_findings().where(Finding.round_id == round_id).order_by(Finding.number.desc())).all()


def public_findings(round_id: int) -> Sequence[Finding]:
    """The published ones, newest first."""
    return db.session.scalars(
        _findings().where(Finding.round_id == round_id, Finding.state.in_(PUBLIC)).order_by(Finding.published_at.desc(), Finding.id.desc())
    ).all()


def finding_for_staff(slug: str, code: str) -> Finding | None:
    """A finding in any state; round, process, space, project and committee loaded."""
    return db.session.scalar(_findings().where(Process.slug == slug, Finding.code == code))


def public_finding(slug: str, code: str) -> Finding | None:
    """A published finding of a public process."""
    return db.session.scalar(
        _findings().where(Process.slug == slug, Process.state != ProcessState.DRAFT, Finding.code == code, Finding.state.in_(PUBLIC))
    )


def line_of(finding: Finding) -> ActLine | None:
    """The line of the act in force that the finding is about, with its unit; None when it is about the whole round."""
    return agreements.staff_line(finding.round.process.slug, finding.project.code) if finding.project is not None else None


def locked(finding_id: int) -> Finding:
    """As it stands now, held until the transaction ends."""
    db.session.execute(select(Finding.id).where(Finding.id == finding_id).with_for_update())
    return db.session.scalars(_findings().where(Finding.id == finding_id).execution_options(populate_existing=True)).one()


def last_number(round_id: int) -> int:
    return db.session.scalar(select(func.max(Finding.number)).where(Finding.round_id == round_id)) or 0


def approvals(finding: Finding) -> Sequence[FindingApproval]:
    """Of the text as it stands, by who still sits; members and agents loaded."""
    return db.session.scalars(
        select(FindingApproval)
        .join(FindingApproval.member)
        .where(FindingApproval.finding_id == finding.id, FindingApproval.sha256 == finding.sha256, Member.left_on.is_(None))
        .options(contains_eager(FindingApproval.member).joinedload(Member.agent))
        .order_by(FindingApproval.approved_at, FindingApproval.id)
    ).all()


def replies(finding_id: int) -> Sequence[FindingReply]:
    """Oldest first."""
    return db.session.scalars(select(FindingReply).where(FindingReply.finding_id == finding_id).order_by(FindingReply.number)).all()


def replies_of(finding_ids: Sequence[int]) -> dict[int, list[FindingReply]]:
    """The same of several."""
    found: dict[int, list[FindingReply]] = {}
    rows = select(FindingReply).where(FindingReply.finding_id.in_(finding_ids)).order_by(FindingReply.finding_id, FindingReply.number)
    for row in db.session.scalars(rows):
        found.setdefault(row.finding_id, []).append(row)
    return found


def complaints(finding_id: int) -> Sequence[Complaint]:
    """Oldest first."""
    return db.session.scalars(select(Complaint).where(Complaint.finding_id == finding_id).order_by(Complaint.number)).all()


def reports(round_id: int) -> Sequence[VigilanceReport]:
    """Newest first."""
    return db.session.scalars(
        select(VigilanceReport).where(VigilanceReport.round_id == round_id).order_by(VigilanceReport.number.desc())
    ).all()


def report(slug: str, number: int) -> VigilanceReport | None:
    """A report of a public process, by its number; round, process and space loaded."""
    return db.session.scalar(
        select(VigilanceReport)
        .join(VigilanceReport.round)
        .join(BudgetRound.process)
        .where(Process.slug == slug, Process.state != ProcessState.DRAFT, VigilanceReport.number == number)
        .options(contains_eager(VigilanceReport.round).contains_eager(BudgetRound.process).joinedload(Process.space))
    )


def open_findings(process_ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many published findings wait for a reply, and since when the oldest: what the desk shows."""
    return _waiting(process_ids)


def overdue_since(process_ids: Sequence[int], today: date) -> dict[int, tuple[int, datetime]]:
    """The same of those whose day passed."""
    return {
        process_id: (count, start_of_lima_day(first or today))
        for process_id, count, first in db.session.execute(
            select(BudgetRound.process_id, func.count(), func.min(Finding.reply_by))
            .join(BudgetRound, BudgetRound.id == Finding.round_id)
            .where(BudgetRound.process_id.in_(process_ids), Finding.state == FindingState.PUBLISHED, Finding.reply_by < today)
            .group_by(BudgetRound.process_id)
        )
    }


def _waiting(process_ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    rows = db.session.execute(
        select(BudgetRound.process_id, func.count(), func.min(Finding.published_at))
        .join(BudgetRound, BudgetRound.id == Finding.round_id)
        .where(BudgetRound.process_id.in_(process_ids), Finding.state == FindingState.PUBLISHED)
        .group_by(BudgetRound.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows if since is not None}


def overdue_count(round_id: int, today: date) -> int:
    """How many findings of the round were not replied in time."""
    return (
        db.session.scalar(
            select(func.count(Finding.id)).where(
                Finding.round_id == round_id, Finding.state == FindingState.PUBLISHED, Finding.reply_by < today
            )
        )
        or 0
    )


def to_approve(process_ids: Sequence[int], person_id: int) -> dict[int, tuple[int, datetime]]:
    """By process: proposed findings that the person, as a member, has not approved."""
    mine = (
        select(FindingApproval.id)
        .join(Member, Member.id == FindingApproval.member_id)
        .join(Agent, Agent.id == Member.agent_id)
        .where(FindingApproval.finding_id == Finding.id, FindingApproval.sha256 == Finding.sha256, Agent.person_id == person_id)
    )
    sits = (
        select(Member.id)
        .join(Agent, Agent.id == Member.agent_id)
        .join(VigilanceCommittee, VigilanceCommittee.id == Member.committee_id)
        .where(VigilanceCommittee.id == Finding.committee_id, Member.left_on.is_(None), Agent.person_id == person_id)
    )
    rows = db.session.execute(
        select(BudgetRound.process_id, func.count(), func.min(Finding.written_at))
        .join(BudgetRound, BudgetRound.id == Finding.round_id)
        .where(BudgetRound.process_id.in_(process_ids), Finding.state == FindingState.PROPOSED, ~mine.exists(), sits.exists())
        .group_by(BudgetRound.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows}
