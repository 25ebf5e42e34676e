"""Whether anybody with the database can join a mark on the roll to its ballot (reliability.md finding 2, B10).

Each attack is tried before the close, where it must find nearly all (it is an attack that works), and after it, where it may find no
more than chance. Ballots are cast one after another by the service that a site uses. RELINK_BALLOTS=2000 is the run of the bar.
"""

import os
import re
from collections.abc import Mapping
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from app.scrutiny import queries, services
from app.voting import services as voting
from app.voting.models import RollEntry, Vote
from app.voting.rules import Channel
from app.voting.services import Pass
from tests.cast import FELIX, SARA
from tests.factories.scrutiny import AFTER, an_ended_vote
from tests.world import NOON, build_world

BALLOTS = int(os.environ.get("RELINK_BALLOTS", "200"))
VOTED = re.compile(rb"([0-9a-f]{64})(?:\d{6})?(?:web|booth)voted")
BALLOT = re.compile(rb"([0-9a-f]{32})(?=\d{0,6}\[\[)")


def cast_all() -> tuple[Vote, dict[str, str]]:
    """BALLOTS people vote in an order of their own; who cast which ballot, known to this test alone."""
    vote = an_ended_vote(build_world(), [], absent=BALLOTS)
    keys = [row.voter_key for row in db.session.query(RollEntry).order_by(RollEntry.voter_key)]
    db.session.commit()
    truth, seen = {}, set[str]()
    for key in keys:
        voting.cast(vote, Pass(Channel.WEB, key), [[1 + len(seen) % 4, 1]], now=NOON)
        db.session.commit()
        new = {name for (name,) in db.session.execute(text("SELECT id FROM ballot"))} - seen
        truth[key] = new.pop()
        seen.add(truth[key])
    return vote, truth


def close(vote: Vote) -> None:
    vote = again(vote)
    world = {member.email: id_ for member, id_ in ((SARA, person(SARA.email)), (FELIX, person(FELIX.email)))}
    for email in (SARA.email, FELIX.email):
        services.close(vote, person_id=world[email], now=AFTER)
    db.session.commit()
    assert services.scrub()


def again(vote: Vote) -> Vote:
    number = vote.id
    db.session.expire_all()
    found = queries.vote_by_id(number)
    assert found is not None
    return found


def person(email: str) -> int:
    return int(db.session.execute(text("SELECT id FROM person WHERE email = :email"), {"email": email}).scalar_one())


def right(guess: Mapping[str, str], truth: Mapping[str, str]) -> int:
    return sum(truth[key] == ballot for key, ballot in guess.items())


def paired(roll: str, box: str) -> dict[str, str]:
    """The attack by order: the first of one with the first of the other."""
    keys = [row[0] for row in db.session.execute(text(roll))]
    ballots = [row[0] for row in db.session.execute(text(box))]
    return dict(zip(keys, ballots, strict=True))


def at_most_by_chance(found: int) -> bool:
    """No more than 0.2 % at the size of the bar, and than chance (one in all) and three standard deviations."""
    return found <= max(0.002 * BALLOTS, 1 + 3 * sqrt(1.0))


def joined() -> dict[str, str]:
    """The attack by transaction: the rows that one transaction wrote. Everything with everything tells nothing."""
    rows = db.session.execute(text("SELECT r.voter_key, b.id FROM roll r JOIN ballot b ON r.xmin::text = b.xmin::text LIMIT 100000")).all()
    return {key: ballot for key, ballot in rows} if len(rows) <= 2 * BALLOTS else {}


@pytest.mark.slow
def test_postgresql_links_every_ballot_before_the_close_and_none_after(postgres_app: Flask) -> None:
    by_xmin = ("SELECT voter_key FROM roll ORDER BY xmin::text::bigint", "SELECT id FROM ballot ORDER BY xmin::text::bigint")
    by_place = ("SELECT voter_key FROM roll ORDER BY xmin::text::bigint", "SELECT id FROM ballot ORDER BY ctid")
    with postgres_app.app_context():
        vote, truth = cast_all()
        for guess in (joined(), paired(*by_xmin), paired(*by_place)):
            assert right(guess, truth) >= 0.99 * BALLOTS  # the control: an attack that works
        close(vote)
        orders = [("SELECT voter_key FROM roll ORDER BY " + by, "SELECT id FROM ballot ORDER BY ctid") for by in ("ctid", "id")]
        for guess in (joined(), paired(*by_xmin), paired(*by_place), *(paired(*order) for order in orders)):
            assert at_most_by_chance(right(guess, truth))
        written = "SELECT count(DISTINCT xmin::text) FROM "
        assert [db.session.execute(text(written + table)).scalar_one() for table in ("roll", "ballot", "receipt")] == [1, 1, 1]
        db.session.remove()


@pytest.mark.slow
def test_sqlite_links_every_ballot_before_the_close_and_none_after(context: None, data_dir: Path) -> None:
    db.session.execute(text("PRAGMA wal_autocheckpoint = 0"))
    db.session.commit()
    vote, truth = cast_all()
    assert right(from_journal(data_dir), truth) >= 0.99 * BALLOTS
    close(vote)
    assert (data_dir / "minka.db-wal").stat().st_size == 0
    assert right(from_journal(data_dir), truth) == 0
    for roll in ("id", "voter_key", "rowid"):
        for box in ("id", "choices"):
            guess = paired(f"SELECT voter_key FROM roll ORDER BY {roll}", f"SELECT id FROM ballot ORDER BY {box}")
            assert at_most_by_chance(right(guess, truth))
    assert old_order(data_dir, truth) <= max(3, 0.01 * BALLOTS)
    db.session.remove()


def from_journal(folder: Path) -> dict[str, str]:
    """The attack on a copy of the journal: what each transaction added to the pages of the roll and of the box."""
    journal = folder / "minka.db-wal"
    content = journal.read_bytes() if journal.exists() else b""
    if len(content) < 32:
        return {}
    page = int.from_bytes(content[8:12], "big")
    guess: dict[str, str] = {}
    marked, cast, new_marks, new_ballots = set[Any](), set[Any](), list[Any](), list[Any]()
    for start in range(32, len(content), page + 24):
        frame = content[start + 24 : start + 24 + page]
        new_marks += [key for key in VOTED.findall(frame) if key not in marked and key not in new_marks]
        new_ballots += [id_ for id_ in BALLOT.findall(frame) if id_ not in cast and id_ not in new_ballots]
        if int.from_bytes(content[start + 4 : start + 8], "big"):  # the last frame of a transaction
            if len(new_marks) == 1 and len(new_ballots) == 1:
                guess[new_marks[0].decode()] = new_ballots[0].decode()
            marked.update(new_marks)
            cast.update(new_ballots)
            new_marks, new_ballots = [], []
    return guess


def old_order(folder: Path, truth: Mapping[str, str]) -> int:
    """Ballots that lie in the bytes of the file in the place they would have by the order of voting."""
    content = (folder / "minka.db").read_bytes()
    lying = [found.decode() for found in dict.fromkeys(BALLOT.findall(content))]
    return sum(one == other for one, other in zip(lying, truth.values(), strict=False))
