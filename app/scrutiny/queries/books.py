"""The books of a vote as the tables tell them now."""

from sqlalchemy import func, select

from app.core.db import db
from app.scrutiny.models import PollingTable
from app.scrutiny.queries.box import turnout
from app.scrutiny.queries.tables import tables
from app.scrutiny.rules.books import Books, Tokens
from app.scrutiny.rules.tables import TableBooks
from app.voting.models import Ballot, Receipt, TokenRun, VoteToken
from app.voting.rules import Channel, RollStatus, TokenState


def books_of(vote_id: int) -> Books:
    """Counted from the rows, never kept: what is published was true when it was read."""
    on_roll, marks = 0, dict.fromkeys(Channel, 0)
    for _, channel, status, people in turnout(vote_id):
        on_roll += people
        if status is RollStatus.VOTED and channel is not None:
            marks[channel] += people
    return Books(
        on_roll, marks, _number(Ballot, vote_id), _number(Receipt, vote_id),
        poured=db.session.scalar(select(func.coalesce(func.sum(PollingTable.poured), 0)).where(PollingTable.vote_id == vote_id)) or 0,
        tokens=tokens_of(vote_id), tables=tuple(_told(table) for table in tables(vote_id)),
    )  # fmt: skip


def tokens_of(vote_id: int) -> Tokens:
    rows = db.session.execute(select(VoteToken.state, func.count()).where(VoteToken.vote_id == vote_id).group_by(VoteToken.state))
    found = {state: count for state, count in rows}
    used, void, unused = (found.get(state, 0) for state in (TokenState.USED, TokenState.VOID, TokenState.ISSUED))
    return Tokens(_issued(vote_id) or used + void + unused, used, void, unused)


def _issued(vote_id: int) -> int:
    """What the printings say was printed, counted apart from the codes themselves; 0 where codes were made without one (the demo)."""
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(TokenRun.count), 0)).where(TokenRun.vote_id == vote_id, TokenRun.printed_at.is_not(None))
        )
        or 0
    )


def _number(model: type[Ballot] | type[Receipt], vote_id: int) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model).where(model.vote_id == vote_id)) or 0)


def _told(table: PollingTable) -> TableBooks:
    return TableBooks(str(table.number), table.marks, table.signatures, table.in_box, table.valid, table.blank, table.spoilt)
