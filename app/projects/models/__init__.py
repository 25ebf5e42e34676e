"""Projects, their evaluation and the matrix that orders them."""

from app.projects.models.evaluations import Appeal, Clarification, Evaluation, EvaluationSheet
from app.projects.models.matrix import MatrixMark, ScoringMatrix
from app.projects.models.projects import AnswerSave, Project, ProjectAnswer, ProjectChange, ProjectOrigin, ProjectVersion

__all__ = [
    "AnswerSave", "Appeal", "Clarification", "Evaluation", "EvaluationSheet", "MatrixMark", "Project", "ProjectAnswer", "ProjectChange",
    "ProjectOrigin", "ProjectVersion", "ScoringMatrix",
]  # fmt: skip
