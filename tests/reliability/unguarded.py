"""The site of `noon` with its guard taken away: it looks whether somebody has voted, and then writes (reliability.md finding 1).

For the negative control of B02 only: a test that passes with this proves nothing.
"""

import time
from datetime import datetime

from sqlalchemy import select, update

from app.core.db import db
from app.voting.models import RollEntry, Vote
from app.voting.rules import Channel, RollStatus
from app.voting.services import casting
from tests.reliability.noon import app

__all__ = ["app"]


def look_then_write(vote: Vote, key: str, channel: Channel, now: datetime) -> int:
    """As platforms do that check first and insert afterwards: nothing in the database says that there may be one only."""
    mine = (RollEntry.vote_id == vote.id) & (RollEntry.voter_key == key)
    is_open = db.session.scalar(select(RollEntry.status).where(mine)) is RollStatus.OPEN
    time.sleep(0.05)
    db.session.execute(update(RollEntry).where(mine).values(status=RollStatus.VOTED, channel=channel))
    return int(is_open)


casting.take = look_then_write
