"""The roll: people added by one person before the vote opens, and by two, in public, while it is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.voting import queries
from app.voting.models import RollAddition, RollContact, RollEntry, Vote
from app.voting.rules import RollStatus
from app.voting.rules.roll import RollProblem, Voter, problems_with_adding, problems_with_addition
from app.voting.services import doors, keys

A_STATEMENT = 1_000
Row = list[Any]
"""[voter key, ubigeo, sealed address or ""]."""


def add_to_roll(vote: Vote, voters: Sequence[Voter], *, person_id: int, now: datetime) -> int:
    """Put people on the roll; how many were not on it yet. Documents are hashed here and kept nowhere. The caller commits.

    Raises RuleBroken when the vote is open (two people do it then) or over.
    """
    refuse_if_any(problems_with_adding(vote.course, now))
    added = _insert(vote, _new_rows(vote, voters))
    if added:
        facts = {"people": added, "on_roll": queries.roll_size(vote.id)}
        audit.record("voting.add-to-roll", "vote", _reference(vote), facts, at=now, role="municipalidad")
    return added


def ask_addition(vote: Vote, voters: Sequence[Voter], reason: str, *, person_id: int, now: datetime) -> RollAddition:
    """Ask for people to be added while the vote is open; a second person does it. The caller commits. Raises RuleBroken."""
    rows, reason = _new_rows(vote, voters), clean_line(reason)
    refuse_if_any(problems_with_addition(vote.course, reason, len(rows), now))
    last = db.session.scalar(select(func.max(RollAddition.number)).where(RollAddition.vote_id == vote.id)) or 0
    asked = RollAddition(
        vote_id=vote.id, number=last + 1, reason=reason, rows=rows, people=len(rows), asked_by_id=person_id, asked_at=now
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    return asked


def settle_addition(addition: RollAddition, *, adds: bool, person_id: int, now: datetime) -> None:
    """Add those people, or refuse them; either way it is public, with its reason. The caller commits. Raises RuleBroken."""
    vote = addition.vote
    problems = []
    if addition.settled_at is not None:
        problems.append(Problem(RollProblem.ADDITION_SETTLED))
    if addition.asked_by_id == person_id:
        problems.append(Problem(RollProblem.SAME_PERSON))
    if adds and not vote.course.is_open(now):
        problems.append(Problem(RollProblem.VOTE_OVER))
    refuse_if_any(problems)
    if adds:
        known = queries.known_keys(vote.id)
        _insert(vote, [row for row in addition.rows if row[0] not in known])
    addition.rows, addition.settled_by_id, addition.settled_at, addition.was_added = [], person_id, now, adds
    db.session.flush()
    facts = {"people": addition.people, "added": adds, "reason": addition.reason, "on_roll": queries.roll_size(vote.id)}
    audit.record("voting.settle-addition", "vote", _reference(vote), facts, at=now, role="foro")


def strike_off(vote: Vote, document: str, *, person_id: int, now: datetime) -> None:
    """Take somebody off the roll before the vote opens (an error, a death). The caller commits. Raises RuleBroken."""
    refuse_if_any(problems_with_adding(vote.course, now))
    entry = queries.roll_entry(vote.id, keys.voter_key(vote, document))
    if entry is None or entry.status is not RollStatus.OPEN:
        raise RuleBroken([Problem(RollProblem.NOTHING_NEW)])
    entry.status = RollStatus.VOID
    db.session.flush()
    audit.record("voting.strike-off", "vote", _reference(vote), {"on_roll": queries.roll_size(vote.id)}, at=now, role="municipalidad")


def _new_rows(vote: Vote, voters: Sequence[Voter]) -> list[Row]:
    known = queries.known_keys(vote.id)
    hashed = keys.voter_keys(vote, [voter.document for voter in voters])
    return [
        [key, voter.ubigeo, doors.sealed(voter.email) if voter.email else ""]
        for key, voter in zip(hashed, voters, strict=True) if key not in known
    ]  # fmt: skip


def _insert(vote: Vote, rows: Sequence[Row]) -> int:
    """In the order of the keys, which is no order at all: the roll must not remember that of the list."""
    ordered = sorted(rows, key=lambda row: str(row[0]))
    for start in range(0, len(ordered), A_STATEMENT):
        part = ordered[start : start + A_STATEMENT]
        entries = [{"vote_id": vote.id, "voter_key": key, "ubigeo": ubigeo, "status": RollStatus.OPEN} for key, ubigeo, _ in part]
        db.session.execute(insert(RollEntry), entries)
        contacts = [{"vote_id": vote.id, "voter_key": key, "sealed": told} for key, _, told in part if told]
        if contacts:
            db.session.execute(insert(RollContact), [{**c, "wants_reminder": False, "was_reminded": False} for c in contacts])
    return len(ordered)


def _reference(vote: Vote) -> str:
    return f"{vote.round.process.slug}/{vote.slug}"
