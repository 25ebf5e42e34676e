"""MR-2.2: a public repository updated at least twice a year (domain.md 4.2; BR-04).

Rule: two distinct update days in every calendar year. Goal: also in any twelve months, one in each semester, not less than 60 days
apart, with something of the co-creation and, once implementing, evidence of every commitment.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.compliance.rules.calendar import add_months, distinct, end_of_year
from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, not_yet, worst
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

LEAST_A_YEAR = 2
CLOSEST_DAYS = 60
QUIET_DAYS, SILENT_DAYS = 90, 150
MOST_PROOFS = 12
WEAK = "debil"
NEEDS = (Statement.DOCUMENTS_COMPLETE,)


class UpdateKind(StrEnum):
    COCREATION = "cocreation"
    IMPLEMENTATION = "implementation"


@dataclass(frozen=True)
class UpdateFact:
    """Something published: what, when, where it is read."""

    on: date
    kind: UpdateKind = UpdateKind.COCREATION
    title: str = ""
    url: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class RepositoryFacts:
    """`since` is the first day that counts; `without_evidence` the commitments in implementation that have none published."""

    updates: tuple[UpdateFact, ...] = ()
    since: date | None = None
    is_implementing: bool = False
    without_evidence: tuple[int, ...] = ()
    checked_files: int = 0
    broken: tuple[str, ...] = ()


def judge(facts: RepositoryFacts, today: date) -> Finding:
    updates = [u for u in facts.updates if u.on <= today]
    days = distinct(u.on for u in updates)
    since = facts.since or (days[0] if days else None)
    if since is None or since > today:
        return not_yet(Requirement.REPOSITORY, "first-publication", updates=[])
    failed = [year for year in range(_first_whole_year(since, facts.since), today.year) if _count(days, year) < LEAST_A_YEAR]
    quiet = (today - (days[-1] if days else since)).days
    rule = _rule(days, failed, quiet, today)
    goal, shortfalls = _goal(days, since, today)
    wants = _wants(facts, updates)
    advice = (*_told(days, failed, quiet, today), *shortfalls, *wants)
    last = days[-1] if days else since
    stage = (SILENT_DAYS, Advice.REPOSITORY_SILENT) if quiet >= SILENT_DAYS else (QUIET_DAYS, Advice.REPOSITORY_QUIET)
    limits = (Limit(last + timedelta(days=stage[0]), (0,), stage[1], {"last": last}),)
    is_done = _count(days, today.year) >= LEAST_A_YEAR
    newest = sorted(updates, key=lambda u: u.on, reverse=True)[:MOST_PROOFS]
    return Finding(
        Requirement.REPOSITORY, rule, worst(goal, rule, Result.AT_RISK if wants else Result.MET),
        _as_json(facts, days, quiet, [WEAK] if shortfalls else []), NEEDS, advice, end_of_year(today.year + is_done), limits,
        tuple(Proof(u.title, u.url, u.on, u.sha256) for u in newest),
    )  # fmt: skip


def _count(days: list[date], year: int) -> int:
    return sum(day.year == year for day in days)


def _first_whole_year(since: date, declared: date | None) -> int:
    """The first calendar year that counts whole: the one it began in when nobody said since when, or it began with the year."""
    return since.year if declared is None or (since.month, since.day) == (1, 1) else since.year + 1


def _rule(days: list[date], failed: list[int], quiet: int, today: date) -> Result:
    if failed:
        return Result.NOT_MET
    if _count(days, today.year) >= LEAST_A_YEAR:
        return Result.MET
    is_on_its_way = _count(days, today.year - 1) >= LEAST_A_YEAR and quiet < SILENT_DAYS
    return Result.MET if is_on_its_way else Result.AT_RISK


def _told(days: list[date], failed: list[int], quiet: int, today: date) -> list[Problem]:
    problems = [Problem(Advice.FEW_UPDATES, values={"year": year, "count": _count(days, year)}) for year in failed]
    missing = LEAST_A_YEAR - _count(days, today.year)
    if missing > 0:
        problems.append(Problem(Advice.SECOND_UPDATE, values={"count": missing, "limit": end_of_year(today.year)}))
    if quiet >= SILENT_DAYS:
        problems.append(Problem(Advice.REPOSITORY_SILENT, values={"days": quiet}))
    elif quiet >= QUIET_DAYS:
        problems.append(Problem(Advice.REPOSITORY_QUIET, values={"days": quiet}))
    return problems


def _goal(days: list[date], since: date, today: date) -> tuple[Result, list[Problem]]:
    """Past years and semesters cannot be mended; the present year still can."""
    problems: list[Problem] = []
    is_lost = False
    for year in range(since.year, today.year + 1):
        in_year = [day for day in days if day.year == year]
        is_over = end_of_year(year) <= today
        if len(in_year) >= LEAST_A_YEAR and (in_year[-1] - in_year[0]).days < CLOSEST_DAYS:
            problems.append(Problem(Advice.UPDATES_TOO_CLOSE, values={"year": year, "days": CLOSEST_DAYS}))
            is_lost |= is_over
        for semester, (first, last) in enumerate(((date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), end_of_year(year))), start=1):
            is_due = last <= today and since <= first
            if is_due and not any(first <= day <= last for day in days):
                problems.append(Problem(Advice.SEMESTER_EMPTY, values={"semester": semester, "year": year}))
                is_lost = True
    year_ago = add_months(today, -12)
    if since <= year_ago and sum(year_ago < day <= today for day in days) < LEAST_A_YEAR:
        problems.append(Problem(Advice.ROLLING_YEAR_SHORT))
    if is_lost:
        return Result.NOT_MET, problems
    return (Result.AT_RISK if problems else Result.MET), problems


def _wants(facts: RepositoryFacts, updates: list[UpdateFact]) -> list[Problem]:
    problems = []
    if not any(u.kind is UpdateKind.COCREATION for u in updates):
        problems.append(Problem(Advice.NO_COCREATION_ITEM))
    if facts.is_implementing and facts.without_evidence:
        numbers = ", ".join(str(number) for number in facts.without_evidence)
        problems.append(Problem(Advice.COMMITMENT_WITHOUT_EVIDENCE, values={"numbers": numbers}))
    if facts.broken:
        problems.append(Problem(Advice.BROKEN_LINKS, values={"files": ", ".join(facts.broken)}))
    return problems


def _as_json(facts: RepositoryFacts, days: list[date], quiet: int, flags: list[str]) -> dict[str, object]:
    return {
        "update_days": [day.isoformat() for day in days], "updates_by_year": dict(sorted(Counter(str(d.year) for d in days).items())),
        "days_since_last": quiet, "implementing": facts.is_implementing, "commitments_without_evidence": list(facts.without_evidence),
        "files_checked": facts.checked_files, "broken_files": list(facts.broken), "items": len(facts.updates), "flags": flags,
    }  # fmt: skip
