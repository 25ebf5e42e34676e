"""Writing an act of a scrutiny in the public register, and taking one of the keys of an act of two."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.scrutiny.models import VoteSignature
from app.scrutiny.rules.acts import Act, Key, ScrutinyProblem, Signature
from app.voting.models import Vote

TEAM = "equipo del presupuesto participativo"
CONSTRAINTS = {"uq_vote_signature_person": ScrutinyProblem.SAME_PERSON, "uq_vote_signature_key": ScrutinyProblem.ALREADY_SIGNED}


def record(action: str, vote: Vote, facts: dict[str, Any], now: datetime, role: str = TEAM) -> None:
    """`facts` are plain values without personal data; the vote is named by its process and its own slug."""
    audit.record(action, "vote", f"{vote.round.process.slug}/{vote.slug}", facts, at=now, role=role)


def take_key(vote: Vote, act: Act, key: Key, content: str, *, person_id: int, now: datetime) -> VoteSignature:
    """One of the signatures of an act. Raises RuleBroken in the words of the rule when somebody took it a moment before."""
    row = VoteSignature(vote_id=vote.id, act=act, key=key, person_id=person_id, content=content, signed_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as lost:
        code = next((code for name, code in CONSTRAINTS.items() if name in str(lost.orig)), ScrutinyProblem.ALREADY_SIGNED)
        raise RuleBroken([Problem(code)]) from lost
    return row


def as_signatures(rows: Any) -> list[Signature]:
    return [Signature(row.key, row.person_id, row.content) for row in rows]
