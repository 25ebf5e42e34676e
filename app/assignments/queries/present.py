"""Where each contribution lies now, and how it came there."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Person
from app.assignments.models import Assignment
from app.assignments.queries.people import parents, standing_of
from app.assignments.rules import AssignmentKind, lineage, may_answer
from app.contributions.models import Contribution
from app.core.db import db
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.processes.models import Process

A_STATEMENT = 500


class AssignmentRow(NamedTuple):
    """The present of a contribution; `organisation_id` is None (and its names empty) once it was returned to the secretariat."""

    id: int
    organisation_id: int | None
    organisation: str
    organisation_slug: str
    due_on: date
    assigned_at: datetime
    note: str
    kind: AssignmentKind


class Step(NamedTuple):
    """One row of the history, with names for people of the desk."""

    kind: AssignmentKind
    organisation: str
    before: str
    due_on: date
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Assignable:
    """A contribution with who has it: what permissions to pass it on are judged by. `current` None: it was never assigned."""

    contribution: Contribution
    current: AssignmentRow | None
    holder_lineage: tuple[int, ...]

    @property
    def scope(self) -> Scope:
        return self.contribution.scope

    @property
    def holder_id(self) -> int | None:
        return self.current.organisation_id if self.current else None


def current(contribution_ids: Iterable[int]) -> dict[int, AssignmentRow]:
    """The present of each of these contributions that was ever assigned; a statement for every `A_STATEMENT` of them."""
    wanted = list(contribution_ids)
    found: dict[int, AssignmentRow] = {}
    for start in range(0, len(wanted), A_STATEMENT):
        rows: Any = db.session.execute(
            select(Assignment.contribution_id, Assignment.id, Assignment.organisation_id, func.coalesce(Organisation.name, ""),
                   func.coalesce(Organisation.slug, ""), Assignment.due_on, Assignment.assigned_at, Assignment.note, Assignment.kind)
            .outerjoin(Organisation, Organisation.id == Assignment.organisation_id)
            .where(Assignment.contribution_id.in_(wanted[start : start + A_STATEMENT]), Assignment.is_current)
        )  # fmt: skip
        found |= {row[0]: AssignmentRow(*row[1:]) for row in rows}
    return found


def digest(rows: Mapping[int, AssignmentRow]) -> str:
    """Names a state of many contributions: it changes when any of them is assigned, forwarded or returned."""
    said = ",".join(f"{contribution_id}:{row.id}" for contribution_id, row in sorted(rows.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def history(contribution_id: int) -> Sequence[Step]:
    """Every step, oldest first."""
    before = aliased(Organisation)
    rows: Any = db.session.execute(
        select(Assignment.kind, func.coalesce(Organisation.name, ""), func.coalesce(before.name, ""), Assignment.due_on, Assignment.note,
               Person.name, Assignment.assigned_at)
        .outerjoin(Organisation, Organisation.id == Assignment.organisation_id)
        .outerjoin(before, before.id == Assignment.from_organisation_id)
        .join(Person, Person.id == Assignment.assigned_by_id)
        .where(Assignment.contribution_id == contribution_id)
        .order_by(Assignment.id)
    )  # fmt: skip
    return [Step(*row) for row in rows]


def held_elsewhere(process_id: int, contribution_ids: Iterable[int], person_id: int, on: date) -> dict[int, AssignmentRow]:
    """Those of these contributions that the person may not answer because another entity is to, with who has them."""
    held = {id_: row for id_, row in current(contribution_ids).items() if row.organisation_id is not None}
    if not held:
        return {}
    answers_for, is_of_secretariat = standing_of(person_id, process_id, on)
    if is_of_secretariat:
        return {}
    up = parents()
    return {
        id_: row
        for id_, row in held.items()
        if not may_answer(lineage(row.organisation_id, up), answers_for, is_of_secretariat=is_of_secretariat)
    }


def assignable(code: str) -> Assignable | None:
    """Any contribution by its code with who has it; process and space loaded."""
    contribution = db.session.scalar(
        select(Contribution).where(Contribution.code == code).options(joinedload(Contribution.process).joinedload(Process.space))
    )
    if contribution is None:
        return None
    row = current([contribution.id]).get(contribution.id)
    return Assignable(contribution, row, lineage(row.organisation_id, parents()) if row else ())
