"""The checks of an answer together (domain.md 6.1 and 6.4): what stops it, what could be better, what is well, what to ask."""

from itertools import chain

from app.core.errors import Problem
from app.feedback.rules.checks.deciding import decided
from app.feedback.rules.checks.findings import Check, Facts, Level
from app.feedback.rules.checks.reading import read
from app.feedback.rules.checks.surroundings import answered, grouped, guarded, spoken, weighed
from app.feedback.rules.drafts import DecisionDraft

_STOPPING = (decided, answered, guarded, grouped)
_ADVISING = (read, spoken, weighed)
_ORDER = (Level.STOP, Level.WARN, Level.ASK, Level.GOOD)


def checks(draft: DecisionDraft, facts: Facts) -> tuple[Check, ...]:
    """Everything there is to say about the answer: stops first, then warnings, questions, and what is well."""
    found = chain.from_iterable(judge(draft, facts) for judge in (*_STOPPING, *_ADVISING))
    return tuple(sorted(found, key=lambda check: _ORDER.index(check.level)))


def stops(draft: DecisionDraft, facts: Facts) -> tuple[Problem, ...]:
    """The checks that block, as problems; a problem of one idea of several says which in `values["part"]`."""
    found = chain.from_iterable(judge(draft, facts) for judge in _STOPPING)
    return tuple(as_problem(check) for check in found if check.level is Level.STOP)


def as_problem(check: Check) -> Problem:
    return Problem(check.code, check.field, {**check.values, "part": check.part} if check.part else check.values)
