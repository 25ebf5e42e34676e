"""LR-eoc (OGP Local): a report within one month of each commitment's full implementation (domain.md 3.5, 4.2; BR-15)."""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.calendar import add_months
from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, by_limit, not_yet, worst
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

MONTHS = 1
WARN_DAYS = (10,)


@dataclass(frozen=True)
class EndFact:
    """A commitment fully carried out: when, and the day of its report."""

    number: int
    completed_on: date
    reported_on: date | None = None
    proof: Proof | None = None


@dataclass(frozen=True)
class EndFacts:
    commitments: tuple[EndFact, ...] = ()


def judge(facts: EndFacts, today: date) -> Finding:
    done = [c for c in facts.commitments if c.completed_on <= today]
    if not done:
        return not_yet(Requirement.LOCAL_END, "commitment-complete", commitments=[])
    lights, advice, limits, rows = [], [], [], []
    for commitment in sorted(done, key=lambda c: c.number):
        limit = add_months(commitment.completed_on, MONTHS)
        light, told = by_limit(commitment.reported_on, limit, today, WARN_DAYS[0], Advice.END_REPORT_DUE, Advice.END_REPORT_LATE)
        lights.append(light)
        advice += [Problem(problem.code, values={**problem.values, "number": commitment.number}) for problem in told]
        if commitment.reported_on is None:
            limits.append(Limit(limit, WARN_DAYS, Advice.END_REPORT_DUE, {"number": commitment.number, "limit": limit}))
        rows.append(
            {
                "number": commitment.number, "completed_on": commitment.completed_on.isoformat(), "limit": limit.isoformat(),
                "reported_on": commitment.reported_on.isoformat() if commitment.reported_on else None, "result": str(light),
            }
        )  # fmt: skip
    return Finding(
        Requirement.LOCAL_END, worst(*lights), worst(*lights), {"commitments": rows}, (Statement.END_REPORT_DONE,), tuple(advice),
        min((limit.on for limit in limits), default=None), tuple(limits), tuple(c.proof for c in done if c.proof),
    )  # fmt: skip
