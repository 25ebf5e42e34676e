"""Putting a ballot in the box: who may, once, until when, what it may say (reliability.md B01, B03, B04, B05)."""

import hashlib
from datetime import timedelta
from itertools import permutations

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import RuleBroken
from app.voting import queries, services
from app.voting.models import Ballot, Receipt, RollEntry, Vote, VoteToken
from app.voting.rules import Channel, RollStatus, VoteState
from app.voting.rules.course import VoteProblem
from app.voting.services import Pass
from tests.factories.voting import a_token, an_open_vote, on_roll
from tests.world import NOON, build_world


def test_a_ballot_marks_the_roll_and_leaves_a_receipt(context: None) -> None:
    vote = an_open_vote(build_world())
    key = on_roll(vote, "40506070")
    code = services.cast(vote, Pass(Channel.WEB, key), [[3, 1], [1, 1]], now=NOON)
    db.session.commit()
    books = queries.books(vote.id)
    assert (books.ballots, books.receipts, books.marks) == (1, 1, {"web": 1})
    assert db.session.query(Ballot).one().choices == [[1, 1], [3, 1]]
    assert db.session.query(RollEntry).one().status is RollStatus.VOTED
    assert queries.has_receipt(vote.id, services.receipt_hash(code.replace("-", "")))


def test_nobody_votes_twice(context: None) -> None:
    vote = an_open_vote(build_world())
    key = on_roll(vote, "40506070")
    services.cast(vote, Pass(Channel.WEB, key), [[1, 1]], now=NOON)
    db.session.commit()
    with pytest.raises(RuleBroken):
        services.cast(vote, Pass(Channel.BOOTH, key), [[2, 1]], now=NOON)
    db.session.rollback()
    assert queries.books(vote.id).ballots == 1


ROLL_CASES = [
    (status, where, channel, taken)
    for status in (None, RollStatus.OPEN, RollStatus.VOTED, RollStatus.VOID)
    for where in ("here", "other-vote")
    for channel, taken in ((Channel.WEB, True), (Channel.BOOTH, True), (Channel.PAPER, False), (Channel.TOKEN, False))
] + [(RollStatus.OPEN, "other-district", channel, False) for channel in (Channel.WEB, Channel.BOOTH) for _ in range(4)]


def test_b01_only_who_is_on_the_roll_votes(context: None) -> None:
    """Forty cases: absent, open, voted, struck off; of this vote or another; of another district; by every channel."""
    world = build_world()
    vote = an_open_vote(world, rules={"extent": "territory"}, places=("080101", "080101", "080102", "080102"))
    another = Vote(
        **{c.key: getattr(vote, c.key) for c in Vote.__table__.columns if c.key not in ("id", "slug")}, slug="otra"
    )  # fmt: skip
    db.session.add(another)
    db.session.commit()
    assert len(ROLL_CASES) == 40
    accepted = []
    for number, (status, where, channel, _taken) in enumerate(ROLL_CASES):
        document = f"{30_000_000 + number}"
        key = services.keys.voter_key(vote, document)
        if status is not None:
            holder = another if where == "other-vote" else vote
            on_roll(holder, document, status=status, ubigeo="080102" if where == "other-district" else "080101")
            key = key if where != "other-vote" else services.keys.voter_key(another, document)
        db.session.commit()
        try:
            services.cast(vote, Pass(channel, key), [[1, 1]], now=NOON)
            db.session.commit()
            accepted.append((status, where, channel))
        except RuleBroken:
            db.session.rollback()
    assert accepted == [(RollStatus.OPEN, "here", Channel.WEB), (RollStatus.OPEN, "here", Channel.BOOTH)]
    assert queries.books(vote.id).ballots == 2 and queries.books(another.id).ballots == 0


BOUNDARIES = [
    (edge, seconds, channel)
    for edge in ("opens", "closes")
    for seconds in (-3600, -60, -2, -1, 0, 1, 2, 60, 3600, 86_400)
    for channel in (Channel.WEB, Channel.BOOTH, Channel.TOKEN)
]


