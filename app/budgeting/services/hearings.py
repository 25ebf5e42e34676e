"""Which public hearings account for a round."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.models import BudgetHearing, BudgetRound
from app.budgeting.rules.hearings import HearingProblem, linking_problems
from app.budgeting.services.register import register
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.forum.models import Meeting
from app.forum.rules.meetings import MeetingKind


def link_hearing(round_: BudgetRound, hearing: Meeting, *, person_id: int, now: datetime) -> None:
    """This hearing of the space accounts for the round, from its convening on. The caller commits. Raises RuleBroken."""
    linked = {meeting.id for meeting in queries.hearings_of(round_.id)}
    refuse_if_any(
        linking_problems(
            is_hearing=hearing.kind is MeetingKind.HEARING, is_same_space=hearing.space_id == round_.process.space_id,
            is_linked=hearing.id in linked,
        )
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(BudgetHearing(round_id=round_.id, meeting_id=hearing.id, linked_by_id=person_id, linked_at=now))
    except IntegrityError as lost:
        raise RuleBroken([Problem(HearingProblem.ALREADY, "hearing")]) from lost
    register("budgeting.link-hearing", round_, {"hearing": hearing.slug}, now)
