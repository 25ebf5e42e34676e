"""MR-4.1b: written feedback on how contributions were considered, before the plan is approved (domain.md 4.2; BR-07, BR-08).

Rule: written feedback exists, published after inputs closed and not after approval; while some contributions wait a person must attest
that what exists is feedback. Goal: every contribution not withdrawn has its answer.
"""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, not_yet
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

NEEDS = (Statement.REASONS_TRUE,)
WARN_DAYS = (15, 7, 3)
MOST_CODES_TOLD = 30


@dataclass(frozen=True)
class FeedbackFacts:
    """Coverage, and when answers became public against the two days that matter. `answered` counts members of groups one by one."""

    received: int = 0
    withdrawn: int = 0
    answered: int = 0
    early: int = 0
    late: int = 0
    missing: tuple[str, ...] = ()
    closes_on: date | None = None
    approval_on: date | None = None
    approved_on: date | None = None
    first_on: date | None = None
    last_on: date | None = None
    is_overridden: bool = False
    url: str = ""
    matrix_urls: tuple[str, ...] = ()

    @property
    def owed(self) -> int:
        return self.received - self.withdrawn

    @property
    def waiting(self) -> int:
        return self.owed - self.answered

    @property
    def in_time(self) -> int:
        """Answers that count: published after inputs closed and not after approval."""
        return self.answered - self.early - self.late

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.owed if self.owed else 100


def judge(facts: FeedbackFacts, today: date) -> Finding:
    is_closed = facts.closes_on is not None and today > facts.closes_on
    is_approved = facts.approved_on is not None and facts.approved_on <= today
    if not (is_closed or is_approved or facts.answered):
        return not_yet(Requirement.FEEDBACK, "inputs-close", received=facts.received, answered=0)
    limits: tuple[Limit, ...] = ()
    if facts.waiting and not is_approved and facts.approval_on:
        values = {"waiting": facts.waiting, "limit": facts.approval_on}
        limits = (Limit(facts.approval_on, WARN_DAYS, Advice.APPROVAL_NEAR, values),)
    return Finding(
        Requirement.FEEDBACK, _rule(facts, is_approved), _goal(facts, is_approved), _as_json(facts), NEEDS,
        _advice(facts, today, is_approved), None if is_approved or not facts.waiting else facts.approval_on, limits,
        (Proof("answers", facts.url, facts.last_on), *(Proof("matrix", url, facts.last_on) for url in facts.matrix_urls)),
    )  # fmt: skip


def _rule(facts: FeedbackFacts, is_approved: bool) -> Result:
    if facts.in_time <= 0 and facts.owed:
        return Result.NOT_MET if is_approved else Result.AT_RISK
    return Result.NEEDS_ATTESTATION if facts.waiting or facts.late else Result.MET


def _goal(facts: FeedbackFacts, is_approved: bool) -> Result:
    if is_approved:
        return Result.NOT_MET if facts.waiting or facts.late else Result.MET
    return Result.AT_RISK if facts.waiting else Result.MET


def _advice(facts: FeedbackFacts, today: date, is_approved: bool) -> tuple[Problem, ...]:
    problems = []
    if facts.owed and not facts.answered:
        problems.append(Problem(Advice.NO_ANSWERS))
    elif facts.waiting:
        codes = ", ".join(facts.missing[:MOST_CODES_TOLD])
        problems.append(Problem(Advice.ANSWERS_MISSING, values={"waiting": facts.waiting, "owed": facts.owed, "codes": codes}))
    if facts.late:
        problems.append(Problem(Advice.ANSWERS_LATE, values={"count": facts.late}))
    if facts.early:
        problems.append(Problem(Advice.ANSWERS_EARLY, values={"count": facts.early}))
    if facts.waiting and not is_approved and facts.approval_on and (facts.approval_on - today).days <= WARN_DAYS[0]:
        problems.append(Problem(Advice.APPROVAL_NEAR, values={"waiting": facts.waiting, "limit": facts.approval_on}))
    return tuple(problems)


def _as_json(facts: FeedbackFacts) -> dict[str, object]:
    return {
        "received": facts.received, "withdrawn": facts.withdrawn, "answered": facts.answered, "waiting": facts.waiting,
        "coverage_percent": facts.percent, "missing_codes": list(facts.missing[:MOST_CODES_TOLD]),
        "published_before_inputs_closed": facts.early, "published_after_approval": facts.late,
        "first_answer_on": facts.first_on.isoformat() if facts.first_on else None,
        "last_answer_on": facts.last_on.isoformat() if facts.last_on else None,
        "inputs_closed_on": facts.closes_on.isoformat() if facts.closes_on else None,
        "approved_on": facts.approved_on.isoformat() if facts.approved_on else None, "approved_with_override": facts.is_overridden,
    }  # fmt: skip
