"""MR-5.1: at least two meetings a year with civil society to present results and collect comments (domain.md 4.2; BR-06).

Years are counted from the day the plan starts. Goal: the same with both sectors present and public minutes.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.compliance.rules.calendar import add_months, months_into
from app.compliance.rules.findings import Advice, Finding, Limit, Requirement, Result, not_yet, worst
from app.compliance.rules.meetings import MeetingFact
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

LEAST_A_YEAR = 2
EXPECTED = ((4, 1), (8, 1), (11, 2))
"""By which month of a plan year how many meetings should have been held; fewer is being behind."""
NEEDS = (Statement.REVIEWS_HELD,)


@dataclass(frozen=True)
class ImplementationFacts:
    meetings: tuple[MeetingFact, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None


def is_counted(meeting: MeetingFact) -> bool:
    """Civil society was there, results were presented, and what was said about them is written down."""
    return meeting.is_review and meeting.civil_society > 0 and meeting.has_results and meeting.has_comments


def judge(facts: ImplementationFacts, today: date) -> Finding:
    if facts.starts_on is None or today < facts.starts_on:
        return not_yet(Requirement.IMPLEMENTATION, "plan-start", starts_on=facts.starts_on.isoformat() if facts.starts_on else None)
    reviews = [m for m in facts.meetings if m.is_review and m.held_on <= today]
    counted = [m for m in reviews if is_counted(m)]
    years = _years(facts.starts_on, facts.ends_on, today)
    lights = [_light(counted, first, last, today) for first, last in years]
    goals = [_light([m for m in counted if m.qualifies], first, last, today) for first, last in years]
    first, last = years[-1]
    problems = _advice(counted, years, lights, today)
    incomplete = [m for m in reviews if not is_counted(m)]
    if incomplete:
        problems.append(Problem(Advice.REVIEW_INCOMPLETE, values={"numbers": ", ".join(str(m.number) for m in incomplete)}))
    behind = _behind(counted, first, last, today)
    limits = tuple(
        Limit(add_months(first, month), (0,), Advice.REVIEWS_BEHIND, {"held": _in(counted, first, last), "limit": last})
        for month in behind[-1:]
    )  # fmt: skip
    if lights == [Result.NOT_APPLICABLE]:
        problems.append(Problem(Advice.NOT_YET, values={"since": "first-review"}))
    return Finding(
        Requirement.IMPLEMENTATION, worst(*lights), worst(*goals),
        {
            "plan_starts_on": facts.starts_on.isoformat(),
            "years": [
                {"first": a.isoformat(), "last": b.isoformat(), "meetings": _in(counted, a, b), "result": str(light)}
                for (a, b), light in zip(years, lights, strict=True)
            ],
            "meetings": [{"number": m.number, "held_on": m.held_on.isoformat(), "counted": is_counted(m)} for m in reviews],
        },
        NEEDS, tuple(problems), last if _in(counted, first, last) < LEAST_A_YEAR else None, limits, tuple(m.proof for m in reviews),
    )  # fmt: skip


def _years(starts_on: date, ends_on: date | None, today: date) -> list[tuple[date, date]]:
    """Plan years begun until today, none after the plan's end; a last year that the plan cuts short is not counted."""
    years: list[tuple[date, date]] = []
    n = 0
    while (first := add_months(starts_on, 12 * n)) <= today:
        last = add_months(starts_on, 12 * (n + 1)) - timedelta(days=1)
        if years and ends_on is not None and last > ends_on:
            break
        years.append((first, last))
        n += 1
    return years


def _in(meetings: list[MeetingFact], first: date, last: date) -> int:
    return sum(first <= m.held_on <= last for m in meetings)


def _light(meetings: list[MeetingFact], first: date, last: date, today: date) -> Result:
    if _in(meetings, first, last) >= LEAST_A_YEAR:
        return Result.MET
    if today > last:
        return Result.NOT_MET
    return Result.AT_RISK if _behind(meetings, first, last, today) else Result.NOT_APPLICABLE


def _behind(meetings: list[MeetingFact], first: date, last: date, today: date) -> list[int]:
    """Months of the present year by which too few meetings had been held, and still have."""
    held, months = _in(meetings, first, last), months_into(first, today)
    return [month for month, expected in EXPECTED if today <= last and months >= month and held < expected]


def _advice(meetings: list[MeetingFact], years: list[tuple[date, date]], lights: list[Result], today: date) -> list[Problem]:
    problems = []
    for (first, last), light in zip(years, lights, strict=True):
        values = {"first": first, "last": last, "held": _in(meetings, first, last), "limit": last}
        if light is Result.NOT_MET:
            problems.append(Problem(Advice.REVIEW_YEAR_FAILED, values=values))
        elif light is Result.AT_RISK:
            problems.append(Problem(Advice.REVIEWS_BEHIND, values=values))
    return problems
