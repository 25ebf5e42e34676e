"""Who answers for commitments: the people of the lead entity, or of the one it is a unit of; and what each still has to report."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from app.accounts.models import Person
from app.core.clock import lima_day
from app.core.db import db
from app.organisations.models import Organisation
from app.plans.queries.follow_up import plans_in_force
from app.plans.rules import progress as rules
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role


def answering_for(space_id: int, process_id: int, leads: Mapping[int, int | None], on: date) -> list[tuple[int, str, list[int]]]:
    """(person id, address, commitment numbers) of those who answer that day for the entities in `leads` (number -> organisation id)."""
    parents = {id_: parent for id_, parent in db.session.execute(select(Organisation.id, Organisation.parent_id))}
    rows = db.session.execute(
        select(Person.id, Person.email, RoleAssignment.organisation_id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.space_id == space_id, RoleAssignment.role == Role.ENTITY, RoleAssignment.organisation_id.is_not(None),
            RoleAssignment.starts_on <= on, or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= on),
            or_(RoleAssignment.process_id.is_(None), RoleAssignment.process_id == process_id), Person.is_suspended.is_(False),
        )
        .order_by(Person.id, RoleAssignment.id)
    ).all()  # fmt: skip
    found: dict[int, tuple[str, set[int]]] = {}
    for person_id, address, organisation_id in rows:
        numbers = {n for n, lead in leads.items() if lead is not None and organisation_id in (lead, parents.get(lead))}
        if numbers:
            found.setdefault(person_id, (address, set()))[1].update(numbers)
    return [(person_id, address, sorted(numbers)) for person_id, (address, numbers) in found.items()]


@dataclass(frozen=True)
class ProgressDue:
    """Commitments of a process that wait for their entity's reading: overdue semesters, or one that ends within 30 days."""

    process_id: int
    commitments: int
    overdue: int
    since: date


def progress_due(offices: Mapping[int, Collection[int]], today: date) -> list[ProgressDue]:
    """What the organisations in `offices` (process id -> their ids) have to report today, by process. Four statements."""
    parents = {id_: parent for id_, parent in db.session.execute(select(Organisation.id, Organisation.parent_id))}
    found = []
    for plan in plans_in_force(list(offices)):
        own = set(offices[plan.process_id])
        first = plan.starts_on or (lima_day(plan.approved_at) if plan.approved_at else today)
        waits, late, since = 0, 0, today
        for _, lead, reported in plan.commitments:
            if lead is None or not own & {lead, parents.get(lead)}:
                continue
            missing = rules.overdue(reported, first, plan.ends_on, today)
            is_near = rules.reminder_due(today, first, plan.ends_on) is not None and rules.period_of(today) not in reported
            waits += bool(missing) or is_near
            late += bool(missing)
            since = min([since, *(rules.ends_on(period) for period in missing)])
        if waits:
            found.append(ProgressDue(plan.process_id, waits, late, since))
    return found
