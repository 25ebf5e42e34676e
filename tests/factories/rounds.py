"""A round that runs: its people, and the round as the services make it."""

from datetime import date, datetime, timedelta
from typing import Any

from app.accounts import queries as accounts
from app.accounts.models import Person
from app.budgeting import queries, services
from app.budgeting.models import Agent, BudgetRound
from app.budgeting.rules.calendar import Entry, RoundActivity, RoundCalendar
from app.budgeting.rules.course import OpeningDraft
from app.budgeting.rules.documents import DocumentDraft, DocumentKind
from app.budgeting.rules.registering import AgentDraft, Way
from app.budgeting.rules.states import AgentKind
from app.core.clock import lima_day
from app.core.db import db
from app.organisations.rules import Sector
from app.processes.models import Process
from app.processes.rules.states import ProcessKind
from app.spaces.models import RoleAssignment
from tests.cast import BUDGET_TEAM, MILA
from tests.passwords import hash_of
from tests.world import NOON, World

TEXT = "Artículo 1. Se convoca al presupuesto participativo de la provincia."
REASON = "Porque así lo decidió el concejo."
SOLES = 100
TODAY = lima_day(NOON)


def a_team(world: World) -> None:
    """Mila, Teo and Carmen have accounts and their roles in the space."""
    for member in BUDGET_TEAM:
        person = Person(email=member.email, name=member.name, password_hash=hash_of(member.password), created_at=NOON)
        db.session.add(person)
        db.session.flush()
        world.people[member.email] = person.id
        db.session.add(
            RoleAssignment(
                person_id=person.id, space_id=world.space_id, role=member.role, appointed_by="Resolución", starts_on=date(2026, 1, 1)
            )
        )
    db.session.flush()


def norm(**changes: Any) -> DocumentDraft:
    given = {
        "kind": DocumentKind.ORDINANCE, "title": "Ordenanza del presupuesto participativo", "norm_number": "Ordenanza N.º 012-2026",
        "dated_on": TODAY - timedelta(days=2), "text": TEXT,
    } | changes  # fmt: skip
    return DocumentDraft(**given)


def a_budget_process(world: World) -> Process:
    """The process of the world, made one of participatory budget."""
    process = db.session.get(Process, world.process_id)
    assert process is not None
    process.kind = ProcessKind.BUDGET
    db.session.flush()
    return process


def an_open_round(world: World, *, ceiling: int = 1_200_000, now: datetime = NOON, **changes: Any) -> BudgetRound:
    """Opened with its ordinance by Mila; the team exists."""
    if accounts.person_by_email(MILA.email) is None:
        a_team(world)
    draft = OpeningDraft(2028, ceiling * SOLES, **changes)
    made = services.open_round(a_budget_process(world), draft, norm(), upload=None, person_id=world.id_of(MILA), now=now)
    return queries.round_by_id(made.id) or made


def a_calendar(today: date = TODAY, *, opens: int = -1, closes: int = 10) -> RoundCalendar:
    """The fewest activities a calendar may have, registration open from `opens` to `closes` days after today."""
    day = lambda n: today + timedelta(days=n)  # noqa: E731 - as tests/world.py
    return RoundCalendar(
        (
            Entry(RoundActivity.REGISTRATION, day(opens), day(closes), "Registro de agentes", "Plaza Regocijo", "8:00 a 16:30"),
            Entry(RoundActivity.RESULTS_WORKSHOP, day(closes + 10), day(closes + 10), "Taller de resultados"),
            Entry(RoundActivity.LEVELS, day(closes + 30), day(closes + 31)),
            Entry(RoundActivity.ACT, day(closes + 40), day(closes + 40)),
        )
    )


def a_running_round(world: World, *, now: datetime = NOON, opens: int = -1, closes: int = 10, **changes: Any) -> BudgetRound:
    """Open, with its calendar: agents may register on the days it says."""
    round_ = an_open_round(world, now=now, **changes)
    calendar = a_calendar(lima_day(now), opens=opens, closes=closes)
    services.publish_calendar(round_, calendar, "", version=0, person_id=world.id_of(MILA), now=now)
    return round_


def delegate(name: str = "Delia Huanca Soto", **changes: Any) -> AgentDraft:
    given = {
        "kind": AgentKind.CIVIL_SOCIETY, "sector": Sector.GRASSROOTS, "organisation": f"Junta de {name.split()[0]}", "ubigeo": "080102",
        "email": f"{name.split()[0].lower()}@example.pe",
    } | changes  # fmt: skip
    return AgentDraft(name, **given)


def registered(world: World, round_: BudgetRound, name: str = "Delia Huanca Soto", *, now: datetime = NOON, **changes: Any) -> Agent:
    """Registered at the window by Mila."""
    return services.register_agent(
        round_, delegate(name, **changes), own=False, way=Way.WINDOW, upload=None, person_id=world.id_of(MILA), now=now
    )
