"""The end of the key of a roll: when the time to complain is over two people destroy it, and the roll names nobody any more."""

from datetime import datetime

from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import refuse_if_any
from app.scrutiny import queries
from app.scrutiny.rules import acts
from app.scrutiny.rules.acts import Act
from app.scrutiny.services.register import as_signatures, record, take_key
from app.voting import services as voting
from app.voting.models import Vote


def order_destruction(vote: Vote, *, confirms: bool, person_id: int, now: datetime) -> bool:
    """One of the two signatures; with the second it is ordered: True. The caller commits, and then calls `destroy_key`.

    Raises RuleBroken. The file goes after the commit: a signature that was undone must not cost the key.
    """
    db.session.refresh(vote, attribute_names=["state"], with_for_update=True)
    count, closing = queries.published_count(vote.id), queries.closing_of(vote.id)
    signed = as_signatures(queries.signatures(vote.id, Act.DESTROY_KEY))
    refuse_if_any(
        acts.destroying_problems(
            lima_day(count.published_at) if count and count.published_at else None, vote.round.appeal_days, lima_day(now),
            is_destroyed=closing is not None and closing.key_destroyed_at is not None, confirms=confirms, signed=signed,
            person_id=person_id,
        )
    )  # fmt: skip
    take_key(vote, Act.DESTROY_KEY, acts.next_key(signed), "", person_id=person_id, now=now)
    if not signed:
        record("scrutiny.ask-destroy-key", vote, {}, now)
    return bool(signed)


def destroy_key(vote: Vote, *, now: datetime) -> bool:
    """Erase the key that two people ordered to erase, and write it down. The caller commits. False when two have not signed."""
    closing = queries.closing_of(vote.id)
    if closing is None or len(queries.signatures(vote.id, Act.DESTROY_KEY)) < 2:
        return False
    voting.keys.destroy(vote)
    if closing.key_destroyed_at is None:
        closing.key_destroyed_at = now
        record("scrutiny.destroy-key", vote, {}, now)
    return True
