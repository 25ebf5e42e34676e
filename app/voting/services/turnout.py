"""Publishing how many have voted: by the hour, in steps of ten or more, and nothing else before the count (reliability.md B12)."""

from datetime import datetime

from app.core.db import db
from app.voting import queries
from app.voting.models import TurnoutStep, Vote
from app.voting.rules.turnout import next_step


def publish_turnout(vote: Vote, *, now: datetime) -> bool:
    """Write the step of this hour when there is one to show. The caller commits."""
    last = queries.newest_step(vote.id)
    step = next_step((last.at, last.ballots) if last else None, queries.books(vote.id).cast, now)
    if step is None:
        return False
    db.session.add(TurnoutStep(vote_id=vote.id, at=step[0], ballots=step[1]))
    db.session.flush()
    return True
