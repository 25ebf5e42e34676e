"""Letters to those who answer for a commitment when a semester is about to end and nobody said how it goes."""

from collections.abc import Mapping
from datetime import date, datetime

from flask import current_app

from app.core.clock import days_between, lima_day
from app.core.dates import long_date
from app.notifications import services as notifications
from app.plans import queries
from app.plans.rules import progress as rules

KIND = "plans.progress-due"


def remind(now: datetime) -> int:
    """Queue the letters due today, one per person, plan and semester, 30 and then 7 days before its end; how many are new.

    Repeating it the same day queues nothing more. The caller commits.
    """
    today = lima_day(now)
    queued = 0
    for plan in queries.plans_in_force():
        first = plan.starts_on or (lima_day(plan.approved_at) if plan.approved_at else today)
        days = rules.reminder_due(today, first, plan.ends_on)
        if days is None:
            continue
        period = rules.period_of(today)
        waiting = {number: organisation for number, organisation, reported in plan.commitments if period not in reported}
        queued += _write(plan, period, days, waiting, today, now)
    return queued


def _write(plan: queries.PlanInForce, period: str, days: int, waiting: Mapping[int, int | None], today: date, now: datetime) -> int:
    ends = rules.ends_on(period)
    link = f"{current_app.config['SITE_URL']}/mesa/procesos/{plan.slug}/plan/seguimiento"
    sent = 0
    for person_id, address, numbers in queries.answering_for(plan.space_id, plan.process_id, waiting, today):
        content = {
            "process": plan.process_title, "period": period, "commitments": ", ".join(str(n) for n in numbers), "count": len(numbers),
            "last_day": long_date(ends), "days": days_between(today, ends), "link": link,
        }  # fmt: skip
        sent += bool(
            notifications.queue(
                KIND, address=address, person_id=person_id, subject_kind="process", subject_id=plan.process_id, content=content,
                dedupe_key=f"{KIND}:{plan.plan_id}:{period}:{days}:{person_id}", at=now,
            )
        )  # fmt: skip
    return sent
