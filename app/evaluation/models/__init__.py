"""Tables of the evaluation: the committee and what it declared, the marks, and the rankings that were published."""

from app.evaluation.models.committees import CommitteeItem, CommitteeMember, ConflictDeclaration, DeclaredConflict, EvaluationCommittee
from app.evaluation.models.scores import RankedContribution, Ranking, Score

__all__ = [
    "EvaluationCommittee",
    "CommitteeItem",
    "CommitteeMember",
    "ConflictDeclaration",
    "DeclaredConflict",
    "RankedContribution",
    "Ranking",
    "Score",
]
