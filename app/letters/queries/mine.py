"""Everything one person said, with every answer: found by address, or by one receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Authorship, Contribution
from app.contributions.queries import is_of
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.feedback.models import Decision
from app.letters.models import LinkRequest
from app.letters.queries.replies import ReplyRow, replies_of
from app.processes.models import Process


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution of the person, the answer that stands (None while there is none), and the replies to it."""

    contribution: Contribution
    decision: Decision | None
    replies: Sequence[ReplyRow]


def said_under(email: str, number: int, person_id: int | None = None) -> Page:
    """A page of what was said under that address or from that account, newest first; five statements however much it is."""
    query = _said().join(Authorship, Authorship.contribution_id == Contribution.id).where(_under(email, person_id))
    rows = db.session.scalars(
        query.order_by(Contribution.received_at.desc(), Contribution.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    total = db.session.scalar(select(func.count()).select_from(Authorship).where(_under(email, person_id))) or 0
    return Page(_with_answers(rows), number, total)


def said_as(contribution_id: int) -> Page:
    """The one contribution behind a receipt."""
    return Page(_with_answers(db.session.scalars(_said().where(Contribution.id == contribution_id)).all()), 1, 1)


def one_of(email: str, contribution_id: int | None, code: str, person_id: int | None = None) -> Contribution | None:
    """The contribution with that code when it is under the address, or is the one of the receipt; process and space loaded."""
    found: Contribution | None = db.session.scalar(_said().where(Contribution.code == code))
    if found is None:
        return None
    if contribution_id is not None:
        return found if found.id == contribution_id else None
    is_own = db.session.scalar(select(Authorship.contribution_id).where(Authorship.contribution_id == found.id, _under(email, person_id)))
    return found if is_own else None


def _under(email: str, person_id: int | None) -> Any:
    """The link of an address shows what is under it; an account also what was sent from it or claimed into it."""
    if person_id is not None:
        return is_of(person_id, email)
    return (Authorship.email == email) & (Authorship.email != "")


def _said() -> Any:
    return select(Contribution).options(joinedload(Contribution.process).joinedload(Process.space))


def _with_answers(rows: Sequence[Contribution]) -> list[Said]:
    ids = [row.id for row in rows]
    decisions = {d.contribution_id: d for d in db.session.scalars(
        select(Decision).where(Decision.contribution_id.in_(ids), Decision.is_current).options(joinedload(Decision.organisation))
    )} if ids else {}  # fmt: skip
    replies = replies_of(ids)
    return [Said(row, decisions.get(row.id), replies.get(row.id, ())) for row in rows]


def newest_code_under(email: str) -> str | None:
    """The code of the newest contribution under that address; None when there is none."""
    return db.session.scalar(
        select(Contribution.code)
        .join(Authorship, Authorship.contribution_id == Contribution.id)
        .where(Authorship.email == email)
        .order_by(Contribution.received_at.desc(), Contribution.id.desc())
        .limit(1)
    )


def requests_since(address_sha256: str, since: datetime) -> tuple[int, int]:
    """How often the link was asked for since then: for that address, and in all."""
    own = func.sum(case((LinkRequest.address_sha256 == address_sha256, 1), else_=0))
    row = db.session.execute(select(func.count(), own).select_from(LinkRequest).where(LinkRequest.at > since)).one()
    return int(row[1] or 0), int(row[0])
