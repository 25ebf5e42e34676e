"""Comments of the public consultation: contributions like any other, that know which clause of which published draft they speak of."""

from datetime import datetime

from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.services import Receipt
from app.contributions.services.receiving import Letter
from app.core.arrival import Arrival
from app.core.db import db
from app.core.errors import refuse_if_any
from app.plans.models import ActionPlan, PlanComment
from app.plans.queries.consultation import Consultation
from app.plans.rules import clauses as rules


def comment(
    draft: ContributionDraft, plan: ActionPlan, consultation: Consultation, clause: str, *, submission_key: str,
    letter: Letter, now: datetime, came: Arrival | None = None, person_id: int | None = None,
) -> Receipt:  # fmt: skip
    """A citizen's comment on a clause: code, receipt, moderation and answer as for any contribution. The caller commits.

    The same `submission_key` gives what was received the first time. `letter` makes the content of the receipt's letter, sent when
    an e-mail was given; `person_id` is the account it is sent from, if any. `plan.process` is loaded. Raises RuleBroken.
    """
    refuse_if_any(rules.problems_with_comment(clause, {c.key for c in consultation.clauses}, is_open=consultation.is_open))
    receipt = contributions.submit(
        draft, plan.process, submission_key=submission_key, letter=letter, now=now, is_open=True, came=came, person_id=person_id
    )
    if receipt.is_new:
        assert consultation.version is not None  # noqa: S101 - an open consultation has its text
        db.session.add(
            PlanComment(contribution_id=receipt.contribution.id, plan_id=plan.id, version_id=consultation.version.id, clause=clause)
        )
        db.session.flush()
    return receipt
