"""Reading sheets, evaluations, questions to authors and appeals."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Person
from app.budgeting.models import BudgetRound
from app.contributions.models import Authorship
from app.core.clock import lima_day
from app.core.db import db
from app.processes.models import Process
from app.projects.models import Appeal, Clarification, Evaluation, EvaluationSheet, Project, ProjectOrigin
from app.projects.rules import ProjectState
from app.projects.rules.appeals import last_day
from app.projects.rules.evaluating import OPEN, EvaluationState, SheetState
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role


def latest_sheet(round_id: int) -> EvaluationSheet | None:
    """The sheet as it is being written or was published last."""
    return db.session.scalar(
        select(EvaluationSheet).where(EvaluationSheet.round_id == round_id).order_by(EvaluationSheet.version.desc()).limit(1)
    )


def published_sheet(round_id: int) -> EvaluationSheet | None:
    """The sheet that evaluations use, and everybody can read."""
    return db.session.scalar(
        select(EvaluationSheet)
        .where(EvaluationSheet.round_id == round_id, EvaluationSheet.state != SheetState.DRAFT)
        .order_by(EvaluationSheet.version.desc())
        .limit(1)
    )


def sheets(round_id: int) -> Sequence[EvaluationSheet]:
    """Every published version, newest first."""
    return db.session.scalars(
        select(EvaluationSheet)
        .where(EvaluationSheet.round_id == round_id, EvaluationSheet.state != SheetState.DRAFT)
        .order_by(EvaluationSheet.version.desc())
    ).all()


def evaluations(project_id: int, *, public_only: bool) -> Sequence[Evaluation]:
    """The judgements of a project, newest first, sheet loaded."""
    rows = select(Evaluation).where(Evaluation.project_id == project_id).options(joinedload(Evaluation.sheet))
    if public_only:
        rows = rows.where(Evaluation.state == EvaluationState.PUBLISHED)
    return db.session.scalars(rows.order_by(Evaluation.n.desc())).all()


def open_evaluation(project_id: int) -> Evaluation | None:
    """The one being done, as it stands now; sheet loaded."""
    return db.session.scalar(
        select(Evaluation)
        .where(Evaluation.project_id == project_id, Evaluation.state.in_(OPEN))
        .options(joinedload(Evaluation.sheet))
        .execution_options(populate_existing=True)
    )


def last_evaluation_number(project_id: int) -> int:
    return db.session.scalar(select(func.max(Evaluation.n)).where(Evaluation.project_id == project_id)) or 0


def latest_published(project_id: int) -> Evaluation | None:
    """The evaluation that stands, sheet loaded."""
    return db.session.scalar(
        select(Evaluation)
        .where(Evaluation.project_id == project_id, Evaluation.state == EvaluationState.PUBLISHED)
        .options(joinedload(Evaluation.sheet))
        .order_by(Evaluation.n.desc())
        .limit(1)
    )


def published_of(project_ids: Sequence[int]) -> dict[int, Evaluation]:
    """The evaluation that stands of each project, sheet loaded: one statement."""
    rows = db.session.scalars(
        select(Evaluation)
        .where(Evaluation.project_id.in_(list(project_ids)), Evaluation.state == EvaluationState.PUBLISHED)
        .options(joinedload(Evaluation.sheet))
        .order_by(Evaluation.n)
    )
    return {row.project_id: row for row in rows}


def all_published_evaluations(round_id: int) -> Sequence[Evaluation]:
    """Every published evaluation of the public projects of a round, in the order of their numbers, sheet loaded."""
    return db.session.scalars(
        select(Evaluation)
        .join(Evaluation.project)
        .where(Project.round_id == round_id, Project.is_public.is_(True), Evaluation.state == EvaluationState.PUBLISHED)
        .options(joinedload(Evaluation.sheet))
        .order_by(Project.number, Evaluation.n)
    ).all()


def involved(project_id: int) -> frozenset[int]:
    """Who evaluated or approved what was published of this project: not the ones to judge it again."""
    rows = db.session.execute(
        select(Evaluation.evaluator_id, Evaluation.approved_by_id).where(
            Evaluation.project_id == project_id, Evaluation.state == EvaluationState.PUBLISHED
        )
    )
    return frozenset(person for row in rows for person in row if person is not None)


def _of_round(round_id: int) -> Select[Evaluation]:
    whole = contains_eager(Evaluation.project).joinedload(Project.round).joinedload(BudgetRound.process).joinedload(Process.space)
    return (
        select(Evaluation)
        .join(Evaluation.project)
        .where(Project.round_id == round_id)
        .options(whole, contains_eager(Evaluation.project).joinedload(Project.territory), joinedload(Evaluation.sheet))
    )


def evaluations_in(round_id: int, *states: EvaluationState, evaluator_id: int | None = None) -> Sequence[Evaluation]:
    """Those of the round in these states, oldest assignment first; project, process and sheet loaded."""
    rows = _of_round(round_id).where(Evaluation.state.in_(states))
    if evaluator_id is not None:
        rows = rows.where(Evaluation.evaluator_id == evaluator_id)
    return db.session.scalars(rows.order_by(Evaluation.assigned_at, Evaluation.id)).all()


def projects_waiting(round_id: int) -> int:
    """How many public projects of the round have no technical opinion that stands: not judged, being judged, or with an appeal to be
    decided. What the prioritisation waits for."""
    judging = (ProjectState.DRAFT, ProjectState.UNDER_EVALUATION)
    appealed = select(Appeal.project_id).where(Appeal.decided_at.is_(None))
    counted = select(func.count(Project.id)).where(
        Project.round_id == round_id, Project.is_public.is_(True), Project.state.in_(judging) | Project.id.in_(appealed)
    )
    return db.session.scalar(counted) or 0


def appealable_until(round_id: int) -> date | None:
    """The last day on which some project of the round can still be appealed for; None when there is nothing to appeal against."""
    appealed = select(Appeal.evaluation_id)
    rows = db.session.execute(
        select(Evaluation.published_at, EvaluationSheet.appeal_days)
        .join(Evaluation.project)
        .join(Evaluation.sheet)
        .where(
            Project.round_id == round_id, Project.state == ProjectState.NOT_ADMISSIBLE, Evaluation.state == EvaluationState.PUBLISHED,
            Evaluation.id.not_in(appealed),
        )
    )  # fmt: skip
    return max((last_day(lima_day(at), days) for at, days in rows if at), default=None)


def team(space_id: int, process_id: int, today: date) -> Sequence[Person]:
    """The municipal technical team of a process, by name."""
    return db.session.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(RoleAssignment.person_id).where(
                    RoleAssignment.space_id == space_id, RoleAssignment.role == Role.MUNICIPAL,
                    (RoleAssignment.process_id.is_(None)) | (RoleAssignment.process_id == process_id),
                    RoleAssignment.starts_on <= today, (RoleAssignment.ends_on.is_(None)) | (RoleAssignment.ends_on >= today),
                )
            )
        )
        .order_by(Person.name, Person.id)
    ).all()  # fmt: skip


def clarifications(evaluation_ids: Sequence[int]) -> Sequence[Clarification]:
    """Questions and answers of these evaluations, oldest first."""
    return db.session.scalars(
        select(Clarification)
        .where(Clarification.evaluation_id.in_(list(evaluation_ids)))
        .order_by(Clarification.evaluation_id, Clarification.number)
    ).all()


def open_clarification(project_id: int) -> Clarification | None:
    """The question that waits for the author, evaluation and project loaded."""
    return db.session.scalar(
        select(Clarification)
        .join(Clarification.evaluation)
        .where(
            Evaluation.project_id == project_id, Evaluation.state.in_(OPEN), Clarification.answered_at.is_(None),
            Clarification.closed_at.is_(None),
        )
        .options(contains_eager(Clarification.evaluation))
        .execution_options(populate_existing=True)
    )  # fmt: skip


def appeals(project_id: int) -> Sequence[Appeal]:
    """Every appeal of a project, oldest first, the evaluation loaded."""
    return db.session.scalars(
        select(Appeal).where(Appeal.project_id == project_id).options(joinedload(Appeal.evaluation)).order_by(Appeal.number)
    ).all()


def appeal(codigo: str, number: int) -> Appeal | None:
    """One appeal, everything around it loaded: for who decides."""
    return db.session.scalar(
        select(Appeal)
        .join(Appeal.project)
        .where(Project.code == codigo, Appeal.number == number)
        .options(
            contains_eager(Appeal.project).joinedload(Project.round).joinedload(BudgetRound.process).joinedload(Process.space),
            joinedload(Appeal.evaluation),
        )
    )


def open_appeal(project_id: int) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.project_id == project_id, Appeal.decided_at.is_(None)))


def waiting_appeals(round_id: int) -> Sequence[Appeal]:
    """Those nobody decided, oldest first, the project loaded."""
    return db.session.scalars(
        select(Appeal)
        .join(Appeal.project)
        .where(Project.round_id == round_id, Appeal.decided_at.is_(None))
        .options(contains_eager(Appeal.project))
        .order_by(Appeal.received_at, Appeal.id)
    ).all()


def authors_of(project_id: int) -> Sequence[Authorship]:
    """Who is behind the contributions of a project, contribution loaded; restricted."""
    return db.session.scalars(
        select(Authorship)
        .join(ProjectOrigin, ProjectOrigin.contribution_id == Authorship.contribution_id)
        .where(ProjectOrigin.project_id == project_id)
        .options(joinedload(Authorship.contribution))
        .order_by(Authorship.contribution_id)
    ).all()
