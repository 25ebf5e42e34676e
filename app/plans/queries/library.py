"""Reading the library of past plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.db import db
from app.plans.models import PastCommitment, PastPlan, PastPlanFact
from app.plans.rules.library import IrmCompletion


@dataclass(frozen=True)
class Balance:
    """What is known of a past plan: how many commitments its documents state, how many are listed, and their completion by the IRM."""

    plan: PastPlan
    listed: int
    completion: dict[IrmCompletion, int]

    @property
    def coded(self) -> int:
        return sum(self.completion.values())


def past_plans() -> list[Balance]:
    """Every past plan, the first one first. Two statements."""
    counted: dict[int, dict[IrmCompletion | None, int]] = {}
    for plan_id, completion, count in db.session.execute(
        select(PastCommitment.past_plan_id, PastCommitment.irm_completion, func.count())
        .group_by(PastCommitment.past_plan_id, PastCommitment.irm_completion)
        .order_by(PastCommitment.past_plan_id)
    ):
        counted.setdefault(plan_id, {})[completion] = count
    found = []
    for plan in db.session.scalars(select(PastPlan).order_by(PastPlan.n)):
        counts = counted.get(plan.id, {})
        found.append(Balance(plan, sum(counts.values()), {code: n for code, n in counts.items() if code is not None}))
    return found


def past_plan_by_slug(slug: str) -> PastPlan | None:
    return db.session.scalar(select(PastPlan).where(PastPlan.slug == slug))


def facts_of(past_plan_id: int) -> Sequence[PastPlanFact]:
    return db.session.scalars(
        select(PastPlanFact).where(PastPlanFact.past_plan_id == past_plan_id).order_by(PastPlanFact.position, PastPlanFact.id)
    ).all()


def past_commitments(past_plan_id: int) -> Sequence[PastCommitment]:
    return db.session.scalars(
        select(PastCommitment).where(PastCommitment.past_plan_id == past_plan_id).order_by(PastCommitment.position, PastCommitment.id)
    ).all()
