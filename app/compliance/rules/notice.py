"""MR-3.1: the schedule and the opportunities are public at least two weeks before the start (domain.md 4.2; BR-01).

What was given is judged by `app.processes.rules.notice`; here it becomes a finding.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.core.errors import Problem
from app.processes.rules.notice import LEAST_DAYS, TARGET_DAYS, Notice, NoticeFlag

NEEDS = (Statement.PROCESS_START, Statement.NO_EARLIER_ACTIVITY)
WARN_DAYS = (15, 7, 3)


@dataclass(frozen=True)
class NoticeFacts:
    """The notice as given, and the publications it was read from, oldest first."""

    notice: Notice
    proofs: tuple[Proof, ...] = ()
    changed_on: date | None = None


def judge(facts: NoticeFacts, today: date) -> Finding:
    notice = facts.notice
    advice = _advice(notice)
    start = lima_day(notice.start_at) if notice.start_at else None
    is_unpublished = notice.days is None and start is not None and notice.rule is not Result.NOT_APPLICABLE
    latest = start - timedelta(days=LEAST_DAYS) if start and is_unpublished else None
    limits = []
    if latest:
        limits.append(Limit(latest, WARN_DAYS, Advice.NOTICE_UNPUBLISHED, {"limit": latest}))
    if notice.short_change is not None and facts.changed_on:
        limits.append(Limit(facts.changed_on, (0,), Advice.NOTICE_CHANGED, {"version": notice.short_change}))
    return Finding(
        Requirement.NOTICE, notice.rule, notice.goal,
        {
            "days": notice.days, "hours": notice.hours, "least_days": LEAST_DAYS, "target_days": TARGET_DAYS,
            "start_on": start.isoformat() if start else None, "counted_from_version": notice.counted_from,
            "published_on": lima_day(notice.published_at).isoformat() if notice.published_at else None,
            "short_change_version": notice.short_change, "is_explained": notice.is_explained, "flags": sorted(notice.flags),
        },
        NEEDS, advice, latest if latest and latest >= today else None, tuple(limits), facts.proofs,
    )  # fmt: skip


def _advice(notice: Notice) -> tuple[Problem, ...]:
    if NoticeFlag.RETROACTIVE in notice.flags:
        return (Problem(Advice.RETROACTIVE),)
    problems = []
    if notice.days is None:
        problems.append(Problem(Advice.NOTICE_UNPUBLISHED, values={"least": LEAST_DAYS}))
    elif notice.days < LEAST_DAYS:
        problems.append(Problem(Advice.SHORT_NOTICE, values={"days": notice.days, "least": LEAST_DAYS}))
    if NoticeFlag.LIMIT in notice.flags:
        problems.append(Problem(Advice.NOTICE_AT_LIMIT, values={"hours": notice.hours, "minutes": notice.minutes, "target": TARGET_DAYS}))
    if notice.short_change is not None:
        problems.append(Problem(Advice.NOTICE_CHANGED, values={"version": notice.short_change}))
        if not notice.is_explained:
            problems.append(Problem(Advice.NOTICE_UNEXPLAINED, values={"version": notice.short_change}))
    if NoticeFlag.STARTED_EARLY in notice.flags:
        problems.append(Problem(Advice.STARTED_EARLY))
    return tuple(problems)
