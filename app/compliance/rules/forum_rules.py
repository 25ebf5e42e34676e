"""MR-1.1b: the basic rules of participation are public, all the time (domain.md 4.2; BR-03)."""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

NEEDS = (Statement.RULES_IN_FORCE,)


@dataclass(frozen=True)
class RulesFact:
    """The rules that stand. `answers` is what the last anonymous visit found: None when nobody went yet."""

    n: int
    published_on: date
    sha256: str = ""
    norm: str = ""
    url: str = ""
    title: str = ""
    answers: bool | None = None


@dataclass(frozen=True)
class ForumRulesFacts:
    """`missing_since` is the day from which the space had no rules in force; `has_started` whether a process runs without them."""

    rules: RulesFact | None = None
    has_started: bool = False
    missing_since: date | None = None


def judge(facts: ForumRulesFacts, today: date) -> Finding:
    rules = facts.rules
    if rules is None:
        light = Result.NOT_MET if facts.has_started else Result.AT_RISK
        limit = (Limit(facts.missing_since or today, (0,), Advice.NO_FORUM_RULES),)
        return Finding(Requirement.FORUM_RULES, light, light, {"rules": None}, NEEDS, (Problem(Advice.NO_FORUM_RULES),), None, limit)
    advice = []
    if rules.answers is False:
        advice.append(Problem(Advice.FORUM_RULES_UNREACHABLE))
    if not rules.norm.strip():
        advice.append(Problem(Advice.FORUM_RULES_WITHOUT_NORM))
    rule = Result.AT_RISK if rules.answers is False else Result.MET
    goal = Result.AT_RISK if advice else Result.MET
    return Finding(
        Requirement.FORUM_RULES, rule, goal,
        {
            "version": rules.n, "published_on": rules.published_on.isoformat(), "norm": rules.norm, "sha256": rules.sha256,
            "url": rules.url, "answers_without_login": rules.answers,
        },
        NEEDS, tuple(advice), None, (), (Proof(rules.title, rules.url, rules.published_on, rules.sha256),),
    )  # fmt: skip
