"""What the IRM itself published of a process: copied from its report, never from this platform (domain.md 4.1)."""

from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from app.core.errors import Problem

PUBLISHERS = ("opengovpartnership.org",)


class IrmVerdict(StrEnum):
    """ "Compliance with OGP minimum requirements: Yes" or "No"; there is nothing between (domain.md 1, finding 4)."""

    YES = "si"
    NO = "no"
    UNAVAILABLE = "no_disponible"


class IrmProblem(StrEnum):
    REPORT_MISSING = "irm-report-missing"
    DAY_IN_FUTURE = "irm-day-in-future"


def problems_with(verdict: IrmVerdict, report_url: str, published_on: date, today: date) -> tuple[Problem, ...]:
    """A verdict needs the address of the report on OGP's own site, published by then. "Not available" takes a wrong entry back."""
    if verdict is IrmVerdict.UNAVAILABLE:
        return ()
    problems = []
    parts = urlsplit(report_url)
    host = parts.hostname or ""
    if parts.scheme != "https" or not any(host == name or host.endswith(f".{name}") for name in PUBLISHERS):
        problems.append(Problem(IrmProblem.REPORT_MISSING, "report_url"))
    if published_on > today:
        problems.append(Problem(IrmProblem.DAY_IN_FUTURE, "published_on"))
    return tuple(problems)
