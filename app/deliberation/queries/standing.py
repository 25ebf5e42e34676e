"""What names a version of the deliberation on public pages, whether it is open, and who is suspended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts import services as accounts
from app.accounts.models import Person
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.deliberation.models import Comment, Support, Suspension
from app.deliberation.rules.comments import Side, Standing, standing
from app.processes import queries as processes
from app.processes.models import Process


@dataclass(frozen=True)
class Tally:
    """What a contribution has gathered: supports, public comments by side, and how many comments were hidden.

    `changed_at` is the last time a support was given or taken back; with the counts it names a version of what the public sees.
    """

    supports: int
    sides: dict[Side, int]
    hidden: int
    changed_at: datetime | None

    @property
    def comments(self) -> int:
        return sum(self.sides.values())

    @property
    def version(self) -> str:
        return f"{self.supports}/{'/'.join(str(self.sides[side]) for side in Side)}/{self.hidden}/{self.changed_at}"


def tally(contribution_id: int) -> Tally:
    """Two statements."""
    supports, changed_at = db.session.execute(
        select(func.sum(case((Support.stands, 1), else_=0)), func.max(Support.changed_at)).where(Support.contribution_id == contribution_id)
    ).one()
    rows = db.session.execute(
        select(Comment.side, Comment.visibility, func.count())
        .where(Comment.contribution_id == contribution_id)
        .group_by(Comment.side, Comment.visibility)
    ).all()
    sides = {side: sum(n for s, v, n in rows if s is side and v is Visibility.PUBLIC) for side in Side}
    hidden = sum(n for _, v, n in rows if v is Visibility.HIDDEN)
    return Tally(int(supports or 0), sides, hidden, changed_at)


def change_of_process(process_id: int) -> datetime | None:
    """When somebody last supported a contribution of the process or took it back: by the index."""
    return db.session.scalar(select(func.max(Support.changed_at)).where(Support.process_id == process_id))


def deliberation_standing(process: Process, now: datetime) -> Standing:
    """Whether comments and supports are taken now, as the phases of the published schedule declare."""
    return standing(process.state, {phase.kind for phase in processes.phases(process.id) if phase.opens_at <= now <= phase.closes_at})


def suspension_of(person_id: int, space_id: int, now: datetime) -> Suspension | None:
    """The suspension that holds now, the one that ends last; None when there is none or it is over.

    Of the account, or of another that had its address: erasing one and opening another ends no suspension.
    """
    own = or_(Suspension.person_id == person_id, Suspension.address_hash == (address_hash(person_id) or None))
    return db.session.scalar(
        select(Suspension)
        .where(
            own, Suspension.space_id == space_id, Suspension.lifted_at.is_(None),
            Suspension.starts_at <= now, Suspension.ends_at > now,
        )
        .order_by(Suspension.ends_at.desc(), Suspension.id.desc())
        .limit(1)
    )  # fmt: skip


def address_hash(person_id: int) -> str:
    """What is kept of the address of who is suspended: nobody can read it there. "" for nobody."""
    person = db.session.get(Person, person_id)
    return accounts.keyed("suspension", person.email.lower()) if person else ""


def suspensions_in(space_id: int, now: datetime) -> Sequence[Suspension]:
    """Those that hold now, the first to end first; people loaded."""
    return db.session.scalars(
        select(Suspension)
        .where(Suspension.space_id == space_id, Suspension.lifted_at.is_(None), Suspension.ends_at > now)
        .options(joinedload(Suspension.person))
        .order_by(Suspension.ends_at, Suspension.id)
    ).all()
