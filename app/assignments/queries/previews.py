"""What assigning many contributions would change, told before anything changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.assignments.queries.present import A_STATEMENT, current, digest
from app.contributions.models import Contribution
from app.core.db import db


@dataclass(frozen=True)
class Move:
    """A contribution that leaves an entity; `before` is that entity and `was_due_on` its day, for what nobody had both are empty."""

    id: int
    code: str
    before_id: int | None
    before: str
    was_due_on: date | None


@dataclass(frozen=True)
class Preview:
    """`changing` get the new entity and day; `same` have them already; `answered` have a published answer and are left alone.

    `seen` names the state all this was read in: another act on any of them changes it.
    """

    changing: tuple[Move, ...]
    same: tuple[str, ...]
    answered: tuple[str, ...]
    seen: str
    organisation_id: int | None = None

    @property
    def from_others(self) -> dict[str, int]:
        """How many leave which entity."""
        found: dict[str, int] = {}
        for move in self.changing:
            if move.before and move.before_id != self.organisation_id:
                found[move.before] = found.get(move.before, 0) + 1
        return found

    @property
    def redated(self) -> int:
        """How many stay with the entity and only change their day."""
        return sum(move.before_id == self.organisation_id for move in self.changing if move.before_id is not None)

    @property
    def new(self) -> int:
        """How many were nobody's."""
        return sum(move.before_id is None for move in self.changing)


def preview(process_id: int, ids: Sequence[int], organisation_id: int | None, due_on: date | None) -> Preview:
    """What giving these to that organisation by that day would do; those of another process are passed over."""
    rows: list[tuple[int, str, bool]] = []
    for start in range(0, len(ids), A_STATEMENT):
        rows += [
            (id_, code, answered_at is not None)
            for id_, code, answered_at in db.session.execute(
                select(Contribution.id, Contribution.code, Contribution.answered_at)
                .where(Contribution.id.in_(ids[start : start + A_STATEMENT]), Contribution.process_id == process_id)
                .order_by(Contribution.received_at, Contribution.id)
            )
        ]
    held = current([id_ for id_, _, _ in rows])
    changing, same = [], []
    for id_, code, is_answered in rows:
        row = held.get(id_)
        if is_answered:
            continue
        if row is not None and organisation_id is not None and (row.organisation_id, row.due_on) == (organisation_id, due_on):
            same.append(code)
        elif row is None or row.organisation_id is None:
            changing.append(Move(id_, code, None, "", None))
        else:
            changing.append(Move(id_, code, row.organisation_id, row.organisation, row.due_on))
    answered = tuple(code for _, code, is_answered in rows if is_answered)
    return Preview(tuple(changing), tuple(same), answered, digest(held), organisation_id)
