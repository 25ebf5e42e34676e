"""Printed codes: asked for by one, printed once by another, void when a sheet is spoilt. What is printed is kept nowhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.voting import queries
from app.voting.models import TokenRun, Vote, VoteToken
from app.voting.rules import Channel, TokenState
from app.voting.rules import codes as letters
from app.voting.rules.course import Stage
from app.voting.rules.printing import SHORTEST_REASON, PrintingProblem, problems_with_printing, problems_with_run
from app.voting.services import keys

OVER = (Stage.DRAFT, Stage.WAITING, Stage.CLOSED, Stage.COUNTED, Stage.PUBLISHED)


@dataclass(frozen=True)
class Slip:
    """One sheet: its serial, to account for it, and its code, which is not in the serial."""

    serial: int
    code: str


def ask_run(vote: Vote, count: int | None, ubigeo: str | None, *, person_id: int, now: datetime) -> TokenRun:
    """Ask for a printing; a second person does it. The caller commits. Raises RuleBroken."""
    is_over = vote.course.stage(now) in OVER
    refuse_if_any(problems_with_run(count, is_offered=Channel.TOKEN.value in vote.channels, is_over=is_over))
    last = db.session.scalar(select(func.max(TokenRun.number)).where(TokenRun.vote_id == vote.id)) or 0
    run = TokenRun(vote_id=vote.id, number=last + 1, ubigeo=ubigeo, count=count or 0, asked_by_id=person_id, asked_at=now)
    db.session.add(run)
    db.session.flush()
    return run


def print_run(run: TokenRun, *, person_id: int, now: datetime) -> list[Slip]:
    """Make the codes and give them this once, in the order of their serials. The caller commits. Raises RuleBroken."""
    vote = run.vote
    taken = db.session.execute(
        update(TokenRun)
        .where(TokenRun.id == run.id, TokenRun.printed_at.is_(None), TokenRun.asked_by_id != person_id)
        .values(printed_at=now, printed_by_id=person_id),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        refuse_if_any(
            problems_with_printing(is_printed=run.printed_at is not None, asked_by_id=run.asked_by_id, person_id=person_id)
            or [Problem(PrintingProblem.ALREADY_PRINTED)]
        )
    last = db.session.scalar(select(func.max(VoteToken.serial)).where(VoteToken.vote_id == vote.id)) or 0
    slips = [
        Slip(last + place, letters.written(secrets.token_bytes(10), letters.TOKEN_LETTERS)) for place in range(1, run.count + 1)
    ]  # fmt: skip
    db.session.add_all(
        [
            VoteToken(token_hash=keys.token_hash(vote, slip.code), vote_id=vote.id, run=run.number, serial=slip.serial, ubigeo=run.ubigeo)
            for slip in slips
        ]
    )
    db.session.flush()
    facts = {"run": run.number, "codes": run.count, "first": last + 1, "last": last + run.count}
    audit.record("voting.print-codes", "vote", f"{vote.round.process.slug}/{vote.slug}", facts, at=now, role="municipalidad")
    return [Slip(slip.serial, letters.grouped(slip.code)) for slip in slips]


def void_code(vote: Vote, serial: int | None, reason: str, *, person_id: int, now: datetime) -> None:
    """A spoilt or lost sheet opens nothing any more; it is counted as void, with its reason. The caller commits. Raises RuleBroken."""
    reason = clean_line(reason)
    if len(reason) < SHORTEST_REASON:
        raise RuleBroken([Problem(PrintingProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON})])
    known = db.session.scalar(select(VoteToken.token_hash).where(VoteToken.vote_id == vote.id, VoteToken.serial == (serial or 0)))
    if known is None:
        raise RuleBroken([Problem(PrintingProblem.SERIAL_UNKNOWN, "serial")])
    done = db.session.execute(
        update(VoteToken).where(VoteToken.token_hash == known, VoteToken.state == TokenState.ISSUED).values(state=TokenState.VOID),
        execution_options={"synchronize_session": False},
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(PrintingProblem.NOT_ISSUED, "serial")])
    books = queries.token_books(vote.id)
    facts = {"serial": serial, "reason": reason, "issued": books.issued, "void": books.void}
    audit.record("voting.void-code", "vote", f"{vote.round.process.slug}/{vote.slug}", facts, at=now, role="municipalidad")
