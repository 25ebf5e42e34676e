"""Comments of the consultation of a draft plan, with the answer each received."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.web import PER_PAGE
from app.feedback.models import Decision
from app.plans.models import PlanComment, PlanVersion


def comments_page(plan_id: int, clause: str, number: int = 1, per_page: int = PER_PAGE) -> Sequence[Any]:
    """Comments of a plan, of one clause when it is named, in order of arrival; one statement."""
    rows = (
        select(
            PlanComment.clause, PlanVersion.n, Contribution.code, Contribution.public_name, Contribution.text, Contribution.visibility,
            Contribution.received_at, Decision.outcome, Decision.text.label("answer"),
        )
        .join(Contribution, Contribution.id == PlanComment.contribution_id)
        .join(PlanVersion, PlanVersion.id == PlanComment.version_id)
        .outerjoin(Decision, (Decision.contribution_id == Contribution.id) & Decision.is_current)
        .where(PlanComment.plan_id == plan_id)
        .order_by(Contribution.received_at, Contribution.id)
        .limit(per_page)
        .offset((number - 1) * per_page)
    )  # fmt: skip
    return db.session.execute(rows.where(PlanComment.clause == clause) if clause else rows).all()
