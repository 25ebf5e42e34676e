"""MR-3.2: outreach that makes OGP and the ways to take part known (domain.md 4.2).

Rule: at least one action before inputs close. Goal: three channels, three sectors, one outside Lima and one in an original language
where it matters.
"""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, not_yet
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

LEAST_CHANNELS = LEAST_SECTORS = 3
LIMA = "15"
WARN_DAYS = (7,)


@dataclass(frozen=True)
class OutreachFact:
    """One action: through what, for whom, where, in which language; `is_elsewhere` when the platform saw nothing of it."""

    number: int
    on: date
    channel: str
    sector: str
    ubigeo: str = ""
    language: str = "es"
    is_elsewhere: bool = True
    files: int = 0
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class OutreachFacts:
    """Actions that stand. `opens_on` and `closes_on` are the first and last day of inputs as published."""

    actions: tuple[OutreachFact, ...] = ()
    opens_on: date | None = None
    closes_on: date | None = None
    wants_outside_lima: bool = False
    wants_original_language: bool = False


def judge(facts: OutreachFacts, today: date) -> Finding:
    if facts.opens_on is None and not facts.actions:
        return not_yet(Requirement.OUTREACH, "schedule", actions=[])
    closed = facts.closes_on is not None and today > facts.closes_on
    in_time = [a for a in facts.actions if a.on <= today and (facts.closes_on is None or a.on <= facts.closes_on)]
    missing = Result.NOT_MET if closed else Result.AT_RISK
    shortfalls = _shortfalls(facts, in_time)
    needs = (Statement.OUTREACH_DONE,) if any(a.is_elsewhere for a in in_time) or not in_time else ()
    advice = (*((Problem(Advice.NO_OUTREACH, values={"limit": facts.closes_on or today}),) if not in_time else ()), *shortfalls)
    limits = (Limit(facts.opens_on, WARN_DAYS, Advice.NO_OUTREACH, {"limit": facts.opens_on}),) if facts.opens_on and not in_time else ()
    return Finding(
        Requirement.OUTREACH, Result.MET if in_time else missing, missing if shortfalls or not in_time else Result.MET,
        {
            "actions": len(in_time), "late_actions": sum(a.on <= today for a in facts.actions) - len(in_time),
            "channels": sorted({a.channel for a in in_time}), "sectors": sorted({a.sector for a in in_time}),
            "regions": sorted({a.ubigeo[:2] for a in in_time if a.ubigeo}), "languages": sorted({a.language for a in in_time}),
            "closes_on": facts.closes_on.isoformat() if facts.closes_on else None,
        },
        needs, advice, None if closed or in_time else facts.closes_on, limits,
        tuple(Proof(a.title, a.url, a.on) for a in sorted(in_time, key=lambda a: (a.on, a.number))),
    )  # fmt: skip


def _shortfalls(facts: OutreachFacts, actions: list[OutreachFact]) -> tuple[Problem, ...]:
    problems = []
    channels, sectors = {a.channel for a in actions}, {a.sector for a in actions}
    if len(channels) < LEAST_CHANNELS:
        problems.append(Problem(Advice.FEW_CHANNELS, values={"count": len(channels), "least": LEAST_CHANNELS}))
    if len(sectors) < LEAST_SECTORS:
        problems.append(Problem(Advice.FEW_AUDIENCES, values={"count": len(sectors), "least": LEAST_SECTORS}))
    if facts.wants_outside_lima and not any(a.ubigeo and not a.ubigeo.startswith((LIMA, "00")) for a in actions):
        problems.append(Problem(Advice.ONLY_LIMA))
    if facts.wants_original_language and all(a.language == "es" for a in actions):
        problems.append(Problem(Advice.ONLY_SPANISH))
    return tuple(problems)
