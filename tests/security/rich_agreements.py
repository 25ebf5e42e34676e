"""The rich world's act, published and being corrected, with a line that goes ahead; its committee, with findings at two stages."""

from datetime import date
from typing import Any

from app.accounts.models import Person
from app.agreements import queries, services
from app.agreements.rules.execution import LineState
from app.budgeting import queries as rounds
from app.budgeting.models import Agent
from app.budgeting.rules import AgentKind, AgentState, RoundState
from app.core.db import db
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from app.vigilance import services as vigilance
from app.vigilance.rules.committees import Ballot, Candidacy, ElectionDraft
from tests.factories.agreements import TOLD, a_finding_draft, fill, progress
from tests.factories.budgeting import bring_to
from tests.world import NOON, World

SIGNERS = (
    (901, AgentKind.COORDINATION_COUNCIL),
    (902, AgentKind.CIVIL_SOCIETY),
    (903, AgentKind.CIVIL_SOCIETY),
    (904, AgentKind.CIVIL_SOCIETY),
)


def build_agreements(world: World) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Arguments that hold only under some addresses. The caller commits."""
    round_ = rounds.round_of(world.slug)
    assert round_ is not None
    mayor, *people = (_person(world, n) for n in range(5))
    agents = [_agent(round_.id, number, kind, person) for (number, kind), person in zip(SIGNERS, people, strict=True)]
    votes = tuple(Candidacy(number, 2) for number, _ in SIGNERS)
    draft = ElectionDraft(date(2027, 3, 18), "Ccorca", Ballot.SHOW_OF_HANDS, 3, 4, 4, votes)
    committee = vigilance.record_election(round_, draft, person_id=mayor, now=NOON)
    before = round_.state
    bring_to(round_, RoundState.COORDINATION)
    act = fill(world, services.draft(round_, person_id=mayor, now=NOON))
    services.open_for_signatures(act, TOLD, revision=act.revision, person_id=mayor, now=NOON)
    act = queries.locked(act.id)
    services.sign(act, act.sha256, agent=None, post="Alcaldesa", name="Persona", person_id=mayor, now=NOON)
    for agent, person in zip(agents, people, strict=True):
        services.sign(act, act.sha256, agent=agent, post="", name="", person_id=person, now=NOON)
    services.publish(act, TOLD, person_id=mayor, now=NOON)
    bring_to(round_, RoundState.ACT_SIGNED)
    line = queries.lines_of(act.id)[0]
    cents = line.amount_cents
    services.report(
        line, progress(state=LineState.WORKS, pia_cents=cents, pim_cents=cents, accrued_cents=cents // 2), [], seen=0, person_id=mayor, now=NOON
    )  # fmt: skip
    public = vigilance.propose(committee, a_finding_draft(code=line.code), person_id=people[0], now=NOON)
    for person in people[1:3]:
        public = vigilance.approve(public, public.sha256, person_id=person, now=NOON)
    waiting = vigilance.propose(committee, a_finding_draft(title="El cerco está caído"), person_id=people[0], now=NOON)
    opinion = "En el periodo vimos una obra que avanza y un cerco caído; esperamos la respuesta de la entidad."
    vigilance.publish_report(committee, date(2027, 3, 18), date(2027, 3, 20), opinion, person_id=people[0], now=NOON)
    services.correct(act, "El plazo de la línea 1 tenía un error de digitación.", person_id=mayor, now=NOON)
    bring_to(round_, before)
    at_desk = "/mesa/procesos/<slug>/presupuesto/vigilancia/"
    return {}, {
        "/procesos/<slug>/presupuesto/ejecucion": {"code": line.code},
        "/mesa/procesos/<slug>/presupuesto/ejecucion": {"code": line.code},
        "/mesa/procesos/<slug>/presupuesto/acta": {"code": line.code},
        "/procesos/<slug>/presupuesto/vigilancia": {"code": public.code},
        at_desk: {"code": public.code},
        at_desk + "<code>/editar": {"code": waiting.code},
        at_desk + "<code>/aprobar": {"code": waiting.code},
        at_desk + "<code>/retirar": {"code": waiting.code},
        "/mesa/procesos/<slug>/presupuesto/comite-de-vigilancia": {"number": 904},
        "/procesos/<slug>/presupuesto/acta": {"version": 1},
    }


def _person(world: World, n: int) -> int:
    """Somebody who is nobody else here; the first runs the round for the municipality."""
    person = Person(email=f"vigilante{n}@example.pe", name=f"Vigilante Número {n}", password_hash="", created_at=NOON)
    db.session.add(person)
    db.session.flush()
    if n == 0:
        db.session.add(RoleAssignment(person_id=person.id, space_id=world.space_id, role=Role.MUNICIPAL, starts_on=date(2026, 1, 1)))
        db.session.flush()
    return person.id


def _agent(round_id: int, number: int, kind: AgentKind, person_id: int) -> Agent:
    agent = Agent(
        round_id=round_id, number=number, kind=kind, state=AgentState.ACCREDITED, name=f"Vigilante Número {number}", person_id=person_id,
        email=f"vigilante{number}@example.pe", registered_at=NOON,
    )  # fmt: skip
    db.session.add(agent)
    db.session.flush()
    return agent
