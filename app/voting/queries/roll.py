"""The roll: one entry by its key, counts by territory, the books. Never a list of who voted."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.territories.models import Territory
from app.voting.models import Ballot, Receipt, RollAddition, RollEntry, Vote, VoteToken
from app.voting.rules import RollStatus, TokenState
from app.voting.rules.printing import Books, TokenBooks
from app.voting.rules.roll import RollCount, merged


def roll_entry(vote_id: int, voter_key: str) -> RollEntry | None:
    """Always as the database has it now, never as it was read before."""
    return db.session.scalar(
        select(RollEntry).where(RollEntry.vote_id == vote_id, RollEntry.voter_key == voter_key).execution_options(populate_existing=True)
    )


def known_keys(vote_id: int) -> set[str]:
    """Every key on the roll."""
    return set(db.session.scalars(select(RollEntry.voter_key).where(RollEntry.vote_id == vote_id)))


def roll_size(vote_id: int) -> int:
    """People on the roll, those struck off left out."""
    return db.session.scalar(
        select(func.count()).select_from(RollEntry).where(RollEntry.vote_id == vote_id, RollEntry.status != RollStatus.VOID)
    ) or 0  # fmt: skip


def people_by_territory(vote: Vote) -> list[RollCount]:
    """As the public reads it: groups smaller than the vote shows come without their number."""
    rows = db.session.execute(
        select(RollEntry.ubigeo, Territory.name, func.count())
        .outerjoin(Territory, Territory.ubigeo == RollEntry.ubigeo)
        .where(RollEntry.vote_id == vote.id, RollEntry.status != RollStatus.VOID)
        .group_by(RollEntry.ubigeo, Territory.name)
    ).all()
    counts = {ubigeo: count for ubigeo, _, count in rows}
    names = {ubigeo: name or "" for ubigeo, name, _ in rows}
    return merged(counts, names, int(vote.rules.get("fewest_shown", 10)))


def additions(vote_id: int) -> Sequence[RollAddition]:
    """People added while the vote was open, and what still waits for a second person; the newest first."""
    return db.session.scalars(select(RollAddition).where(RollAddition.vote_id == vote_id).order_by(RollAddition.number.desc())).all()


def pending_addition(vote_id: int, number: int) -> RollAddition | None:
    return db.session.scalar(
        select(RollAddition)
        .where(RollAddition.vote_id == vote_id, RollAddition.number == number)
        .options(joinedload(RollAddition.vote).joinedload(Vote.round))
    )


def token_books(vote_id: int) -> TokenBooks:
    """Where the printed codes are."""
    rows = db.session.execute(select(VoteToken.state, func.count()).where(VoteToken.vote_id == vote_id).group_by(VoteToken.state)).all()
    counts = {state: int(count) for state, count in rows}
    used, void, unused = (counts.get(state, 0) for state in (TokenState.USED, TokenState.VOID, TokenState.ISSUED))
    return TokenBooks(sum(counts.values()), used, void, unused)


def books(vote_id: int) -> Books:
    """What must agree. For closing and the count, never for a page before: turnout is `turnout_steps`."""
    rows = db.session.execute(
        select(RollEntry.channel, func.count())
        .where(RollEntry.vote_id == vote_id, RollEntry.status == RollStatus.VOTED)
        .group_by(RollEntry.channel)
    ).all()
    marks = {channel.value: int(count) for channel, count in rows if channel is not None}
    ballots = db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.vote_id == vote_id)) or 0
    receipts = db.session.scalar(select(func.count()).select_from(Receipt).where(Receipt.vote_id == vote_id)) or 0
    return Books(marks, token_books(vote_id), ballots, receipts)
