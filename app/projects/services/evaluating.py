"""Judging a project: assigned, interests declared, written by one, approved by another, and only then public, in a batch."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.feedback.rules.outcomes import Outcome, Reason
from app.projects import queries
from app.projects.models import Clarification, Evaluation, Project
from app.projects.rules import ProjectState
from app.projects.rules import evaluating as rules
from app.projects.rules.answers import AnswerDraft
from app.projects.rules.appeals import last_day
from app.projects.rules.evaluating import Conclusion, EvaluationDraft, EvaluationProblem, EvaluationState, Finding, SheetState
from app.projects.rules.phases import Doing, problems_with_phase
from app.projects.rules.writing import ChangeKind
from app.projects.services import letters
from app.projects.services.answers import publish_with, tidy
from app.projects.services.trail import note, register


def assign(project: Project, evaluator_id: int, *, due_on: date | None, person_id: int, now: datetime) -> Evaluation:
    """Give a project to somebody of the technical team to judge; the first time freezes the sheet. The caller commits.

    Raises RuleBroken.
    """
    current = queries.locked(project.id)
    refuse_if_any(problems_with_phase(Doing.EVALUATE, current.round.state))
    sheet = queries.published_sheet(current.round_id)
    process = current.round.process
    team = {person.id for person in queries.team(process.space_id, process.id, lima_day(now))}
    refuse_if_any(
        rules.problems_with_assigning(
            current.state, is_public=current.is_public, has_sheet=sheet is not None,
            has_open=queries.open_evaluation(current.id) is not None, is_on_team=evaluator_id in team,
            was_involved=evaluator_id in queries.involved(current.id),
        )
    )  # fmt: skip
    assert sheet is not None  # noqa: S101 - judged a line above
    if sheet.state is SheetState.PUBLISHED:
        sheet.state, sheet.frozen_at = SheetState.FROZEN, now
    made = Evaluation(
        project_id=current.id, project=current, n=queries.last_evaluation_number(current.id) + 1, sheet_id=sheet.id, sheet=sheet,
        evaluator_id=evaluator_id, assigned_by_id=person_id, assigned_at=now, due_on=due_on,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:  # uq_project_evaluation_open
        raise RuleBroken([Problem(EvaluationProblem.ALREADY_ASSIGNED)]) from lost
    is_first = current.state is ProjectState.DRAFT
    current.state = ProjectState.UNDER_EVALUATION
    note(current, ChangeKind.ASSIGNED, person_id=person_id, now=now, number=made.n)
    if is_first:
        register("evaluate", current, {"number": made.n, "sheet": sheet.version}, now)
    return made


def declare(evaluation: Evaluation, *, has_conflict: bool, note_: str, person_id: int, now: datetime) -> None:
    """The evaluator says whether there is a conflict of interest; with one, somebody else must be given the project. Caller commits."""
    current = _held(evaluation)
    own = current.evaluator_id == person_id
    refuse_if_any(rules.problems_with_declaring(current.state, is_own=own, has_conflict=has_conflict, note=note_))
    current.declared_at, current.conflict_note = now, clean(note_) if has_conflict else ""
    if has_conflict:
        current.state = EvaluationState.ANNULLED
        _close_questions(current.id, now)
        note(current.project, ChangeKind.CONFLICT_DECLARED, person_id=person_id, now=now, reason=clean(note_), number=current.n)
    db.session.flush()


def write(
    evaluation: Evaluation, draft: EvaluationDraft, *, and_submit: bool, revision: int, person_id: int, now: datetime
) -> tuple[Problem, ...]:  # fmt: skip
    """Save what the evaluator has, and send it to be approved when asked and nothing is missing; what is missing comes back, the text
    is kept either way. The caller commits. Raises RuleBroken, and SomebodyWasFirst when it was saved from another window."""
    current = _held(evaluation)
    own = current.evaluator_id == person_id
    refuse_if_any(rules.problems_with_writing(current.state, is_own=own, has_declared=current.declared_at is not None))
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    criteria = rules.criteria_of(current.sheet.criteria)
    known = {c.key for c in criteria}
    found = {key: (finding, clean(said)) for key, (finding, said) in draft.findings.items() if key in known}
    wanted = EvaluationDraft(found, draft.conclusion, clean(draft.opinion), tidy(draft.answer))
    current.findings, current.conclusion, current.opinion = rules.content_of(wanted), wanted.conclusion, wanted.opinion
    current.answer = wanted.answer.as_json() if wanted.conclusion is Conclusion.NOT_ADMISSIBLE else {}
    current.state, current.revision, current.return_note = EvaluationState.WRITING, revision + 1, current.return_note
    project = current.project
    problems = rules.problems_with_submitting(wanted, criteria, has_cost=project.cost_cents is not None, today=lima_day(now))
    if and_submit and not problems:
        current.state, current.submitted_at, current.return_note = EvaluationState.REVIEW, now, ""
        current.cost_cents, current.project_revision = project.cost_cents, project.revision
        _close_questions(current.id, now)
    db.session.flush()
    return problems if and_submit else ()


def draft_of(evaluation: Evaluation) -> EvaluationDraft:
    """What an evaluation says, as the rules read it."""
    findings = {
        key: (Finding(row["finding"]) if row.get("finding") else None, row.get("note", "")) for key, row in evaluation.findings.items()
    }
    return EvaluationDraft(findings, evaluation.conclusion, evaluation.opinion, answer_of(evaluation.answer))


def answer_of(content: dict[str, Any]) -> AnswerDraft:
    """An answer kept as plain values."""
    given = {name: value for name, value in content.items() if name in {f.name for f in fields(AnswerDraft)}}
    if given.get("outcome"):
        given["outcome"] = Outcome(given["outcome"])
    if given.get("reason_code"):
        given["reason_code"] = Reason(given["reason_code"])
    if given.get("referred_on"):
        given["referred_on"] = date.fromisoformat(given["referred_on"])
    return AnswerDraft(**given)


def ask(evaluation: Evaluation, question: str, due_on: date, *, person_id: int, now: datetime) -> Clarification:
    """Ask whoever proposed it, by letter, with a day to answer. The caller commits. Raises RuleBroken."""
    current = _held(evaluation)
    has_open = queries.open_clarification(current.project_id) is not None
    own, today = current.evaluator_id == person_id, lima_day(now)
    refuse_if_any(rules.problems_with_asking(current.state, is_own=own, question=question, due_on=due_on, today=today, has_open=has_open))
    number = len(queries.clarifications([current.id])) + 1
    made = Clarification(evaluation_id=current.id, number=number, question=clean(question), asked_at=now, due_on=due_on)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:  # uq_project_clarification_open
        raise RuleBroken([Problem(EvaluationProblem.QUESTION_OPEN)]) from lost
    note(current.project, ChangeKind.CLARIFICATION_ASKED, person_id=person_id, now=now, number=number)
    content = {"question": made.question, "due_on": long_date(due_on)}
    letters.queue("projects.asked", current.project, content, event=str(made.id), now=now)
    return made


def clarify(project: Project, text: str, *, person_id: int | None, now: datetime) -> Clarification:
    """What the author answers, by their private link or account. The caller commits. Raises RuleBroken."""
    queries.locked(project.id)
    made = queries.open_clarification(project.id)
    if made is None:
        raise RuleBroken([Problem(EvaluationProblem.ANSWERED)])
    refuse_if_any(rules.problems_with_clarifying(text, is_answered=False, due_on=made.due_on, today=lima_day(now)))
    made.answer, made.answered_at, made.answered_by_id = clean(text), now, person_id
    db.session.flush()
    return made


def approve(evaluation: Evaluation, *, revision: int, person_id: int, now: datetime) -> None:
    """Another person finds it right; still nobody outside sees it. The caller commits. Raises RuleBroken and SomebodyWasFirst."""
    current = _held(evaluation)
    earlier = queries.involved(current.project_id)
    refuse_if_any(rules.problems_with_approving(current.state, evaluator_id=current.evaluator_id, earlier=earlier, person_id=person_id))
    if current.revision != revision:
        raise SomebodyWasFirst(current)
    current.state, current.approved_by_id, current.approved_at = EvaluationState.APPROVED, person_id, now
    db.session.flush()


def send_back(evaluation: Evaluation, reason: str, *, person_id: int, now: datetime) -> None:
    """To be written again, saying what is missing; an approval falls. The caller commits. Raises RuleBroken."""
    current = _held(evaluation)
    refuse_if_any(rules.problems_with_returning(current.state, evaluator_id=current.evaluator_id, person_id=person_id, note=reason))
    current.state, current.return_note, current.revision = EvaluationState.WRITING, clean(reason), current.revision + 1
    current.approved_by_id = current.approved_at = current.submitted_at = None
    note(current.project, ChangeKind.RETURNED, person_id=person_id, now=now, reason=clean(reason), number=current.n)


def publish_batch(evaluations: Sequence[Evaluation], *, person_id: int, now: datetime) -> int:
    """Make approved evaluations public together: states, written answers, letters. How many. The caller commits. Raises RuleBroken."""
    if not evaluations:
        raise RuleBroken([Problem(EvaluationProblem.NOTHING_CHOSEN)])
    held = [_held(evaluation) for evaluation in sorted(evaluations, key=lambda e: e.project_id)]
    late = [e.project.code for e in held if e.state is not EvaluationState.APPROVED]
    if late:
        raise RuleBroken([Problem(EvaluationProblem.NOT_APPROVED, None, {"code": late[0]})])
    for evaluation in held:
        _publish(evaluation, now)
    return len(held)


def _publish(evaluation: Evaluation, now: datetime) -> None:
    project, approved_by = evaluation.project, evaluation.approved_by_id
    assert approved_by is not None  # noqa: S101 - an approved one has who approved it; the table says so too
    evaluation.state, evaluation.published_at = EvaluationState.PUBLISHED, now
    is_in = evaluation.conclusion is Conclusion.ADMISSIBLE
    project.state = ProjectState.ADMISSIBLE if is_in else ProjectState.NOT_ADMISSIBLE
    until = last_day(lima_day(now), evaluation.sheet.appeal_days)
    content: dict[str, Any] = {"conclusion": str(evaluation.conclusion), "opinion": evaluation.opinion, "appeal_until": long_date(until)}
    if not is_in:
        answer = answer_of(evaluation.answer)
        publish_with(
            project, answer, written_by=evaluation.evaluator_id, approved_by=approved_by, drafted_at=evaluation.submitted_at or now, now=now
        )
        content |= answer.as_json()
    note(project, ChangeKind.EVALUATED, person_id=None, now=now, number=evaluation.n, conclusion=str(evaluation.conclusion))
    facts = {"number": evaluation.n, "conclusion": str(evaluation.conclusion), "reason": str(evaluation.answer.get("reason_code", ""))}
    register("publish-evaluation", project, facts, now)
    letters.queue("projects.evaluated", project, content, event=str(evaluation.id), now=now)


def annul_open(project: Project, *, person_id: int, now: datetime) -> None:
    """The evaluation being done stops: the project it was about does not go on. The caller has locked the project."""
    current = queries.open_evaluation(project.id)
    if current is not None:
        current.state = EvaluationState.ANNULLED
        _close_questions(current.id, now)
        db.session.flush()


def _close_questions(evaluation_id: int, now: datetime) -> None:
    db.session.execute(
        update(Clarification)
        .where(Clarification.evaluation_id == evaluation_id, Clarification.answered_at.is_(None), Clarification.closed_at.is_(None))
        .values(closed_at=now),
        execution_options={"synchronize_session": False},
    )


def _held(evaluation: Evaluation) -> Evaluation:
    """The evaluation as it stands now, its project locked and loaded. Raises RuleBroken outside the technical evaluation."""
    project = queries.locked(evaluation.project_id)
    refuse_if_any(problems_with_phase(Doing.EVALUATE, project.round.state))
    current = db.session.scalar(select(Evaluation).where(Evaluation.id == evaluation.id).execution_options(populate_existing=True))
    assert current is not None  # noqa: S101 - evaluations are never deleted
    current.project = project
    if "sheet" in current.__dict__:
        return current
    db.session.refresh(current, ["sheet"])
    return current
