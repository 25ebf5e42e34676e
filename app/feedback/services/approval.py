"""The gate before the plan (BR-08): it is signed here because here is known who still waits for an answer."""

from datetime import datetime

from app.core.errors import Problem, RuleBroken
from app.feedback import queries
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.personal_data import leaks
from app.plans import services as plans
from app.plans.models import ActionPlan
from app.plans.rules import PlanSeat


def sign_plan(plan: ActionPlan, seat: PlanSeat, *, revision: int, override_reason: str, person_id: int, now: datetime) -> bool:
    """A sector's signature under the plan; True when with it the plan is approved. The caller commits.

    Refused while a contribution has no final published answer, its codes named, unless the sector gives a public reason; that
    reason enters the register, so it may hold no personal data. `plan.process.space` is loaded. Raises RuleBroken.
    """
    found = leaks(override_reason, official=(plan.process.space.contact,))
    if found:
        raise RuleBroken([Problem(FeedbackProblem.PERSONAL_DATA_IN_REASON, "override_reason", {"found": found[0].found})])
    return plans.sign(
        plan, seat, revision=revision, override_reason=override_reason, waiting_codes=queries.waiting_codes(plan.process_id),
        person_id=person_id, now=now,
    )  # fmt: skip
