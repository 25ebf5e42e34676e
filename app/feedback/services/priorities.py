"""Something a workshop voted that nobody had captured."""

from datetime import datetime

from app.activities.models import Activity
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel, NameConsent
from app.core.errors import Problem, RuleBroken
from app.feedback import queries
from app.feedback.rules.priorities import PriorityProblem
from app.feedback.services.agreement import record_votes


def vote_for_new(activity: Activity, text: str, votes: int, *, submission_key: str, person_id: int, now: datetime) -> Contribution:
    """Capture what was voted as a contribution of the workshop, by nobody in particular, and record its votes beside the others.

    So it has a code and must be answered like any other. `activity.process` and `.opportunity` are loaded; the caller commits. Raises
    RuleBroken.
    """
    if votes < 1:
        raise RuleBroken([Problem(PriorityProblem.OPTION_WITHOUT_VOTES, "votes")])
    draft = ContributionDraft(text=text, consent=NameConsent.ANONYMOUS, ubigeo=activity.opportunity.ubigeo or "", channel=Channel.WORKSHOP)
    receipt = contributions.capture(draft, activity.opportunity, submission_key=submission_key, person_id=person_id, now=now)
    ballot = queries.ballot_of(activity.id)
    counted: dict[str, int | None] = {row.code: row.votes for row in queries.votes_in(activity.id) if row.votes}
    record_votes(
        activity, counted | {receipt.contribution.code: votes}, person_id=person_id, now=now, voters=ballot.voters if ballot else None,
        votes_each=ballot.votes_each if ballot else None,
    )  # fmt: skip
    return receipt.contribution
