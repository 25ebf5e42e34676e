"""The periodic report of the committee to the coordination council (CCL or CCR)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.feedback.rules.personal_data import leaks

SHORTEST_OPINION = 60


class ReportProblem(StrEnum):
    NO_PERIOD = "report-no-period"
    PERIOD_REVERSED = "report-period-reversed"
    PERIOD_AHEAD = "report-period-ahead"
    OPINION_SHORT = "report-opinion-short"
    PERSONAL = "report-personal"
    NOT_A_MEMBER = "report-not-a-member"
    REPEATED = "report-repeated"


def problems_with_report(since: date | None, until: date | None, opinion: str, *, is_member: bool, today: date) -> tuple[Problem, ...]:
    """A report is of a period that ended, and says what the committee thinks."""
    if not is_member:
        return (Problem(ReportProblem.NOT_A_MEMBER),)
    problems = []
    if since is None or until is None:
        problems.append(Problem(ReportProblem.NO_PERIOD, "since" if since is None else "until"))
    elif until < since:
        problems.append(Problem(ReportProblem.PERIOD_REVERSED, "until"))
    elif until > today:
        problems.append(Problem(ReportProblem.PERIOD_AHEAD, "until"))
    if len(opinion.strip()) < SHORTEST_OPINION:
        problems.append(Problem(ReportProblem.OPINION_SHORT, "opinion", {"shortest": SHORTEST_OPINION}))
    elif leaks(opinion):
        problems.append(Problem(ReportProblem.PERSONAL, "opinion"))
    return tuple(problems)


def sha256(content: Mapping[str, Any]) -> str:
    """Of the canonical JSON of a report or an act of election."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
