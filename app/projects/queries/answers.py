"""Reading the written answers of projects, and what still lacks one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.budgeting.models import BudgetRound
from app.contributions.models import Contribution
from app.core.db import db
from app.feedback.models import Decision
from app.processes.models import Process
from app.projects.models import AnswerSave, Project, ProjectAnswer, ProjectOrigin
from app.projects.rules import ENDED, TAKEN_UP, ProjectState
from app.projects.rules.answers import AnswerState


def current_answer(project_id: int) -> ProjectAnswer | None:
    """The latest published answer, if any."""
    return db.session.scalar(
        select(ProjectAnswer)
        .where(ProjectAnswer.project_id == project_id, ProjectAnswer.state == AnswerState.PUBLISHED)
        .order_by(ProjectAnswer.version.desc())
        .limit(1)
    )


def current_answers(project_ids: Sequence[int]) -> dict[int, ProjectAnswer]:
    """The latest published answer of each: one statement."""
    rows = db.session.scalars(
        select(ProjectAnswer)
        .where(ProjectAnswer.project_id.in_(list(project_ids)), ProjectAnswer.state == AnswerState.PUBLISHED)
        .order_by(ProjectAnswer.version)
    )
    return {row.project_id: row for row in rows}


def published_answers(project_id: int) -> Sequence[ProjectAnswer]:
    """Every published version, newest first."""
    return db.session.scalars(
        select(ProjectAnswer)
        .where(ProjectAnswer.project_id == project_id, ProjectAnswer.state == AnswerState.PUBLISHED)
        .order_by(ProjectAnswer.version.desc())
    ).all()


def open_answer(project_id: int) -> ProjectAnswer | None:
    """The version being written or reviewed, as it stands now."""
    return db.session.scalar(
        select(ProjectAnswer)
        .where(ProjectAnswer.project_id == project_id, ProjectAnswer.state != AnswerState.PUBLISHED)
        .execution_options(populate_existing=True)
    )


def saved_answers(project_id: int) -> Sequence[AnswerSave]:
    """Everything that was ever saved as an answer of the project, the latest first."""
    return db.session.scalars(select(AnswerSave).where(AnswerSave.project_id == project_id).order_by(AnswerSave.id.desc())).all()


def last_answer_version(project_id: int) -> int:
    return db.session.scalar(select(func.max(ProjectAnswer.version)).where(ProjectAnswer.project_id == project_id)) or 0


def open_answers(round_id: int, state: AnswerState) -> Sequence[ProjectAnswer]:
    """Answers of the round in that state, oldest first, the project loaded with its round and process."""
    return db.session.scalars(
        select(ProjectAnswer)
        .join(ProjectAnswer.project)
        .where(Project.round_id == round_id, ProjectAnswer.state == state)
        .options(contains_eager(ProjectAnswer.project).joinedload(Project.round).joinedload(BudgetRound.process).joinedload(Process.space))
        .order_by(ProjectAnswer.drafted_at, ProjectAnswer.id)
    ).all()


def _is_unanswered() -> tuple[ColumnElement[bool], ...]:
    published = exists().where(
        ProjectAnswer.project_id == Project.id, ProjectAnswer.state == AnswerState.PUBLISHED, ProjectAnswer.about == Project.state
    )
    return (Project.state.in_(ENDED), ~published)


def unanswered_dropped(round_id: int) -> int:
    """How many projects of the round ended (not admissible, merged, not prioritised, dropped) and have no published answer to that
    end: the guard of domain.md 11 for signing the act."""
    return db.session.scalar(select(func.count(Project.id)).where(Project.round_id == round_id, *_is_unanswered())) or 0


def answered_count(round_id: int) -> int:
    """How many projects of the round have a published answer."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(ProjectAnswer.project_id)))
            .join(ProjectAnswer.project)
            .where(Project.round_id == round_id, ProjectAnswer.state == AnswerState.PUBLISHED)
        )
        or 0
    )


def without_answer(round_id: int) -> Sequence[Project]:
    """Those that `unanswered_dropped` counts, by number, territory loaded."""
    return db.session.scalars(
        select(Project)
        .where(Project.round_id == round_id, *_is_unanswered())
        .options(joinedload(Project.territory))
        .order_by(Project.number)
    ).all()


def contributions_to_answer(round_id: int) -> dict[int, list[str]]:
    """Project id -> codes, in order, of its contributions that nobody answers yet; of projects that were chosen, or that ended with a
    published answer. What was merged is answered where it goes on."""
    answered = exists().where(ProjectAnswer.project_id == Project.id, ProjectAnswer.state == AnswerState.PUBLISHED)
    ended = Project.state.in_(ENDED) & (Project.state != ProjectState.MERGED) & answered
    rows = db.session.execute(
        select(Project.id, Contribution.code)
        .join(ProjectOrigin, ProjectOrigin.project_id == Project.id)
        .join(Contribution, Contribution.id == ProjectOrigin.contribution_id)
        .where(Project.round_id == round_id, Project.state.in_(TAKEN_UP) | ended)
        .where(~exists().where(Decision.contribution_id == Contribution.id))
        .order_by(Project.number, Contribution.code)
    )
    found: dict[int, list[str]] = {}
    for project_id, code in rows:
        found.setdefault(project_id, []).append(code)
    return found


def chosen_codes(process_id: int) -> frozenset[str]:
    """Codes of the public projects that were chosen in the participatory budget of a process."""
    return frozenset(
        db.session.scalars(
            select(Project.code)
            .join(BudgetRound, BudgetRound.id == Project.round_id)
            .where(BudgetRound.process_id == process_id, Project.state.in_(TAKEN_UP), Project.is_public.is_(True))
        )
    )


def in_order(ids: Iterable[int]) -> Sequence[Project]:
    """Those projects, by number."""
    return db.session.scalars(select(Project).where(Project.id.in_(list(ids))).order_by(Project.number, Project.id)).all()
