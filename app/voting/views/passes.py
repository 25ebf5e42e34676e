"""What the browser holds while somebody votes: a sealed pass in its cookie and the selection, signed, in the form. The server, nothing."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, g, session
from itsdangerous import BadData, URLSafeSerializer

from app.accounts.services.sealing import seal, unseal
from app.voting.rules import Channel
from app.voting.rules.limits import BOOTH_PASS_LASTS, PASS_LASTS, RECEIPT_SHOWN
from app.voting.services import Pass

PASS, RECEIPT = "voto", "constancia"
LONGEST_CARRIED = 40_000


@dataclass(frozen=True)
class Held:
    """A pass that is still good. `seed` orders the projects for this person; `booth` is the secret address of the booth, if it is one."""

    voter: Pass
    seed: str
    ends_at: int
    booth: str = ""

    def seconds_left(self, now: datetime) -> int:
        return max(0, self.ends_at - int(now.timestamp()))


def private() -> None:
    """This page is of one person: from the main database, and in no cache."""
    g.reads_replica, g.private = False, True


def keep(vote: Any, voter: Pass, *, now: datetime, booth: str = "") -> None:
    """Let this browser vote once, for as long as a person needs."""
    lasts = BOOTH_PASS_LASTS if voter.channel is Channel.BOOTH else PASS_LASTS
    ends_at = int((now + lasts).timestamp())
    told = [vote.id, voter.channel.value, voter.key, secrets.token_hex(8), ends_at, booth]
    session[PASS] = seal(json.dumps(told), "vote-pass")


def held(vote: Any, now: datetime) -> Held | None:
    """The pass of this browser for this vote, or None when there is none or it is over."""
    opened = unseal(str(session.get(PASS, "")), "vote-pass")
    if opened is None:
        return None
    vote_id, channel, key, seed, ends_at, booth = json.loads(opened)
    if vote_id != vote.id or ends_at <= now.timestamp():
        return None
    return Held(Pass(Channel(channel), key), seed, ends_at, booth)


def drop() -> None:
    """From here on this browser knows nothing of who was voting."""
    session.pop(PASS, None)


def keep_receipt(vote: Any, code: str, booth: str) -> None:
    session[RECEIPT] = seal(json.dumps([vote.id, code, booth]), "vote-receipt")


def take_receipt(vote: Any) -> tuple[str, str] | None:
    """The receipt's code and the booth it was cast in, this once."""
    opened = unseal(str(session.pop(RECEIPT, "")), "vote-receipt", seconds=int(RECEIPT_SHOWN.total_seconds()))
    if opened is None:
        return None
    vote_id, code, booth = json.loads(opened)
    return (code, booth) if vote_id == vote.id else None


def carry(vote: Any, told: dict[str, Any]) -> str:
    """A selection, signed, to travel in a form. It names nobody."""
    return str(_signer(vote).dumps(told))


def carried(vote: Any, text: str) -> dict[str, Any]:
    """The selection in a signed text; empty when it is of another vote or was touched."""
    try:
        told = _signer(vote).loads(text[:LONGEST_CARRIED])
    except BadData:
        return {}
    return told if isinstance(told, dict) else {}


def _signer(vote: Any) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"minka.vote.{vote.id}")
