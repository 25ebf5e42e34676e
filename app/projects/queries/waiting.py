"""What waits, by process: how many and since when the oldest does; for the desk, whatever the number of processes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.budgeting.models import BudgetRound
from app.core.db import db
from app.projects.models import Appeal, Evaluation, Project, ProjectAnswer
from app.projects.rules.answers import AnswerState
from app.projects.rules.evaluating import EvaluationState

Oldest = dict[int, tuple[int, datetime]]


def evaluations_given(process_ids: Collection[int], person_id: int) -> Oldest:
    """Evaluations this person was given and has not sent."""
    to_write = Evaluation.state.in_((EvaluationState.ASSIGNED, EvaluationState.WRITING))
    return _oldest(Evaluation, Evaluation.assigned_at, process_ids, to_write, Evaluation.evaluator_id == person_id)


def evaluations_to_approve(process_ids: Collection[int], person_id: int) -> Oldest:
    """Evaluations that somebody else wrote and sent."""
    sent = Evaluation.state == EvaluationState.REVIEW
    return _oldest(Evaluation, Evaluation.submitted_at, process_ids, sent, Evaluation.evaluator_id != person_id)


def appeals_waiting(process_ids: Collection[int]) -> Oldest:
    return _oldest(Appeal, Appeal.received_at, process_ids, Appeal.decided_at.is_(None))


def answers_to_approve(process_ids: Collection[int], person_id: int) -> Oldest:
    """Answers that somebody else wrote last and sent."""
    sent = ProjectAnswer.state == AnswerState.REVIEW
    return _oldest(ProjectAnswer, ProjectAnswer.drafted_at, process_ids, sent, ProjectAnswer.drafted_by_id != person_id)


def _oldest(model: Any, moment: Any, process_ids: Collection[int], *conditions: ColumnElement[bool]) -> Oldest:
    if not process_ids:
        return {}
    rows = db.session.execute(
        select(BudgetRound.process_id, func.count(model.id), func.min(moment))
        .join(Project, Project.id == model.project_id)
        .join(BudgetRound, BudgetRound.id == Project.round_id)
        .where(BudgetRound.process_id.in_(process_ids), *conditions)
        .group_by(BudgetRound.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows}
