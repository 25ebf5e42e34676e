"""Getting to the ballot: a code by mail, a printed code, an officer of a booth; and what is erased when the box is closed.

Who asks learns nothing from the answer: it is the same for somebody on the roll, with or without an address, and for anybody else.
"""

import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, update

from app.accounts.services.sealing import digest, new_token, seal, unseal
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.notifications import services as notifications
from app.voting import queries
from app.voting.models import Booth, RollContact, RollEntry, Vote, VoteCode
from app.voting.rules import Channel, RollStatus, TokenState
from app.voting.rules import codes as letters
from app.voting.rules.course import VoteProblem
from app.voting.rules.limits import CODE_DIGITS, CODE_LASTS, MOST_TRIES, DoorProblem
from app.voting.rules.roll import document_of, problems_with_document
from app.voting.rules.terms import CodePurpose
from app.voting.services import keys
from app.voting.services.casting import Pass

CONTACT = "vote-contact"
CODE_LETTER = "voting.code"
REMINDER_LETTER = "voting.reminder"
_QUIET = {"synchronize_session": False}


def ask_code(vote: Vote, typed: str, purpose: CodePurpose, *, now: datetime) -> str:
    """Send a code to the address of somebody on the roll; the handle that the browser keeps comes back. The caller commits.

    The same happens, without a letter, for any other document. Raises RuleBroken when it is not a document.
    """
    refuse_if_any(problems_with_document(typed))
    key = keys.voter_key(vote, document_of(typed))
    handle, code = new_token(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    contact = queries.contact(vote.id, key)
    is_known = contact is not None
    db.session.add(
        VoteCode(
            handle=digest(handle), vote_id=vote.id, voter_key=key if is_known else secrets.token_hex(32),
            code_hash=keys.code_hash(vote, handle, code), purpose=purpose, expires_at=now + CODE_LASTS,
        )
    )  # fmt: skip
    address = unseal(contact.sealed, CONTACT) if contact is not None else None
    if contact is not None and address:
        _write(CODE_LETTER, address, vote, {"code": f"{code[:3]} {code[3:]}", "purpose": purpose.value}, now)
    db.session.flush()
    return handle


def prove_code(vote: Vote, handle: str, typed: str, *, wants_reminder: bool = False, now: datetime) -> tuple[str, CodePurpose]:
    """The voter's key that the code proves, and what it was asked for; the code is spent. The caller commits either way.

    `wants_reminder` is taken here and not before: anybody may type somebody's document, only they read the letter. A code dies with
    its fifth wrong try, counted before it is judged. Raises RuleBroken.
    """
    row = queries.code(digest(handle), vote.id, now)
    if row is None:
        raise RuleBroken([Problem(DoorProblem.CODE_SPENT, "code")])
    code = "".join(c for c in typed[:40] if c in "0123456789")
    contact = queries.contact(vote.id, row.voter_key)
    is_right = secrets.compare_digest(row.code_hash, keys.code_hash(vote, handle, code)) and contact is not None
    taken = db.session.execute(
        update(VoteCode)
        .where(VoteCode.handle == row.handle, VoteCode.is_spent.is_(False), VoteCode.tries < MOST_TRIES)
        .values(tries=VoteCode.tries + 1, is_spent=bool(is_right)),
        execution_options=_QUIET,
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(DoorProblem.CODE_SPENT, "code")])
    if not is_right:
        raise RuleBroken([Problem(DoorProblem.CODE_WRONG, "code")])
    if contact is not None and row.purpose is CodePurpose.VOTE:
        contact.wants_reminder = wants_reminder and bool(vote.rules.get("reminders"))
    return row.voter_key, row.purpose


def pass_by_mail(vote: Vote, voter_key: str) -> Pass:
    """The pass of somebody whose code was right. Raises RuleBroken: they have voted, or were struck off."""
    return _pass_of(vote, voter_key, Channel.WEB)


def pass_by_token(vote: Vote, typed: str) -> Pass:
    """The pass of whoever holds a printed code. Raises RuleBroken: there is no such code, or it was used."""
    if Channel.TOKEN.value not in vote.channels:
        raise RuleBroken([Problem(VoteProblem.CHANNEL_NOT_OFFERED)])
    code = letters.read(typed, letters.TOKEN_LETTERS)
    row = queries.token(vote.id, keys.token_hash(vote, code)) if code else None
    if row is None:
        raise RuleBroken([Problem(VoteProblem.TOKEN_WRONG, "token")])
    if row.state is not TokenState.ISSUED:
        raise RuleBroken([Problem(VoteProblem.TOKEN_SPENT, "token")])
    return Pass(Channel.TOKEN, row.token_hash)


