"""Leaving a project out of the count, by two people and in public."""

from datetime import datetime

from sqlalchemy import func, select

from app.audit import services as audit
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.text import clean_line
from app.voting import queries
from app.voting.models import Vote, VoteExclusion
from app.voting.rules.exclusions import problems_with_asking, problems_with_settling


def ask_exclusion(vote: Vote, option: int, reason: str, *, person_id: int, now: datetime) -> VoteExclusion:
    """Ask that a project cannot win; a second person settles it. The caller commits. Raises RuleBroken."""
    db.session.refresh(vote, attribute_names=["state"], with_for_update=True)
    reason = clean_line(reason)
    known = queries.exclusions(vote.id)
    refuse_if_any(
        problems_with_asking(
            vote.state, option, reason, on_ballot={o.number for o in queries.options(vote.id)},
            asked={found.option for found in known if found.is_out or found.settled_at is None},
        )
    )  # fmt: skip
    last = db.session.scalar(select(func.max(VoteExclusion.number)).where(VoteExclusion.vote_id == vote.id)) or 0
    asked = VoteExclusion(vote_id=vote.id, number=last + 1, option=option, reason=reason, asked_by_id=person_id, asked_at=now)
    db.session.add(asked)
    db.session.flush()
    return asked


def settle_exclusion(found: VoteExclusion, *, is_out: bool, person_id: int, now: datetime) -> None:
    """Leave that project out, or not; either way it is public, with its reason. The caller commits. Raises RuleBroken."""
    vote = found.vote
    db.session.refresh(vote, attribute_names=["state"], with_for_update=True)
    db.session.refresh(found, attribute_names=["settled_at"])
    refuse_if_any(
        problems_with_settling(vote.state, is_settled=found.settled_at is not None, is_same_person=found.asked_by_id == person_id)
    )
    found.settled_by_id, found.settled_at, found.is_out = person_id, now, is_out
    db.session.flush()
    facts = {"number": found.option, "out": is_out, "reason": found.reason}
    audit.record("voting.exclude", "vote", f"{vote.round.process.slug}/{vote.slug}", facts, at=now, role="foro")
