"""The plan and what follows it."""

from app.plans.models.follow_up import Amendment, CommitmentStep, PlanComment, ProgressUpdate
from app.plans.models.library import PastCommitment, PastPlan, PastPlanFact
from app.plans.models.plans import ActionPlan, Commitment, Milestone, PlanSignature, PlanVersion

__all__ = [
    "ActionPlan",
    "Amendment",
    "Commitment",
    "CommitmentStep",
    "Milestone",
    "PastCommitment",
    "PastPlan",
    "PastPlanFact",
    "PlanComment",
    "PlanSignature",
    "PlanVersion",
    "ProgressUpdate",
]
