"""Putting a ballot in the box. One transaction: the mark on the roll (or the code used), the ballot, the receipt.

No time, no address, no person: what is written beside a ballot could be joined to it (reliability.md 6.1).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.voting import queries
from app.voting.models import Ballot, Receipt, RollEntry, Vote, VoteToken
from app.voting.rules import Channel, RollStatus, TokenState
from app.voting.rules import codes as letters
from app.voting.rules.ballots import tidy, validate_ballot
from app.voting.rules.course import TAKING, VoteProblem

_QUIET = {"synchronize_session": False}


@dataclass(frozen=True)
class Pass:
    """What lets somebody put one ballot in: their key on the roll, or the hash of a printed code."""

    channel: Channel
    key: str


def hold(vote: Vote) -> Vote:
    """The vote as it stands, held until the transaction ends: it cannot be closed meanwhile. Read the clock after this, not before."""
    return db.session.scalars(
        select(Vote).where(Vote.id == vote.id).with_for_update(read=True).execution_options(populate_existing=True)
    ).one()


def cast(vote: Vote, voter: Pass, choices: Any, *, is_blank: bool = False, now: datetime) -> str:
    """Put a ballot in the box and give the receipt's code, which is kept nowhere. The caller commits at once, and nothing else with it.

    `now` is to be read after `hold(vote)`, so that nobody who waited for the lock votes late. Raises RuleBroken, everything undone:
    the vote is not open, the channel is not offered, the person is not on the roll or has voted, the ballot says what it may not.
    """
    vote = hold(vote)
    problems = list(vote.course.problems(now))
    if voter.channel.value not in vote.channels or voter.channel is Channel.PAPER:
        problems.append(Problem(VoteProblem.CHANNEL_NOT_OFFERED))
    refuse_if_any(problems)
    is_token = voter.channel is Channel.TOKEN
    ubigeo = _token_place(vote, voter.key) if is_token else _roll_place(vote, voter.key)
    rule = queries.ballot_rule(vote)
    refuse_if_any(validate_ballot(rule, choices, ubigeo, is_blank=is_blank))
    try:
        taken = _use_token(vote, voter.key) if is_token else take(vote, voter.key, voter.channel, now)
        if taken != 1:
            db.session.rollback()
            raise RuleBroken([Problem(VoteProblem.TOKEN_SPENT if is_token else VoteProblem.ALREADY_VOTED)])
        db.session.add(Ballot(id=secrets.token_hex(16), vote_id=vote.id, ubigeo=ubigeo, choices=tidy(rule, choices)))
        receipt = letters.written(secrets.token_bytes(16), letters.RECEIPT_LETTERS)
        db.session.add(Receipt(code_sha256=receipt_hash(receipt), vote_id=vote.id))
        db.session.flush()
    except IntegrityError as refusal:  # the trigger behind validate_ballot
        db.session.rollback()
        raise RuleBroken([Problem(VoteProblem.REFUSED_BY_DATABASE)]) from refusal
    return letters.grouped(receipt)


def receipt_hash(code: str) -> str:
    """SHA-256 of a receipt's code as it was made: capitals, no groups."""
    return hashlib.sha256(code.encode()).hexdigest()


def take(vote: Vote, key: str, channel: Channel, now: datetime) -> int:
    """Mark somebody as having voted if the vote is open and they had not: 1, or 0. The row count is the guard (B02)."""
    is_taking = exists().where(Vote.id == vote.id, Vote.state.in_(TAKING), Vote.opens_at <= now, Vote.closes_at > now)
    done = db.session.execute(
        update(RollEntry)
        .where(RollEntry.vote_id == vote.id, RollEntry.voter_key == key, RollEntry.status == RollStatus.OPEN, is_taking)
        .values(status=RollStatus.VOTED, channel=channel),
        execution_options=_QUIET,
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def mark(vote: Vote, key: str, channel: Channel, *, now: datetime) -> None:
    """Mark somebody who votes away from this site: at a paper table, or who was handed a printed code. The caller commits.

    `key` is `keys.voter_key(vote, document)`. From then on they cannot vote by any other channel (B05). Raises RuleBroken.
    """
    vote = hold(vote)
    problems = list(vote.course.problems(now))
    if channel.value not in vote.channels or channel in (Channel.WEB, Channel.BOOTH):
        problems.append(Problem(VoteProblem.CHANNEL_NOT_OFFERED))
    refuse_if_any(problems)
    _roll_place(vote, key)
    if take(vote, key, channel, now) != 1:
        raise RuleBroken([Problem(VoteProblem.ALREADY_VOTED)])


def _roll_place(vote: Vote, key: str) -> str | None:
    """Where that person votes. Raises RuleBroken: not on the roll, struck off, or voted already."""
    entry = queries.roll_entry(vote.id, key)
    if entry is None:
        raise RuleBroken([Problem(VoteProblem.NOT_ON_ROLL)])
    if entry.status is not RollStatus.OPEN:
        raise RuleBroken([Problem(VoteProblem.VOID_ENTRY if entry.status is RollStatus.VOID else VoteProblem.ALREADY_VOTED)])
    return entry.ubigeo


def _token_place(vote: Vote, token_hash: str) -> str | None:
    token = queries.token(vote.id, token_hash)
    if token is None:
        raise RuleBroken([Problem(VoteProblem.TOKEN_WRONG)])
    if token.state is not TokenState.ISSUED:
        raise RuleBroken([Problem(VoteProblem.TOKEN_SPENT)])
    return token.ubigeo


def _use_token(vote: Vote, token_hash: str) -> int:
    done = db.session.execute(
        update(VoteToken)
        .where(VoteToken.vote_id == vote.id, VoteToken.token_hash == token_hash, VoteToken.state == TokenState.ISSUED)
        .values(state=TokenState.USED),
        execution_options=_QUIET,
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
