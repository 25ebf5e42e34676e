"""MR-4.1a: contributions are documented (domain.md 4.2; BR-10).

Rule: every activity held has public minutes and the list of contributions is public. Goal: minutes within five working days, with a
video, audio, photo or data beside them, and all of it ten working days after inputs close.
"""

from dataclasses import dataclass
from datetime import date

from app.activities.rules.minutes import WORKING_DAYS_TO_PUBLISH as WORKING_DAYS_FOR_MINUTES
from app.compliance.rules.calendar import add_working_days
from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, not_yet
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

WORKING_DAYS_AFTER_CLOSE = 10
NEEDS = (Statement.LIST_COMPLETE,)


@dataclass(frozen=True)
class RecordFact:
    """An activity that ended: whether its record is public, when it became so, and whether something shows what happened."""

    title: str
    ended_on: date
    published_on: date | None = None
    has_proof: bool = False
    url: str = ""
    sha256: str = ""

    @property
    def due_on(self) -> date:
        return add_working_days(self.ended_on, WORKING_DAYS_FOR_MINUTES)


@dataclass(frozen=True)
class RecordFacts:
    """Activities that ended; how many contributions have a code and receipt; when inputs closed and the plan was approved."""

    records: tuple[RecordFact, ...] = ()
    contributions: int = 0
    closes_on: date | None = None
    approved_on: date | None = None
    list_url: str = ""


def judge(facts: RecordFacts, today: date) -> Finding:
    records = [r for r in facts.records if r.ended_on <= today]
    if not records and not facts.contributions:
        return not_yet(Requirement.RECORDS, "first-activity", activities=0, contributions=0)
    missing = [r for r in records if r.published_on is None]
    overdue = [r for r in missing if today > r.due_on]
    late = [r for r in records if r.published_on is not None and r.published_on > r.due_on]
    poor = [r for r in records if r.published_on is not None and not r.has_proof]
    due = add_working_days(facts.closes_on, WORKING_DAYS_AFTER_CLOSE) if facts.closes_on else None
    is_approved = facts.approved_on is not None and facts.approved_on <= today
    is_past = is_approved or (due is not None and today > due)
    rule = Result.MET if not overdue else Result.NOT_MET if is_approved else Result.AT_RISK
    goal = Result.NOT_MET if (overdue and is_past) else Result.AT_RISK if overdue or poor or late else Result.MET
    advice = [
        Problem(code, values={"titles": ", ".join(r.title for r in named)})
        for code, named in ((Advice.RECORD_MISSING, overdue), (Advice.RECORD_LATE, late), (Advice.RECORD_POOR, poor)) if named
    ]  # fmt: skip
    return Finding(
        Requirement.RECORDS, rule, goal,
        {
            "activities": len(records), "documented": len(records) - len(missing), "contributions": facts.contributions,
            "missing": [r.title for r in missing], "late": [r.title for r in late], "without_proof": [r.title for r in poor],
            "due_on": due.isoformat() if due else None,
        },
        NEEDS, tuple(advice), min((r.due_on for r in missing if r.due_on >= today), default=due if due and due >= today else None),
        tuple(Limit(add_working_days(r.due_on, 1), (0,), Advice.RECORD_MISSING, {"titles": r.title}) for r in missing),
        tuple(Proof(r.title, r.url, r.ended_on, r.sha256) for r in records if r.published_on is not None),
    )  # fmt: skip
