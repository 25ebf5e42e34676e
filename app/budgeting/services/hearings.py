"""Which public hearings account for a round."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.models import BudgetHearing, BudgetRound, HearingUnlinked
from app.budgeting.rules.course import has_reached
from app.budgeting.rules.hearings import HearingProblem, accounts_for, linking_problems, unlinking_problems
from app.budgeting.rules.states import RoundState
from app.budgeting.services.register import register, sha256
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
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


def unlink_hearing(round_: BudgetRound, hearing: Meeting, reason: str, *, person_id: int, now: datetime) -> HearingUnlinked:
    """It does not account for the round after all: that it was said, and why it is undone, stays in public. The caller commits.

    Raises RuleBroken.
    """
    row = db.session.get(BudgetHearing, (round_.id, hearing.id), with_for_update=True)
    since = queries.executing_since(round_.id)
    others = [seen for seen in queries.hearings_seen(round_.id) if seen.slug != hearing.slug and accounts_for(seen, since)]
    is_accounted = has_reached(round_.state, RoundState.ACCOUNTED)
    refuse_if_any(unlinking_problems(is_linked=row is not None, is_accounted=is_accounted, others=len(others), reason=reason))
    assert row is not None  # noqa: S101 - the rule has refused
    made = HearingUnlinked(
        round_id=round_.id, meeting_id=hearing.id, linked_by_id=row.linked_by_id, linked_at=row.linked_at, reason=clean(reason),
        unlinked_by_id=person_id, unlinked_at=now,
    )  # fmt: skip
    db.session.delete(row)
    db.session.add(made)
    register("budgeting.unlink-hearing", round_, {"hearing": hearing.slug, "reason_sha256": sha256(made.reason)}, now)
    return made
