"""LR-inception (OGP Local): the inception assessment within two months of the plan's submission (domain.md 3.5, 4.2; BR-14)."""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.calendar import add_months
from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, by_limit, not_yet
from app.compliance.rules.statements import Statement

MONTHS = 2
WARN_DAYS = (30,)


@dataclass(frozen=True)
class InceptionFacts:
    """When the plan was submitted, and the day its inception assessment is dated, with a document."""

    submitted_on: date | None = None
    assessed_on: date | None = None
    proof: Proof | None = None


def judge(facts: InceptionFacts, today: date) -> Finding:
    if facts.submitted_on is None or facts.submitted_on > today:
        return not_yet(Requirement.LOCAL_INCEPTION, "plan-submitted", submitted_on=None)
    limit = add_months(facts.submitted_on, MONTHS)
    light, advice = by_limit(facts.assessed_on, limit, today, WARN_DAYS[0], Advice.INCEPTION_DUE, Advice.INCEPTION_LATE)
    return Finding(
        Requirement.LOCAL_INCEPTION, light, light,
        {
            "submitted_on": facts.submitted_on.isoformat(), "assessed_on": facts.assessed_on.isoformat() if facts.assessed_on else None,
            "limit": limit.isoformat(),
        },
        (Statement.INCEPTION_DONE,), advice, None if facts.assessed_on else limit,
        () if facts.assessed_on else (Limit(limit, WARN_DAYS, Advice.INCEPTION_DUE, {"limit": limit}),),
        (facts.proof,) if facts.proof else (),
    )  # fmt: skip