def test_b04_a_ballot_is_taken_from_the_first_second_until_before_the_last(context: None) -> None:
    """Sixty cases: around both edges, by each channel that casts."""
    vote = an_open_vote(build_world())
    assert len(BOUNDARIES) == 60
    wrong = []
    for number, (edge, seconds, channel) in enumerate(BOUNDARIES):
        key = on_roll(vote, f"{20_000_000 + number}")
        if channel is Channel.TOKEN:
            a_token(vote, serial=number + 1)
            key = db.session.query(VoteToken).filter_by(serial=number + 1).one().token_hash
        db.session.commit()
        at = (vote.opens_at if edge == "opens" else vote.closes_at) + timedelta(seconds=seconds)
        expected = vote.opens_at <= at < vote.closes_at
        try:
            services.cast(vote, Pass(channel, key), [[1, 1]], now=at)
            db.session.commit()
            taken = True
        except RuleBroken:
            db.session.rollback()
            taken = False
        if taken is not expected:
            wrong.append((edge, seconds, channel))
    assert wrong == []


def test_b04_the_update_itself_asks_the_clock(context: None) -> None:
    """Whoever calls it with an hour outside the vote changes nothing, whatever was judged before."""
    vote = an_open_vote(build_world())
    key = on_roll(vote, "40506070")
    assert services.take(vote, key, Channel.WEB, vote.closes_at) == 0
    assert services.take(vote, key, Channel.WEB, vote.opens_at - timedelta(seconds=1)) == 0
    vote.state = VoteState.CLOSED
    db.session.flush()
    assert services.take(vote, key, Channel.WEB, NOON) == 0


def test_b05_in_every_order_the_second_channel_is_refused(context: None) -> None:
    vote = an_open_vote(build_world())
    channels = (Channel.WEB, Channel.BOOTH, Channel.PAPER, Channel.TOKEN)
    for number, (first, second) in enumerate(permutations(channels, 2)):
        key = on_roll(vote, f"{50_000_000 + number}")
        db.session.commit()
        for channel, is_first in ((first, True), (second, False)):
            try:
                if channel in (Channel.WEB, Channel.BOOTH):
                    services.cast(vote, Pass(channel, key), [[1, 1]], now=NOON)
                else:
                    services.mark(vote, key, channel, now=NOON)
                db.session.commit()
                assert is_first, (first, second)
            except RuleBroken as broken:
                db.session.rollback()
                assert not is_first and broken.problems[0].code is VoteProblem.ALREADY_VOTED


def test_a_channel_that_was_not_announced_takes_nothing(context: None) -> None:
    vote = an_open_vote(build_world(), channels=["web"])
    key = on_roll(vote, "40506070")
    with pytest.raises(RuleBroken):
        services.mark(vote, key, Channel.PAPER, now=NOON)
    with pytest.raises(RuleBroken):
        services.cast(vote, Pass(Channel.BOOTH, key), [[1, 1]], now=NOON)


def test_nothing_beside_a_ballot_tells_whose_it_is() -> None:
    """No person, time, address or sequence in the box (reliability.md 6.1): a new column has to be argued for here."""
    assert set(Ballot.__table__.columns.keys()) == {"id", "vote_id", "ubigeo", "choices"}
    assert set(Receipt.__table__.columns.keys()) == {"code_sha256", "vote_id"}
    assert set(RollEntry.__table__.columns.keys()) == {"id", "vote_id", "voter_key", "ubigeo", "channel", "status"}


def test_b14_a_receipt_proves_that_a_ballot_is_in_and_says_nothing_of_it(context: None) -> None:
    vote = an_open_vote(build_world())
    codes = []
    for number in range(12):
        key = on_roll(vote, f"{60_000_000 + number}")
        codes.append(services.cast(vote, Pass(Channel.WEB, key), [[1 + number % 4, 1]], now=NOON))
        db.session.commit()
    assert all(queries.has_receipt(vote.id, services.receipt_hash(code.replace("-", ""))) for code in codes)
    receipts = {receipt.code_sha256 for receipt in db.session.query(Receipt)}
    ballots = {ballot.id for ballot in db.session.query(Ballot)}
    assert len(receipts) == len(ballots) == 12
    hashes = {hashlib.sha256(ballot.encode()).hexdigest() for ballot in ballots}
    assert not (receipts & (ballots | hashes)), "a receipt can be joined to a ballot"
    assert not queries.has_receipt(vote.id, services.receipt_hash("0" * 27))


def test_the_key_of_the_roll_is_a_file_of_its_owner_outside_the_database(app: Flask, context: None) -> None:
    vote = an_open_vote(build_world())
    key = on_roll(vote, "40506070")
    db.session.commit()
    file = services.keys.path(vote)
    assert file.parent == app.config["DATA_DIR"] / "keys" and file.stat().st_mode & 0o777 == 0o600
    assert key != hashlib.sha256(b"40506070").hexdigest() and "40506070" not in key
    for written in app.config["DATA_DIR"].glob("minka.db*"):
        assert b"40506070" not in written.read_bytes(), written
