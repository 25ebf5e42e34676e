"""The report of the committee to the coordination council, compiled from what was found in a period."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from app.agreements import queries as agreements
from app.audit import services as audit
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.processes import services as processes
from app.vigilance import queries
from app.vigilance.models import Finding, VigilanceCommittee, VigilanceReport
from app.vigilance.rules import reports as rules
from app.vigilance.rules.findings import is_overdue
from app.vigilance.rules.reports import ReportProblem
from app.vigilance.services.findings import COMMITTEE


def publish_report(
    committee: VigilanceCommittee, since: date | None, until: date | None, opinion: str, *, person_id: int, now: datetime
) -> VigilanceReport:  # fmt: skip
    """Findings published in the period with what was replied, how the lines go today, and what the committee thinks; kept as it is.

    `committee.round.process.space` is loaded. The caller commits. Raises RuleBroken.
    """
    is_member = queries.member_of(committee.id, person_id) is not None
    today = lima_day(now)
    refuse_if_any(rules.problems_with_report(since, until, opinion, is_member=is_member, today=today))
    assert since is not None and until is not None  # noqa: S101 - the rule refused it
    round_ = committee.round
    known = queries.reports(round_.id)
    found = [f for f in queries.public_findings(round_.id) if f.published_at and since <= lima_day(f.published_at) <= until]
    act = agreements.standing_act(round_.id)
    rows = agreements.in_force(act, today) if act else []
    books = agreements.books_of(rows)
    content = {
        "process": round_.process.slug, "since": since.isoformat(), "until": until.isoformat(), "opinion": clean(opinion),
        "members": [m.agent.name for m in queries.members(committee.id)], "findings": _findings(found, today),
        "lines": [
            {"code": r.line.code, "title": r.line.title, "agreed_cents": r.line.amount_cents, "state": r.state.value, "late": r.is_late}
            for r in rows
        ],
        "agreed_cents": books.agreed, "accrued_cents": books.accrued,
    }  # fmt: skip
    report = VigilanceReport(
        round_id=round_.id, number=(known[0].number if known else 0) + 1, since=since, until=until, opinion=clean(opinion), content=content,
        sha256=rules.sha256(content), published_by_id=person_id, published_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(report)
    except IntegrityError as lost:  # uq_vigilance_report_number
        raise RuleBroken([Problem(ReportProblem.REPEATED)]) from lost
    facts = {"number": report.number, "findings": len(found), "sha256": report.sha256}
    audit.record("vigilance.publish-report", "process", round_.process.slug, facts, at=now, role=COMMITTEE)
    processes.touch_public(round_.process_id)
    return report


def _findings(found: list[Finding], today: date) -> list[dict[str, object]]:
    replies = queries.replies_of([f.id for f in found])
    return [
        {
            "code": f.code, "title": f.title, "what": f.what, "asked": f.asked, "gravity": f.gravity.value, "state": f.state.value,
            "overdue": is_overdue(f.state, f.reply_by, today), "project": f.project.code if f.project else "",
            "replies": [{"text": r.text, "until": r.until.isoformat(), "entity": r.entity} for r in replies.get(f.id, ())],
            "closed": f.closed_note,
        }
        for f in sorted(found, key=lambda f: f.number)
    ]  # fmt: skip
