"""What a plan, its commitments and their follow-up may and must be; each noun in its file."""

from app.plans.rules.commitments import (
    CommitmentDraft,
    CommitmentState,
    MilestoneDraft,
    problems_with_commitment,
    problems_with_milestone,
)
from app.plans.rules.plan import (
    PlanDraft,
    PlanProblem,
    PlanSeat,
    PlanSource,
    PlanState,
    problems_with_plan,
    problems_with_signature,
)

__all__ = [
    "CommitmentDraft",
    "CommitmentState",
    "MilestoneDraft",
    "PlanDraft",
    "PlanProblem",
    "PlanSeat",
    "PlanSource",
    "PlanState",
    "problems_with_commitment",
    "problems_with_milestone",
    "problems_with_plan",
    "problems_with_signature",
]
