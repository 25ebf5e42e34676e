"""Who acts for which organisation."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from app.accounts.models import Person
from app.assignments.rules import lineage
from app.core.db import db
from app.organisations.models import Organisation
from app.processes.models import Process
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role

SECRETARIAT = (Role.SECRETARIAT, Role.MUNICIPAL)


class Office(NamedTuple):
    """An organisation to assign to; `of` is the one it is a unit of."""

    id: int
    slug: str
    name: str
    of: str


def parents() -> dict[int, int | None]:
    """Every organisation -> the one it is a unit of."""
    return {id_: parent for id_, parent in db.session.execute(select(Organisation.id, Organisation.parent_id))}


def offices(space_id: int) -> list[Office]:
    """Whom a contribution of the space may be assigned to: the organisations somebody answers for here, and their units; by name."""
    answering = set(
        db.session.scalars(
            select(RoleAssignment.organisation_id).where(
                RoleAssignment.space_id == space_id, RoleAssignment.role == Role.ENTITY, RoleAssignment.organisation_id.is_not(None)
            )
        )
    )
    up = parents()
    wanted = {id_ for id_ in up if answering & set(lineage(id_, up))}
    rows = db.session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name, Organisation.parent_id).order_by(Organisation.name, Organisation.id)
    ).all()
    names = {id_: name for id_, _, name, _ in rows}
    return [Office(id_, slug, name, names.get(parent, "") if parent else "") for id_, slug, name, parent in rows if id_ in wanted]


def standing_of(person_id: int, process_id: int, on: date) -> tuple[frozenset[int], bool]:
    """The organisations a person answers for in the process that day, and whether they are of the secretariat."""
    rows = db.session.execute(
        select(RoleAssignment.role, RoleAssignment.organisation_id).where(
            RoleAssignment.person_id == person_id, *_in_force(_space_of(process_id), process_id, on)
        )
    ).all()
    answers_for = frozenset(organisation for role, organisation in rows if role is Role.ENTITY and organisation is not None)
    return answers_for, any(role in SECRETARIAT for role, _ in rows)


def people_of(
    organisation_id: int, space_id: int, process_id: int, on: date, up: Mapping[int, int | None]
) -> Collection[tuple[int, str, str]]:
    """Id, name and address of the people who answer for the organisation that day, or when it has none for the nearest one above."""
    for id_ in lineage(organisation_id, up):
        rows = db.session.execute(
            select(Person.id, Person.name, Person.email)
            .join(RoleAssignment, RoleAssignment.person_id == Person.id)
            .where(
                RoleAssignment.organisation_id == id_, RoleAssignment.role == Role.ENTITY, Person.is_suspended.is_(False),
                *_in_force(space_id, process_id, on),
            )
            .distinct()
            .order_by(Person.id)
        ).all()  # fmt: skip
        if rows:
            return [(person_id, name, email) for person_id, name, email in rows]
    return ()


def _space_of(process_id: int) -> Any:
    return select(Process.space_id).where(Process.id == process_id).scalar_subquery()


def _in_force(space_id: Any, process_id: int, on: date) -> tuple[Any, ...]:
    return (
        RoleAssignment.space_id == space_id,
        or_(RoleAssignment.process_id.is_(None), RoleAssignment.process_id == process_id),
        RoleAssignment.starts_on <= on,
        or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= on),
    )
