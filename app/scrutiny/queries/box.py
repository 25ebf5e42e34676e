"""Reading the box after it was closed, and how many voted."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import exists, func, select

from app.core.db import db
from app.territories.models import Territory
from app.voting.models import Ballot, Receipt, RollEntry
from app.voting.rules import Channel, RollStatus


def ballots(vote_id: int) -> list[tuple[str | None, list[list[int]]]]:
    """(UBIGEO, choices) of every ballot, in the order of their random ids."""
    rows = db.session.execute(select(Ballot.ubigeo, Ballot.choices).where(Ballot.vote_id == vote_id).order_by(Ballot.id))
    return [(ubigeo, choices) for ubigeo, choices in rows]


def ballots_by_territory(vote_id: int) -> dict[str | None, int]:
    rows = db.session.execute(select(Ballot.ubigeo, func.count()).where(Ballot.vote_id == vote_id).group_by(Ballot.ubigeo))
    return {ubigeo: count for ubigeo, count in rows}


def turnout(vote_id: int) -> Iterator[tuple[str | None, Channel | None, RollStatus, int]]:
    """(UBIGEO, channel, status, people) of the roll; entries taken off it are not in it."""
    rows: Any = db.session.execute(
        select(RollEntry.ubigeo, RollEntry.channel, RollEntry.status, func.count())
        .where(RollEntry.vote_id == vote_id, RollEntry.status != RollStatus.VOID)
        .group_by(RollEntry.ubigeo, RollEntry.channel, RollEntry.status)
    )
    yield from rows


def names_of(ubigeos: Sequence[str]) -> dict[str, str]:
    return {code: name for code, name in db.session.execute(select(Territory.ubigeo, Territory.name).where(Territory.ubigeo.in_(ubigeos)))}


def receipts(vote_id: int) -> list[str]:
    """Every SHA-256, sorted: the order tells nothing."""
    return list(db.session.scalars(select(Receipt.code_sha256).where(Receipt.vote_id == vote_id).order_by(Receipt.code_sha256)))


def has_receipt(vote_id: int, code_sha256: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Receipt.vote_id == vote_id, Receipt.code_sha256 == code_sha256))))
