"""Many at the same instant on PostgreSQL: one ballot each, one channel each, a printed code once (reliability.md B02, B05, B15).

VOTERS=200 PARALLEL=50 is the full run; by default it is small. The negative control takes the guard away and must fail.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.core.db import db
from app.core.errors import RuleBroken
from app.voting import queries, services
from app.voting.models import Ballot, RollEntry, Vote, VoteToken
from app.voting.rules import Channel, RollStatus
from app.voting.services import Pass, casting
from tests.factories.voting import a_token, an_open_vote, on_roll
from tests.world import NOON, build_world

pytestmark = pytest.mark.postgres
VOTERS = int(os.environ.get("VOTERS", "12"))
PARALLEL = int(os.environ.get("PARALLEL", "50" if VOTERS >= 200 else "8"))
THREADS = 16


@pytest.fixture
def box(postgres_app: Flask) -> tuple[Flask, int, list[str]]:
    """The application, the vote, and the keys of its voters."""
    with postgres_app.app_context():
        vote = an_open_vote(build_world())
        keys = [on_roll(vote, f"{10_000_000 + n}") for n in range(VOTERS)]
        vote_id = vote.id
        db.session.commit()
        db.session.remove()
    return postgres_app, vote_id, keys


def all_at_once(app: Flask, deeds: list[Callable[[], Any]]) -> Counter[str]:
    """Run them in 16 threads, each in its own context; what became of them."""

    def run(deed: Callable[[], Any]) -> str:
        with app.app_context():
            try:
                deed()
                db.session.commit()
                return "done"
            except RuleBroken as broken:
                db.session.rollback()
                return str(broken.problems[0].code)
            except Exception as fault:
                db.session.rollback()
                return f"FAULT {type(fault).__name__}: {fault}"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(run, deeds))


def casting_of(vote_id: int, channel: Channel, key: str, number: int = 1) -> Callable[[], Any]:
    def deed() -> None:
        vote = queries.vote_by_id(vote_id)
        assert vote is not None
        services.cast(vote, Pass(channel, key), [[number, 1]], now=NOON)

    return deed


def test_b02_each_voter_posts_many_times_and_one_ballot_is_stored(box: tuple[Flask, int, list[str]]) -> None:
    app, vote_id, keys = box
    deeds = [casting_of(vote_id, Channel.WEB, key) for key in keys for _ in range(PARALLEL)]
    outcomes = all_at_once(app, deeds)
    assert outcomes == {"done": VOTERS, "vote-already-voted": VOTERS * (PARALLEL - 1)}
    with app.app_context():
        books = queries.books(vote_id)
        assert (books.ballots, books.receipts, books.marks) == (VOTERS, VOTERS, {"web": VOTERS})


def test_b02_without_the_guard_of_the_row_count_more_ballots_than_voters_are_stored(box: tuple[Flask, int, list[str]]) -> None:
    """The negative control: a check followed by a write, as in reliability.md finding 1."""
    app, vote_id, keys = box
    everybody_has_looked = threading.Barrier(4, timeout=20)

    def check_then_write(vote: Vote, key: str, channel: Channel, now: Any) -> int:
        status = db.session.scalar(select(RollEntry.status).where(RollEntry.vote_id == vote.id, RollEntry.voter_key == key))
        everybody_has_looked.wait()
        db.session.execute(update(RollEntry).where(RollEntry.voter_key == key).values(status=RollStatus.VOTED, channel=channel))
        return int(status is RollStatus.OPEN)

    with mock.patch.object(casting, "take", check_then_write):
        all_at_once(app, [casting_of(vote_id, Channel.WEB, keys[0]) for _ in range(4)])
    with app.app_context():
        stored = db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.vote_id == vote_id))
    assert stored == 4, "the control must show the fault, or the test above proves nothing"


def test_b05_by_every_channel_at_once_a_person_votes_by_one(box: tuple[Flask, int, list[str]]) -> None:
    app, vote_id, keys = box

    def marking(key: str, channel: Channel) -> Callable[[], Any]:
        def deed() -> None:
            vote = queries.vote_by_id(vote_id)
            assert vote is not None
            services.mark(vote, key, channel, now=NOON)

        return deed

    deeds = [
        deed
        for key in keys
        for deed in (
            casting_of(vote_id, Channel.WEB, key), casting_of(vote_id, Channel.BOOTH, key), marking(key, Channel.PAPER),
            marking(key, Channel.TOKEN),
        )
    ]  # fmt: skip
    outcomes = all_at_once(app, deeds)
    assert outcomes == {"done": VOTERS, "vote-already-voted": VOTERS * 3}
    with app.app_context():
        books = queries.books(vote_id)
        assert sum(books.marks.values()) == VOTERS
        assert books.ballots == books.receipts == books.marks.get("web", 0) + books.marks.get("booth", 0)


def test_b15_fifty_at_once_use_a_printed_code_once(box: tuple[Flask, int, list[str]]) -> None:
    app, vote_id, _keys = box
    with app.app_context():
        vote = queries.vote_by_id(vote_id)
        assert vote is not None
        a_token(vote)
        token_hash = db.session.scalars(select(VoteToken.token_hash)).one()
        db.session.commit()
    outcomes = all_at_once(app, [casting_of(vote_id, Channel.TOKEN, token_hash) for _ in range(50)])
    assert outcomes == {"done": 1, "vote-token-spent": 49}
    with app.app_context():
        assert queries.token_books(vote_id).used == 1 and queries.books(vote_id).ballots == 1
