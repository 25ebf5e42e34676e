"""Requirements, lights and advice in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.audit import messages as audit
from app.compliance.messages.advice import ADVICE
from app.compliance.messages.names import (
    ABOUT_APPLICATIONS,
    APPLICATIONS,
    BANNER,
    CONTENTS,
    IRM,
    IRM_CHOICES,
    MEANINGS,
    METHODS,
    NOT_YET,
    PROOFS,
    RESULTS,
    SETS,
    SIDES,
    SINCE,
    STATEMENTS,
)
from app.compliance.messages.problems import PROBLEMS
from app.compliance.rules.findings import Advice, Finding, Proof, Result
from app.compliance.rules.statements import Statement
from app.core.dates import MONTHS, long_date
from app.core.errors import Problem

__all__ = [
    "ABOUT_APPLICATIONS", "ADVICE", "APPLICATIONS", "BANNER", "CONTENTS", "IRM", "IRM_CHOICES", "MEANINGS", "METHODS", "NOT_YET",
    "PROBLEMS", "RESULTS", "SETS", "SIDES", "SINCE", "STATEMENTS", "advice", "advice_sentence", "light", "proof_title",
]  # fmt: skip


def light(finding: Finding, result: Result) -> str:
    """The word of a light; "not yet" where it does not apply only because its time has not come."""
    return str(NOT_YET if result is Result.NOT_APPLICABLE and finding.is_not_yet else RESULTS[result])


def advice(finding: Finding) -> list[str]:
    """What to do next, in sentences."""
    return [_sentence(problem) for problem in finding.advice]


def advice_sentence(code: str, values: Mapping[str, Any]) -> str:
    """The sentence of an advice kept with its values as text."""
    return _sentence(Problem(Advice(code), values={name: _day(value) for name, value in values.items()}))


def _sentence(problem: Problem) -> str:
    return str(ADVICE[Advice(problem.code)]) % {name: _said(name, value) for name, value in problem.values.items()}


def _said(name: str, value: Any) -> str:
    if isinstance(value, date):
        return long_date(value)
    if name == "month":
        return str(MONTHS[int(value) - 1])
    if name == "since":
        return str(SINCE.get(str(value), value))
    if name == "statement":
        return str(STATEMENTS[Statement(value)]).rstrip(".")
    if name == "contents":
        return ", ".join(str(CONTENTS[item]) for item in value)
    return str(value)


def _day(value: Any) -> Any:
    """A day that was kept as text, as a day again."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2027-01-01") else value
    except ValueError:
        return value


def proof_title(proof: Proof) -> str:
    """What a piece of evidence is called: an act of the register by its name, a version by its number, the rest as it calls itself."""
    kind, _colon, number = proof.title.partition(":")
    if kind in ("schedule", "budget-calendar", "budget-result", "budget-act", "budget-vigilance"):
        return str(PROOFS[kind]) % {"n": number}
    if kind == "matrix":
        return str(PROOFS[kind]) % {"format": proof.url.rpartition(".")[2].upper()}
    if kind in PROOFS:
        return str(PROOFS[kind])
    return audit.action_name(proof.title) if proof.title in audit.ACTIONS else proof.title