def pass_by_officer(vote: Vote, booth: Booth, typed: str, pin: str) -> Pass:
    """The pass of somebody whose document an officer has just seen. Raises RuleBroken."""
    refuse_if_any(problems_with_document(typed))
    if not secrets.compare_digest(booth.pin_hash, pin_hash(booth.number, vote, pin)):
        raise RuleBroken([Problem(DoorProblem.PIN_WRONG, "pin")])
    return _pass_of(vote, keys.voter_key(vote, document_of(typed)), Channel.BOOTH)


def pin_hash(number: int, vote: Vote, pin: str) -> str:
    return keys.code_hash(vote, f"booth:{number}", pin)


def _pass_of(vote: Vote, key: str, channel: Channel) -> Pass:
    if channel.value not in vote.channels:
        raise RuleBroken([Problem(VoteProblem.CHANNEL_NOT_OFFERED)])
    entry = queries.roll_entry(vote.id, key)
    if entry is None:
        raise RuleBroken([Problem(VoteProblem.NOT_ON_ROLL, "document")])
    if entry.status is not RollStatus.OPEN:
        raise RuleBroken([Problem(VoteProblem.VOID_ENTRY if entry.status is RollStatus.VOID else VoteProblem.ALREADY_VOTED)])
    return Pass(channel, key)


def place_of(vote: Vote, voter: Pass) -> str | None:
    """Where whoever holds the pass votes: what is on their ballot depends on it. Raises RuleBroken when it was used meanwhile."""
    if voter.channel is Channel.TOKEN:
        token = queries.token(vote.id, voter.key)
        if token is None or token.state is not TokenState.ISSUED:
            raise RuleBroken([Problem(VoteProblem.TOKEN_SPENT)])
        return token.ubigeo
    _pass_of(vote, voter.key, voter.channel)
    entry = queries.roll_entry(vote.id, voter.key)
    return entry.ubigeo if entry else None


def mark_of(vote: Vote, voter_key: str) -> RollEntry | None:
    """What the roll says of somebody who proved who they are: whether they are marked, and by which channel."""
    return queries.roll_entry(vote.id, voter_key)


def remind(vote: Vote, *, now: datetime) -> int:
    """Write once to who asked for it when they came in and has not voted, if the vote said so; how many. The caller commits.

    Who has voted is written nothing, not even thanks: the hour of a letter would tell the hour of a ballot.
    """
    if not vote.rules.get("reminders") or not vote.course.is_open(now):
        return 0
    reminded = 0
    for contact in queries.contacts_to_remind(vote.id):
        contact.was_reminded = True
        address = unseal(contact.sealed, CONTACT)
        if address:
            _write(REMINDER_LETTER, address, vote, {}, now)
            reminded += 1
    db.session.flush()
    return reminded


def forget(vote: Vote) -> None:
    """Erase addresses and codes: when the box is closed nobody else is written to. The caller commits."""
    db.session.execute(delete(RollContact).where(RollContact.vote_id == vote.id), execution_options=_QUIET)
    db.session.execute(delete(VoteCode).where(VoteCode.vote_id == vote.id), execution_options=_QUIET)


def forget_codes(now: datetime) -> int:
    """Drop codes that can no longer be typed; how many. The caller commits."""
    gone = db.session.execute(delete(VoteCode).where(VoteCode.expires_at < now), execution_options=_QUIET)
    return int(gone.rowcount)  # type: ignore[attr-defined]


def sealed(address: str) -> str:
    return seal(address, CONTACT)


def _write(kind: str, address: str, vote: Vote, content: dict[str, str], now: datetime) -> None:
    """A letter that names the vote and nobody: neither its row nor its key tells who on the roll it is for."""
    site, process = current_app.config["SITE_URL"], vote.round.process
    told = {
        "vote": vote.title, "space": process.space.name, "closes_at": vote.closes_at.isoformat(),
        "link": f"{site}/procesos/{process.slug}/votaciones/{vote.slug}/votar",
        "page": f"{site}/procesos/{process.slug}/votaciones/{vote.slug}",
    }  # fmt: skip
    key = f"voting:{secrets.token_hex(12)}"
    content = told | content
    if kind == CODE_LETTER:
        notifications.queue(CODE_LETTER, address=address, subject_kind="vote", subject_id=vote.id, content=content, dedupe_key=key, at=now)
    else:
        notifications.queue(
            REMINDER_LETTER, address=address, subject_kind="vote", subject_id=vote.id, content=content, dedupe_key=key, at=now
        )
