"""LR-web (OGP Local): the page is updated at least every four months (domain.md 3.5, 4.2; BR-13). Goal: every three."""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.calendar import add_months, distinct, gaps_over
from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, not_yet
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

MONTHS, NOTICE_MONTHS = 4, 3


@dataclass(frozen=True)
class LocalWebFacts:
    updates: tuple[date, ...] = ()
    since: date | None = None
    proofs: tuple[Proof, ...] = ()


def judge(facts: LocalWebFacts, today: date) -> Finding:
    days = distinct(day for day in facts.updates if day <= today)
    since = facts.since or (days[0] if days else None)
    if since is None or since > today:
        return not_yet(Requirement.LOCAL_WEB, "first-publication", update_days=[])
    marks = distinct([since, *(day for day in days if day >= since)])
    gaps = gaps_over([*marks, today], MONTHS)
    last = marks[-1]
    limit = add_months(last, MONTHS)
    rule = Result.NOT_MET if gaps else Result.MET if days else Result.AT_RISK
    goal = rule if rule is not Result.MET else Result.MET if not gaps_over([*marks, today], NOTICE_MONTHS) else Result.AT_RISK
    advice = [Problem(Advice.LOCAL_GAP, values={"first": a, "last": b}) for a, b in gaps]
    if not gaps and today >= add_months(last, NOTICE_MONTHS):
        advice.append(Problem(Advice.LOCAL_UPDATE_DUE, values={"limit": limit}))
    return Finding(
        Requirement.LOCAL_WEB, rule, goal,
        {
            "update_days": [day.isoformat() for day in days], "gaps": [{"from": a.isoformat(), "to": b.isoformat()} for a, b in gaps],
            "limit": limit.isoformat(),
        },
        (Statement.LOCAL_OFFICIAL_SITE,), tuple(advice), limit,
        (Limit(add_months(last, NOTICE_MONTHS), (0,), Advice.LOCAL_UPDATE_DUE, {"limit": limit}),), facts.proofs,
    )  # fmt: skip
