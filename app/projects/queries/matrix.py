"""Reading the scoring matrix and its marks; marks of people leave here only in aggregate."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.budgeting import queries as rounds
from app.budgeting.models import BudgetRound
from app.core.db import db
from app.projects.models import MatrixMark, Project, ScoringMatrix
from app.projects.queries.projects import with_pots
from app.projects.rules import ProjectState
from app.projects.rules.matrix import MatrixState, Tally


def latest_matrix(round_id: int) -> ScoringMatrix | None:
    """The matrix as it is being written or was published last."""
    return db.session.scalar(
        select(ScoringMatrix).where(ScoringMatrix.round_id == round_id).order_by(ScoringMatrix.version.desc()).limit(1)
    )


def published_matrix(round_id: int) -> ScoringMatrix | None:
    """The matrix everybody can read, in its latest published version."""
    return db.session.scalar(
        select(ScoringMatrix)
        .where(ScoringMatrix.round_id == round_id, ScoringMatrix.state != MatrixState.DRAFT)
        .order_by(ScoringMatrix.version.desc())
        .limit(1)
    )


def locked_matrix(matrix_id: int) -> ScoringMatrix:
    """The matrix as it stands now, kept from others until the transaction ends."""
    found = db.session.scalar(
        select(ScoringMatrix).where(ScoringMatrix.id == matrix_id).with_for_update().execution_options(populate_existing=True)
    )
    assert found is not None  # noqa: S101 - matrices are never deleted
    return found


def is_marking(round_id: int) -> bool:
    """Somebody marked, and the ranking is not published yet."""
    found = latest_matrix(round_id)
    return found is not None and found.state is MatrixState.FROZEN


def tallies(matrix_id: int) -> list[Tally]:
    """For each project and criterion, the sum of its marks and how many they are: one statement."""
    rows = db.session.execute(
        select(Project.code, MatrixMark.criterion, func.sum(MatrixMark.mark), func.count(MatrixMark.id))
        .join(Project, Project.id == MatrixMark.project_id)
        .where(MatrixMark.matrix_id == matrix_id)
        .group_by(Project.number, Project.code, MatrixMark.criterion)
        .order_by(Project.number, MatrixMark.criterion)
    )
    return [Tally(code, key, int(total), marks) for code, key, total, marks in rows]


def marks_given(matrix_id: int, giver: str) -> dict[int, dict[str, int]]:
    """What one giver marked: by project id and criterion."""
    found: dict[int, dict[str, int]] = {}
    for row in db.session.scalars(select(MatrixMark).where(MatrixMark.matrix_id == matrix_id, MatrixMark.giver == giver)):
        found.setdefault(row.project_id, {})[row.criterion] = row.mark
    return found


def givers(matrix_id: int) -> Sequence[tuple[str, int]]:
    """How many people marked each project, by code."""
    rows = db.session.execute(
        select(Project.code, func.count(func.distinct(MatrixMark.giver)))
        .join(Project, Project.id == MatrixMark.project_id)
        .where(MatrixMark.matrix_id == matrix_id)
        .group_by(Project.code)
    )
    return [(code, number) for code, number in rows]


def marked_pots(round_: BudgetRound) -> frozenset[str]:
    """The pots of the ceiling with a project somebody marked: those the matrix decides."""
    marked = set(db.session.scalars(
        select(MatrixMark.project_id).join(ScoringMatrix).where(ScoringMatrix.round_id == round_.id).distinct()
    ))  # fmt: skip
    return frozenset(part for project, part in with_pots(round_, list(ProjectState)) if project.id in marked)


def ranked_round(slug: str) -> BudgetRound | None:
    """The round of a public process whose ranking by the matrix is published, process loaded."""
    found = rounds.public_round(slug)
    matrix = published_matrix(found.id) if found else None
    return found if matrix is not None and matrix.state is MatrixState.RANKED else None
