"""Alarms: who must know, and that each warning is given once (domain.md 4.2, last column)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.compliance.rules.findings import Advice, Finding, Requirement


@dataclass(frozen=True)
class Alarm:
    """One warning. `key` names it: the same limit at the same distance is never told twice; `days_left` may be negative."""

    requirement: Requirement
    advice: Advice
    limit_on: date
    days_left: int
    threshold: int
    values: Mapping[str, Any]

    @property
    def key(self) -> str:
        about = "".join(f":{self.values[name]}" for name in ("number", "statement", "titles", "version") if name in self.values)
        return f"{self.requirement}:{self.advice}:{self.limit_on.isoformat()}{about}:{self.threshold}"


def due(finding: Finding, today: date) -> list[Alarm]:
    """The warnings that `today` calls for: of each limit only the nearest threshold it has come to."""
    alarms = []
    for limit in finding.limits:
        left = (limit.on - today).days
        reached = [days for days in limit.warn_days if left <= days]
        if reached:
            alarms.append(Alarm(finding.id, limit.advice, limit.on, left, min(reached), {"limit": limit.on, **limit.values}))
    return alarms


def all_due(findings: Iterable[Finding], today: date) -> list[Alarm]:
    return [alarm for finding in findings for alarm in due(finding, today)]
