"""Reading paper tables and what was keyed of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.budgeting.models import BudgetRound
from app.core.db import db
from app.processes.models import Process
from app.scrutiny.models import PollingTable, TableKeying
from app.territories.models import Territory
from app.voting.models import RollEntry, Vote


def tables(vote_id: int) -> Sequence[PollingTable]:
    """By number, territory loaded."""
    return db.session.scalars(
        select(PollingTable)
        .where(PollingTable.vote_id == vote_id)
        .options(joinedload(PollingTable.territory))
        .order_by(PollingTable.number)
    ).all()  # fmt: skip


def table_of(slug: str, vote: str, number: int) -> PollingTable | None:
    """A table of a vote, everything above it loaded."""
    return db.session.scalar(
        select(PollingTable)
        .join(PollingTable.vote)
        .join(Vote.round)
        .join(BudgetRound.process)
        .where(Process.slug == slug, Vote.slug == vote, PollingTable.number == number)
        .options(
            contains_eager(PollingTable.vote).contains_eager(Vote.round).contains_eager(BudgetRound.process).joinedload(Process.space),
            joinedload(PollingTable.territory),
        )
    )


def keyings(table_id: int) -> Sequence[TableKeying]:
    """In the order they were keyed."""
    return db.session.scalars(select(TableKeying).where(TableKeying.table_id == table_id).order_by(TableKeying.id)).all()


def tables_waiting(vote_id: int) -> list[str]:
    """The names of the tables nobody settled yet."""
    return [str(table.number) for table in tables(vote_id) if table.settled_at is None]


def places_of(vote: Vote) -> list[tuple[str, str]]:
    """(UBIGEO, name) of the territories of the roll, by name: where a table may be."""
    rows = db.session.execute(
        select(Territory.ubigeo, Territory.name)
        .where(Territory.ubigeo.in_(select(RollEntry.ubigeo).where(RollEntry.vote_id == vote.id)))
        .order_by(Territory.name, Territory.ubigeo)
    )
    return [(ubigeo, name) for ubigeo, name in rows]
