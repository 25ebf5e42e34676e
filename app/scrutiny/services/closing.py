"""Closing a box: two people, after the hour; papers of the tables poured in, the order of voting broken, addresses erased."""

import hashlib
import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.core.db import db
from app.core.errors import refuse_if_any
from app.scrutiny import queries
from app.scrutiny.models import PollingTable, VoteClosing
from app.scrutiny.rules import acts, books
from app.scrutiny.rules.acts import Act
from app.scrutiny.rules.tables import Entry, sheet_from
from app.scrutiny.services.register import as_signatures, record, take_key
from app.scrutiny.services.rewriting import shuffle
from app.voting import services as voting
from app.voting.models import Ballot, Vote
from app.voting.rules import VoteState


def close(vote: Vote, *, person_id: int, now: datetime) -> bool:
    """One of the two keys of the close; with the second the box is closed: True. The caller commits, and then calls `scrub`.

    Raises RuleBroken. Books that do not balance do not keep a box open: they are written down, and stop the publication.
    """
    db.session.refresh(vote, attribute_names=["state", "closed_at"], with_for_update=True)
    signed = as_signatures(queries.signatures(vote.id, Act.CLOSE))
    refuse_if_any(
        acts.closing_problems(
            vote.state, vote.closes_at, now, signed=signed, person_id=person_id, tables_waiting=queries.tables_waiting(vote.id)
        )
    )
    take_key(vote, Act.CLOSE, acts.next_key(signed), "", person_id=person_id, now=now)
    if not signed:
        record("scrutiny.begin-close", vote, {}, now)
        return False
    vote.state, vote.closed_at, vote.revision = VoteState.CLOSED, now, vote.revision + 1
    for table in queries.tables(vote.id):
        _pour(vote, table)
    voting.forget(vote)
    shuffle()
    found = queries.books_of(vote.id)
    listed = "\n".join(queries.receipts(vote.id))
    closing = VoteClosing(
        vote_id=vote.id, closed_at=now, books=as_data(found), receipts_sha256=hashlib.sha256(listed.encode()).hexdigest()
    )  # fmt: skip
    db.session.add(closing)
    db.session.flush()
    record("scrutiny.close", vote, {**closing.books, "receipts_sha256": closing.receipts_sha256}, now)
    return True


def mark_scrubbed(vote: Vote, *, now: datetime) -> None:
    """The traces of the order are gone (`rewriting.scrub` said so): from now on the box may be counted. The caller commits."""
    closing = queries.closing_of(vote.id)
    if closing is not None and closing.scrubbed_at is None:
        closing.scrubbed_at = now
        record("scrutiny.scrub", vote, {}, now)


def as_data(found: books.Books) -> dict[str, Any]:
    """The books as they are written down and published: whole numbers only."""
    return {
        "on_roll": found.on_roll, "marks": {channel.value: people for channel, people in found.marks.items()}, "ballots": found.ballots,
        "receipts": found.receipts, "poured": found.poured, "tokens": asdict(found.tokens),
        "tables": [asdict(table) for table in found.tables],
    }  # fmt: skip


def _pour(vote: Vote, table: PollingTable) -> None:
    """The papers of a settled table keyed one by one enter the box as ballots of the table's territory; totals stay beside it."""
    if table.entry is not Entry.BALLOTS:
        return
    sheet = sheet_from(table.content)
    papers = [choices for _, choices in sheet.ballots] + [[] for _ in range(sheet.blank)]
    db.session.add_all(
        Ballot(id=secrets.token_hex(16), vote_id=vote.id, ubigeo=table.ubigeo, choices=choices) for choices in papers
    )  # fmt: skip
    table.poured = len(papers)
