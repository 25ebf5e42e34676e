"""Publishing the calendar of a round: a version with its notice; a change with little of it is told to every agent."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.models import BudgetRound, CalendarVersion
from app.budgeting.rules import calendar as rules
from app.budgeting.rules.calendar import RoundCalendar
from app.budgeting.services import letters
from app.budgeting.services.register import register
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import SomebodyWasFirst, refuse_if_any
from app.core.text import clean


def publish_calendar(
    round_: BudgetRound, calendar: RoundCalendar, reason: str, *, version: int, person_id: int, now: datetime
) -> CalendarVersion:
    """The calendar as it stands from now on; `version` is the one it was written over, 0 for the first. The caller commits.

    Raises RuleBroken; SomebodyWasFirst when another was published meanwhile.
    """
    latest = queries.calendar_version(round_.id)
    if (latest.n if latest else 0) != version:
        raise SomebodyWasFirst(latest)
    before, today = (rules.from_json(latest.content) if latest else None), lima_day(now)
    calendar = rules.in_order(calendar.entries)
    refuse_if_any(rules.problems_with_calendar(calendar, before, reason, today))
    days = rules.notice_days(calendar, before, today)
    content = rules.to_json(calendar)
    made = CalendarVersion(
        round_id=round_.id, n=version + 1, content=content, sha256=rules.sha256(content), reason=clean(reason) if before else "",
        notice_days=days, is_short_notice=rules.is_short(days), published_by_id=person_id, published_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    facts = {"n": made.n, "notice_days": days if days is not None else "", "sha256": made.sha256, "short_notice": made.is_short_notice}
    register("budgeting.publish-calendar", round_, facts, now)
    if before is not None:
        letters.calendar_changed(round_, made, now=now)
    return made
