"""How contributions came in by the public form."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Arrival, Authorship, Contribution
from app.contributions.rules import floods
from app.contributions.rules.floods import Mark
from app.core.db import db

A_QUERY = 500


def arrivals_since(address: str, since: datetime) -> int:
    """How many came from that address (its mark) since then."""
    return db.session.scalar(select(func.count()).select_from(Arrival).where(Arrival.address == address, Arrival.at >= since)) or 0


def sent_by_author_of(contribution_id: int, since: datetime) -> int:
    """How many others came since then from its author, with an account or without: the same account, e-mail or telephone."""
    author = db.session.get(Authorship, contribution_id)
    if author is None:
        return 0
    same = {Authorship.person_id: author.person_id, Authorship.email: author.email, Authorship.phone: author.phone}
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Arrival)
            .join(Authorship, Authorship.contribution_id == Arrival.contribution_id)
            .where(Arrival.at >= since, Arrival.contribution_id != contribution_id)
            .where(or_(false(), *(column == value for column, value in same.items() if value)))
        )
        or 0
    )


def recent_texts(process_id: int, since: datetime, *, but: int) -> tuple[str, ...]:
    """Title and text of the last ones sent by the form, newest first, at most `floods.MOST_COMPARED`."""
    rows = db.session.execute(
        select(Contribution.title, Contribution.text)
        .join(Arrival, Arrival.contribution_id == Contribution.id)
        .where(Contribution.process_id == process_id, Arrival.at >= since, Contribution.id != but)
        .order_by(Contribution.id.desc())
        .limit(floods.MOST_COMPARED)
    )
    return tuple(f"{title}\n{text}" for title, text in rows)


def marks_of(contribution_ids: Iterable[int]) -> dict[int, tuple[Mark, ...]]:
    """The marks of those that have any."""
    wanted, found = sorted(set(contribution_ids)), {}
    for start in range(0, len(wanted), A_QUERY):
        rows = db.session.execute(
            select(Arrival.contribution_id, Arrival.marks).where(
                Arrival.contribution_id.in_(wanted[start : start + A_QUERY]), Arrival.marks != ""
            )
        )
        found.update({number: floods.read(marks) for number, marks in rows})
    return found


def moderated_rows(ids: Iterable[int]) -> Sequence[Contribution]:
    """Contributions of any visibility by id, theme and territory loaded: for a page of the moderators' queue."""
    wanted = sorted(set(ids))
    if not wanted:
        return ()
    return db.session.scalars(
        select(Contribution)
        .where(Contribution.id.in_(wanted))
        .options(joinedload(Contribution.theme), joinedload(Contribution.territory))
        .order_by(Contribution.id)
    ).all()
