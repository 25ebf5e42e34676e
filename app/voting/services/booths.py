"""Booths: a shared computer whose address is secret, opened by an officer who types a PIN for each person."""

from datetime import datetime

from sqlalchemy import func, select

from app.accounts.services.sealing import digest, new_token
from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean_line
from app.voting.models import Booth, Vote
from app.voting.rules import Channel
from app.voting.rules.course import VoteProblem
from app.voting.rules.limits import DoorProblem
from app.voting.services.doors import pin_hash

SHORTEST_PIN, SHORTEST_PLACE = 6, 4


def open_booth(vote: Vote, place: str, pin: str, *, person_id: int, now: datetime) -> tuple[Booth, str]:
    """A booth and the secret part of its address, which is shown once. The caller commits. Raises RuleBroken."""
    place, pin = clean_line(place), pin.strip()
    problems = []
    if Channel.BOOTH.value not in vote.channels:
        problems.append(Problem(VoteProblem.CHANNEL_NOT_OFFERED))
    if len(place) < SHORTEST_PLACE:
        problems.append(Problem(DoorProblem.PLACE_MISSING, "place"))
    if len(pin) < SHORTEST_PIN:
        problems.append(Problem(DoorProblem.PIN_SHORT, "pin", {"shortest": SHORTEST_PIN}))
    refuse_if_any(problems)
    number = (db.session.scalar(select(func.max(Booth.number)).where(Booth.vote_id == vote.id)) or 0) + 1
    handle = new_token()
    booth = Booth(
        vote_id=vote.id, number=number, place=place, handle_hash=digest(handle), pin_hash=pin_hash(number, vote, pin),
        opened_by_id=person_id, opened_at=now,
    )  # fmt: skip
    db.session.add(booth)
    db.session.flush()
    audit.record("voting.open-booth", "vote", _reference(vote), {"booth": number, "place": place}, at=now, role="mesa")
    return booth, handle


def close_booth(vote: Vote, booth: Booth, *, person_id: int, now: datetime) -> None:
    """Nobody votes there any more; closing twice is closing once. The caller commits."""
    if booth.closed_at is not None:
        return
    booth.closed_at = now
    db.session.flush()
    audit.record("voting.close-booth", "vote", _reference(vote), {"booth": booth.number}, at=now, role="mesa")


def _reference(vote: Vote) -> str:
    return f"{vote.round.process.slug}/{vote.slug}"
