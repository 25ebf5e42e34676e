"""Assignments for tests: by Sara, to a unit of the world."""

from collections.abc import Sequence
from datetime import date, datetime

from app.assignments import queries, services
from app.assignments.rules import Window
from app.assignments.services import Assigned
from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.organisations import queries as organisations
from app.organisations import services as organisations_services
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.processes import queries as processes
from app.processes.models import Process
from tests.cast import SARA
from tests.world import NOON, World

DUE = date(2027, 4, 10)


def process_of(world: World) -> Process:
    process = processes.process_by_slug(world.slug)
    assert process is not None
    return process


def office(slug: str) -> Organisation:
    found = organisations.organisation_by_slug(slug)
    assert found is not None
    return found


def unit_of_works() -> Organisation:
    """A unit of Ana's office."""
    return organisations_services.create_organisation(
        "Subgerencia de Obras Menores", Sector.GOVERNMENT, of_slug="obras-menores", parent=office("gerencia-obras"), now=NOON
    )


def give(
    world: World, contributions: Sequence[Contribution], to: str = "gerencia-obras", *, due_on: date = DUE, now: datetime = NOON,
    seen: str | None = None, note: str = "",
) -> Assigned:  # fmt: skip
    """Assigned by Sara; any day from now on is possible."""
    return services.assign_many(
        process_of(world), [c.id for c in contributions], office(to), due_on, possible=Window(lima_day(now), max(due_on, lima_day(now))),
        person_id=world.id_of(SARA), now=now, seen=seen, note=note,
    )  # fmt: skip


def subject(code: str) -> queries.Assignable:
    found = queries.assignable(code)
    assert found is not None
    return found
