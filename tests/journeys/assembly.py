"""A small participatory budget of the Cusco whose project was chosen and whose committee was elected: only the act is missing."""

from app.accounts import queries as accounts
from app.budgeting import queries as rounds
from app.budgeting.models import BudgetRound
from app.budgeting.rules import AgentKind, RoundState
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.factory import create_app
from app.processes import services as processes
from app.processes.rules.states import Influence, ProcessKind, ProcessState
from app.projects.rules import ProjectState
from app.spaces import queries as spaces
from app.vigilance import services as vigilance
from app.vigilance.rules.committees import Candidacy
from config import Config
from tests.factories.agreements import an_election
from tests.factories.budgeting import SOLES, a_project, an_agent
from tests.journeys.demonstration import DemonstrationSite

SLUG, CODE, WORK = "presupuesto-picchu-2028", "PIC28", "Escalinata con baranda en Picchu Alto"
AGENTS = (
    ("rosa", AgentKind.CIVIL_SOCIETY), ("mateo", AgentKind.CIVIL_SOCIETY), ("ines", AgentKind.CIVIL_SOCIETY),
    ("felix", AgentKind.COORDINATION_COUNCIL),
)  # fmt: skip
"""Who of the demonstration is an accredited agent, by number; all four are the committee."""


def gather(site: DemonstrationSite) -> str:
    """Through the tables and services, in the site's own database; the code of the project."""
    app = create_app(Config(site.environ))
    with app.app_context():
        code = _prepare(site)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return code


def _prepare(site: DemonstrationSite) -> str:
    now = clock.now()
    space = spaces.space_by_slug("cusco")
    team = accounts.person_by_email(site.emails["tomas"])
    assert space and team
    draft = processes.ProcessDraft(
        slug=SLUG, code=CODE, kind=ProcessKind.BUDGET, title="Presupuesto de los barrios de Picchu", influence=Influence.COOPERATE,
        summary="Los barrios de Picchu deciden una obra del año 2028.",
    )  # fmt: skip
    process = processes.create_process(draft, space=space, person_id=team.id, now=now)
    process.state = ProcessState.RUNNING
    made = BudgetRound(process_id=process.id, fiscal_year=2028, ceiling_cents=200_000 * SOLES, created_by_id=team.id, created_at=now)
    made.state = RoundState.COORDINATION
    db.session.add(made)
    db.session.flush()
    for number, (key, kind) in enumerate(AGENTS, start=1):
        person = accounts.person_by_email(site.emails[key])
        assert person
        an_agent(made, number, person.name, kind=kind, person_id=person.id, email=person.email, registered_at=now)
    project = a_project(made, 1, WORK, 150_000, state=ProjectState.PRIORITISED, created_at=now)
    round_ = rounds.round_by_id(made.id)
    assert round_
    votes = tuple(Candidacy(number, 2) for number in range(1, len(AGENTS) + 1))
    election = an_election(held_on=lima_day(now), place="Salón comunal de Picchu Alto", voters=4, votes_each=4, candidates=votes)
    vigilance.record_election(round_, election, person_id=team.id, now=now)
    return project.code
