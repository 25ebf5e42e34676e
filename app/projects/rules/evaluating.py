"""Technical evaluation: published criteria, formal before merit; written by one and approved by another (domain.md BR-26)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerDraft, problems_with_answer, problems_with_words

SHORTEST_NOTE, SHORTEST_HINT, SHORTEST_QUESTION, SHORTEST_OPINION = 15, 15, 20, 60
FEWEST_CLARIFICATION_DAYS = 3
MOST_DAYS = 60


class Step(StrEnum):
    """The formal check comes first: a project that fails it is not judged on its merit."""

    FORMAL = "formal"
    MERIT = "merit"


class Finding(StrEnum):
    MET = "met"
    NEEDS_CHANGE = "needs-change"
    NOT_MET = "not-met"


class Conclusion(StrEnum):
    ADMISSIBLE = "admissible"
    NOT_ADMISSIBLE = "not-admissible"


class EvaluationState(StrEnum):
    """`ANNULLED`: the evaluator had a conflict of interest, or the project was merged meanwhile."""

    ASSIGNED = "assigned"
    WRITING = "writing"
    REVIEW = "review"
    APPROVED = "approved"
    PUBLISHED = "published"
    ANNULLED = "annulled"


OPEN = (EvaluationState.ASSIGNED, EvaluationState.WRITING, EvaluationState.REVIEW, EvaluationState.APPROVED)


class SheetState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    FROZEN = "frozen"


class EvaluationProblem(StrEnum):
    SHEET_EMPTY = "criteria-sheet-empty"
    SHEET_NAME_MISSING = "sheet-name-missing"
    SHEET_HINT_SHORT = "sheet-hint-short"
    SHEET_REPEATED = "criteria-sheet-repeated"
    SHEET_FROZEN = "sheet-frozen"
    SHEET_UNPUBLISHED = "sheet-unpublished"
    SHEET_DAYS = "sheet-days"
    NOT_PUBLIC = "evaluation-project-not-public"
    ALREADY_ASSIGNED = "evaluation-already-assigned"
    NOT_ON_TEAM = "evaluation-not-on-team"
    INVOLVED_BEFORE = "evaluation-involved-before"
    NOT_YOURS = "evaluation-not-yours"
    CONFLICT_UNDECLARED = "evaluation-conflict-undeclared"
    CONFLICT_NOTE_SHORT = "evaluation-conflict-note-short"
    NOT_WRITABLE = "evaluation-not-writable"
    FINDING_MISSING = "evaluation-finding-missing"
    NOTE_SHORT = "evaluation-note-short"
    CONCLUSION_MISSING = "evaluation-conclusion-missing"
    OPINION_SHORT = "evaluation-opinion-short"
    ADMITS_UNMET = "evaluation-admits-unmet"
    REFUSES_ALL_MET = "evaluation-refuses-all-met"
    COST_MISSING = "evaluation-cost-missing"
    NOT_IN_REVIEW = "evaluation-not-in-review"
    WRITER_APPROVES = "evaluation-writer-approves"
    APPROVER_BEFORE = "evaluation-approver-before"
    RETURN_NOTE_SHORT = "evaluation-return-note-short"
    NOT_APPROVED = "evaluation-not-approved"
    NOTHING_CHOSEN = "evaluation-nothing-chosen"
    QUESTION_SHORT = "clarification-question-short"
    QUESTION_TOO_SOON = "clarification-too-soon"
    QUESTION_OPEN = "clarification-open"
    ANSWER_SHORT = "clarification-answer-short"
    ANSWERED = "clarification-answered"
    TOO_LATE = "clarification-too-late"


@dataclass(frozen=True)
class SheetCriterion:
    """A criterion of the sheet and how it is verified. `key` stays when the words change."""

    key: str
    step: Step
    name: str
    hint: str

    def as_json(self) -> dict[str, str]:
        return {**asdict(self), "step": self.step.value}


def criteria_of(content: Sequence[Mapping[str, str]]) -> tuple[SheetCriterion, ...]:
    """The criteria kept in the table, formal ones first."""
    found = [SheetCriterion(c["key"], Step(c["step"]), c["name"], c["hint"]) for c in content]
    return tuple(sorted(found, key=lambda c: c.step is Step.MERIT))


TEMPLATE = (
    ("competence", Step.FORMAL), ("land", Step.FORMAL), ("duplicate", Step.FORMAL), ("plan", Step.FORMAL), ("ceiling", Step.FORMAL),
    ("technical", Step.MERIT), ("investment", Step.MERIT), ("sustainability", Step.MERIT), ("environment", Step.MERIT),
    ("beneficiaries", Step.MERIT),
)  # fmt: skip
"""Where a round starts from; its words are in messages. The formal check is what stops a project whatever its merit."""


def problems_with_sheet(criteria: Sequence[SheetCriterion], appeal_days: int, *, state: SheetState | None) -> tuple[Problem, ...]:
    """Named criteria, each saying how it is verified; unchangeable from the first evaluation on."""
    if state is SheetState.FROZEN:
        return (Problem(EvaluationProblem.SHEET_FROZEN),)
    problems = []
    if not criteria:
        problems.append(Problem(EvaluationProblem.SHEET_EMPTY))
    if any(not c.name.strip() for c in criteria):
        problems.append(Problem(EvaluationProblem.SHEET_NAME_MISSING))
    if any(len(c.hint.strip()) < SHORTEST_HINT for c in criteria):
        problems.append(Problem(EvaluationProblem.SHEET_HINT_SHORT, None, {"shortest": SHORTEST_HINT}))
    names = [c.name.strip().casefold() for c in criteria]
    if len(set(names)) < len(names):
        problems.append(Problem(EvaluationProblem.SHEET_REPEATED))
    if not 1 <= appeal_days <= MOST_DAYS:
        problems.append(Problem(EvaluationProblem.SHEET_DAYS, "appeal_days", {"most": MOST_DAYS}))
    return tuple(problems)


def problems_with_assigning(
    state: ProjectState, *, is_public: bool, has_sheet: bool, has_open: bool, is_on_team: bool, was_involved: bool
) -> tuple[Problem, ...]:
    """A public project, with a published sheet, to somebody of the team who did not decide about it before (after an appeal)."""
    if not is_public or state not in (ProjectState.DRAFT, ProjectState.UNDER_EVALUATION):
        return (Problem(EvaluationProblem.NOT_PUBLIC),)
    if not has_sheet:
        return (Problem(EvaluationProblem.SHEET_UNPUBLISHED),)
    if has_open:
        return (Problem(EvaluationProblem.ALREADY_ASSIGNED),)
    if not is_on_team:
        return (Problem(EvaluationProblem.NOT_ON_TEAM, "person"),)
    if was_involved:
        return (Problem(EvaluationProblem.INVOLVED_BEFORE, "person"),)
    return ()


def problems_with_declaring(state: EvaluationState, *, is_own: bool, has_conflict: bool, note: str) -> tuple[Problem, ...]:
    if not is_own:
        return (Problem(EvaluationProblem.NOT_YOURS),)
    if state not in (EvaluationState.ASSIGNED, EvaluationState.WRITING):
        return (Problem(EvaluationProblem.NOT_WRITABLE),)
    if has_conflict and len(note.strip()) < SHORTEST_NOTE:
        return (Problem(EvaluationProblem.CONFLICT_NOTE_SHORT, "conflict_note", {"shortest": SHORTEST_NOTE}),)
    return ()


@dataclass(frozen=True)
class EvaluationDraft:
    """What an evaluator writes. `findings` by criterion key; the answer is only of a project that is not admissible."""

    findings: Mapping[str, tuple[Finding | None, str]]
    conclusion: Conclusion | None = None
    opinion: str = ""
    answer: AnswerDraft = AnswerDraft()


def problems_with_writing(state: EvaluationState, *, is_own: bool, has_declared: bool) -> tuple[Problem, ...]:
    """Only by whom it was given to, once their interests are declared, and until it is sent to be approved."""
    if not is_own:
        return (Problem(EvaluationProblem.NOT_YOURS),)
    if state not in (EvaluationState.ASSIGNED, EvaluationState.WRITING):
        return (Problem(EvaluationProblem.NOT_WRITABLE),)
    if not has_declared:
        return (Problem(EvaluationProblem.CONFLICT_UNDECLARED),)
    return ()


def problems_with_submitting(
    draft: EvaluationDraft, criteria: Sequence[SheetCriterion], *, has_cost: bool, today: date
) -> tuple[Problem, ...]:  # fmt: skip
    """Every criterion that had to be looked at has a finding, and the conclusion follows from them with its public reason."""
    problems = [*_problems_with_findings(draft, criteria)]
    if draft.conclusion is None:
        return (*problems, Problem(EvaluationProblem.CONCLUSION_MISSING, "conclusion"))
    unmet = [c for c in criteria if draft.findings.get(c.key, (None, ""))[0] in (Finding.NOT_MET, Finding.NEEDS_CHANGE)]
    if draft.conclusion is Conclusion.ADMISSIBLE:
        if unmet:
            problems.append(Problem(EvaluationProblem.ADMITS_UNMET, "conclusion", {"criterion": unmet[0].name}))
        if not has_cost:
            problems.append(Problem(EvaluationProblem.COST_MISSING, "conclusion"))
        if len(draft.opinion.strip()) < SHORTEST_OPINION:
            problems.append(Problem(EvaluationProblem.OPINION_SHORT, "opinion", {"shortest": SHORTEST_OPINION}))
        return (*problems, *problems_with_words(draft.opinion, "opinion"))
    if not unmet:
        problems.append(Problem(EvaluationProblem.REFUSES_ALL_MET, "conclusion"))
    return (*problems, *problems_with_answer(draft.answer, ProjectState.NOT_ADMISSIBLE, today=today))


def _problems_with_findings(draft: EvaluationDraft, criteria: Sequence[SheetCriterion]) -> list[Problem]:
    """A project that fails the formal check need not be judged on its merit."""
    fails = any(draft.findings.get(c.key, (None, ""))[0] is Finding.NOT_MET for c in criteria if c.step is Step.FORMAL)
    problems = []
    for criterion in criteria:
        finding, note = draft.findings.get(criterion.key, (None, ""))
        field = f"finding_{criterion.key}"
        if finding is None and not (fails and criterion.step is Step.MERIT):
            problems.append(Problem(EvaluationProblem.FINDING_MISSING, field, {"criterion": criterion.name}))
        if finding in (Finding.NOT_MET, Finding.NEEDS_CHANGE) and len(note.strip()) < SHORTEST_NOTE:
            values = {"criterion": criterion.name, "shortest": SHORTEST_NOTE}
            problems.append(Problem(EvaluationProblem.NOTE_SHORT, f"note_{criterion.key}", values))
        problems += problems_with_words(note, f"note_{criterion.key}")
    return problems


def problems_with_approving(state: EvaluationState, *, evaluator_id: int, earlier: frozenset[int], person_id: int) -> tuple[Problem, ...]:
    """Another person; after an appeal, somebody who did not decide the first time. `earlier` are those who did."""
    if state is not EvaluationState.REVIEW:
        return (Problem(EvaluationProblem.NOT_IN_REVIEW),)
    if person_id == evaluator_id:
        return (Problem(EvaluationProblem.WRITER_APPROVES),)
    if person_id in earlier:
        return (Problem(EvaluationProblem.APPROVER_BEFORE),)
    return ()


def problems_with_returning(state: EvaluationState, *, evaluator_id: int, person_id: int, note: str) -> tuple[Problem, ...]:
    if state not in (EvaluationState.REVIEW, EvaluationState.APPROVED):
        return (Problem(EvaluationProblem.NOT_IN_REVIEW),)
    if person_id == evaluator_id:
        return (Problem(EvaluationProblem.WRITER_APPROVES),)
    if len(note.strip()) < SHORTEST_NOTE:
        return (Problem(EvaluationProblem.RETURN_NOTE_SHORT, "note", {"shortest": SHORTEST_NOTE}),)
    return ()


def problems_with_asking(
    state: EvaluationState, *, is_own: bool, question: str, due_on: date, today: date, has_open: bool
) -> tuple[Problem, ...]:
    """One question at a time to whoever proposed it, with time to answer."""
    if not is_own:
        return (Problem(EvaluationProblem.NOT_YOURS),)
    if state not in (EvaluationState.ASSIGNED, EvaluationState.WRITING):
        return (Problem(EvaluationProblem.NOT_WRITABLE),)
    if has_open:
        return (Problem(EvaluationProblem.QUESTION_OPEN),)
    problems = []
    if len(question.strip()) < SHORTEST_QUESTION:
        problems.append(Problem(EvaluationProblem.QUESTION_SHORT, "question", {"shortest": SHORTEST_QUESTION}))
    if due_on - today < timedelta(days=FEWEST_CLARIFICATION_DAYS):
        problems.append(Problem(EvaluationProblem.QUESTION_TOO_SOON, "due_on", {"days": FEWEST_CLARIFICATION_DAYS}))
    return (*problems, *problems_with_words(question, "question"))


def problems_with_clarifying(text: str, *, is_answered: bool, due_on: date, today: date) -> tuple[Problem, ...]:
    if is_answered:
        return (Problem(EvaluationProblem.ANSWERED),)
    if today > due_on:
        return (Problem(EvaluationProblem.TOO_LATE),)
    if len(text.strip()) < SHORTEST_QUESTION:
        return (Problem(EvaluationProblem.ANSWER_SHORT, "text", {"shortest": SHORTEST_QUESTION}),)
    return problems_with_words(text, "text")


def content_of(draft: EvaluationDraft) -> dict[str, Any]:
    """The findings as the table keeps them."""
    return {key: {"finding": finding.value if finding else "", "note": note} for key, (finding, note) in draft.findings.items()}
