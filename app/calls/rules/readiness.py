"""Whether an entity may own a commitment: induction (BR-23), sustainability pre-assessment (BR-24), contest (BR-25)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_ANSWER = 20
MOST_HOURS = 200


class Conclusion(StrEnum):
    SUSTAINABLE = "sustainable"
    WITH_CONDITIONS = "with-conditions"
    NOT_SUSTAINABLE = "not-sustainable"


class Question(StrEnum):
    """What is asked of an ongoing reform before it enters a plan."""

    MANDATE = "mandate"
    BUDGET = "budget"
    TEAM = "team"
    CHANGE_OF_AUTHORITIES = "change-of-authorities"
    OPENNESS = "openness"
    WHAT_IS_NEW = "what-is-new"


class ReadinessProblem(StrEnum):
    NEEDS_INDUCTION = "readiness-needs-induction"
    NEEDS_ASSESSMENT = "readiness-needs-assessment"
    NOT_SUSTAINABLE = "readiness-not-sustainable"
    NOT_GOVERNMENT = "readiness-not-government"
    DATE_IN_FUTURE = "induction-date-in-future"
    HOURS_WRONG = "induction-hours-wrong"
    CERTIFICATE_MISSING = "induction-certificate-missing"
    TAUGHT_BY_MISSING = "induction-taught-by-missing"
    REFORM_MISSING = "assessment-reform-missing"
    ANSWER_MISSING = "assessment-answer-missing"
    CONCLUSION_SHORT = "assessment-conclusion-short"
    SIGNED = "assessment-signed"
    OFFICE_MISSING = "assessment-office-missing"
    WRITER_SIGNS = "assessment-writer-signs"


@dataclass(frozen=True)
class Readiness:
    """What is known of an entity in a space. `requires_induction` is the space's own setting; an assessment counts once signed."""

    has_induction: bool
    needs_assessment: bool
    has_assessment: bool
    has_contest_entry: bool
    requires_induction: bool = False
    conclusion: Conclusion | None = None


def ownership_problems(readiness: Readiness) -> tuple[Problem, ...]:
    """Why an entity may not own a commitment here: hard where the space requires induction, and for an unassessed ongoing reform."""
    problems = []
    if readiness.requires_induction and not readiness.has_induction:
        problems.append(Problem(ReadinessProblem.NEEDS_INDUCTION, "lead_entity"))
    if readiness.requires_induction and readiness.needs_assessment and not readiness.has_assessment:
        problems.append(Problem(ReadinessProblem.NEEDS_ASSESSMENT, "lead_entity"))
    if readiness.requires_induction and readiness.conclusion is Conclusion.NOT_SUSTAINABLE:
        problems.append(Problem(ReadinessProblem.NOT_SUSTAINABLE, "lead_entity"))
    return tuple(problems)


@dataclass(frozen=True)
class InductionDraft:
    """A training that was given: when, by whom, for how long, on what, with which certificate."""

    done_on: date
    hours: int
    people: int
    taught_by: str
    topics: str
    certificate: str


def problems_with_induction(draft: InductionDraft, *, is_government: bool, today: date) -> tuple[Problem, ...]:
    problems = []
    if not is_government:
        problems.append(Problem(ReadinessProblem.NOT_GOVERNMENT, "organisation"))
    if draft.done_on > today:
        problems.append(Problem(ReadinessProblem.DATE_IN_FUTURE, "done_on"))
    if not 1 <= draft.hours <= MOST_HOURS or draft.people < 1:
        problems.append(Problem(ReadinessProblem.HOURS_WRONG, "hours"))
    if not draft.taught_by.strip():
        problems.append(Problem(ReadinessProblem.TAUGHT_BY_MISSING, "taught_by"))
    if not draft.certificate.strip():
        problems.append(Problem(ReadinessProblem.CERTIFICATE_MISSING, "certificate"))
    return tuple(problems)


@dataclass(frozen=True)
class AssessmentDraft:
    """The pre-assessment of one reform: an answer to each question, and what follows from them."""

    reform: str
    answers: Mapping[Question, str]
    conclusion: Conclusion
    reasons: str


def problems_with_assessment(draft: AssessmentDraft, *, is_signed: bool) -> tuple[Problem, ...]:
    if is_signed:
        return (Problem(ReadinessProblem.SIGNED),)
    problems = []
    if not draft.reform.strip():
        problems.append(Problem(ReadinessProblem.REFORM_MISSING, "reform"))
    for question in Question:
        if len(draft.answers.get(question, "").strip()) < SHORTEST_ANSWER:
            problems.append(Problem(ReadinessProblem.ANSWER_MISSING, str(question), {"shortest": SHORTEST_ANSWER}))
    if len(draft.reasons.strip()) < SHORTEST_ANSWER:
        problems.append(Problem(ReadinessProblem.CONCLUSION_SHORT, "reasons", {"shortest": SHORTEST_ANSWER}))
    return tuple(problems)


def to_json(draft: AssessmentDraft) -> str:
    """The canonical text that is signed."""
    content = {
        "reform": draft.reform, "answers": {str(question): draft.answers.get(question, "") for question in Question},
        "conclusion": str(draft.conclusion), "reasons": draft.reasons,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
