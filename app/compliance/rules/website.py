"""MR-2.1: a public website dedicated to the member's participation (domain.md 4.2): visited every day as anybody would."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

NEEDS = (Statement.OFFICIAL_SITE,)
CONTENTS = ("plan", "contact", "schedule", "repository")
MOST_FAILURES_TOLD = 5


@dataclass(frozen=True)
class ProbeFact:
    """What a visitor without an account found on a day: whether every page opened, and those that did not."""

    day: date
    is_ok: bool
    failures: tuple[str, ...] = ()
    pages: int = 0


@dataclass(frozen=True)
class WebsiteFacts:
    """Visits, oldest first, one a day (the last of each); what the site holds of CONTENTS; its address."""

    probes: tuple[ProbeFact, ...] = ()
    contents: frozenset[str] = frozenset()
    url: str = ""
    title: str = ""


def judge(facts: WebsiteFacts, today: date) -> Finding:
    probes = sorted((p for p in facts.probes if p.day <= today), key=lambda p: p.day)
    rule, since = _light(probes)
    lacks = [name for name in CONTENTS if name not in facts.contents]
    advice: list[Problem] = []
    if not probes:
        advice.append(Problem(Advice.NEVER_PROBED))
    if since is not None:
        failures = ", ".join(probes[-1].failures[:MOST_FAILURES_TOLD])
        advice.append(Problem(Advice.SITE_DOWN, values={"since": since, "pages": failures or facts.url}))
    if lacks:
        advice.append(Problem(Advice.SITE_LACKS, values={"contents": lacks}))
    goal = Result.AT_RISK if rule is Result.MET and lacks else rule
    limits = (Limit(since + timedelta(days=1), (0,), Advice.SITE_DOWN, advice[0].values),) if since is not None else ()
    return Finding(
        Requirement.WEBSITE, rule, goal,
        {
            "url": facts.url, "probes": len(probes), "good_probes": sum(p.is_ok for p in probes),
            "last_probe": probes[-1].day.isoformat() if probes else None, "last_probe_ok": probes[-1].is_ok if probes else None,
            "pages": probes[-1].pages if probes else 0, "failing_since": since.isoformat() if since else None,
            "failures": list(probes[-1].failures) if probes else [], "contents": [name for name in CONTENTS if name in facts.contents],
        },
        NEEDS, tuple(advice), None, limits, (Proof(facts.title, facts.url, probes[-1].day if probes else None),),
    )  # fmt: skip


def _light(probes: list[ProbeFact]) -> tuple[Result, date | None]:
    """Failing on two days running is more than 24 hours; one day is a stumble."""
    if not probes:
        return Result.AT_RISK, None
    if probes[-1].is_ok:
        return Result.MET, None
    since = probes[-1].day
    for probe in reversed(probes):
        if probe.is_ok:
            break
        since = probe.day
    return (Result.NOT_MET if since < probes[-1].day else Result.AT_RISK), since
