"""An act of agreements at any stage, made through the services: agents, a committee, lines, signatures, execution, findings."""

from datetime import date, timedelta

from app.agreements import queries, services
from app.agreements.models import ActLine, AgreementAct
from app.agreements.rules.acts import ActDraft, FundingSource, LineDraft
from app.agreements.rules.execution import LineState, ProgressDraft
from app.budgeting import queries as rounds
from app.budgeting.models import Agent, BudgetRound
from app.budgeting.rules import AgentKind, RoundState
from app.core.db import db
from app.organisations import queries as organisations
from app.projects.rules import ProjectState
from app.vigilance import services as vigilance
from app.vigilance.models import Finding, VigilanceCommittee
from app.vigilance.rules.committees import Ballot, Candidacy, ElectionDraft
from app.vigilance.rules.findings import FindingDraft, Gravity
from tests.cast import FELIX, GLORIA, INES, LUIS, MATEO, ROSA, CastMember
from tests.factories.budgeting import SOLES, a_project, a_round, an_agent, bring_to
from tests.factories.projects import municipal_team
from tests.world import NOON, World

HELD = date(2027, 3, 18)
DUE = date(2028, 6, 30)
TOLD = {"unanswered_dropped": 0, "has_committee": True}
AGENTS: tuple[tuple[CastMember, AgentKind], ...] = (
    (ROSA, AgentKind.CIVIL_SOCIETY), (MATEO, AgentKind.CIVIL_SOCIETY), (INES, AgentKind.CIVIL_SOCIETY),
    (FELIX, AgentKind.COORDINATION_COUNCIL), (GLORIA, AgentKind.CIVIL_SOCIETY),
)  # fmt: skip
"""Who of the cast is an accredited agent; Luis runs the round for the municipality."""


def a_prioritised_round(world: World, *, projects: int = 2) -> BudgetRound:
    """A round with agents of the cast and prioritised projects, one in Ccorca and the others of the whole territory. Costs in soles."""
    round_ = a_round(world, state=RoundState.COORDINATION)
    municipal_team(world, LUIS)
    for number, (member, kind) in enumerate(AGENTS, start=1):
        an_agent(round_, number, member.name, kind=kind, person_id=world.id_of(member), email=member.email)
    for number in range(1, projects + 1):
        place = "080102" if number == 1 else None
        a_project(round_, number, f"Proyecto {number} del barrio", 100_000 * number, state=ProjectState.PRIORITISED, ubigeo=place)
    found = rounds.round_by_id(round_.id)
    assert found is not None
    return found


def an_election(**changes: object) -> ElectionDraft:
    given = {
        "held_on": HELD, "place": "Local comunal de Ccorca", "ballot": Ballot.SHOW_OF_HANDS, "voters": 5, "votes_each": 2, "seats": 4,
        "candidates": tuple(Candidacy(n, v) for n, v in ((1, 4), (2, 2), (3, 1), (4, 2), (5, 0))),
    } | changes  # fmt: skip
    return ElectionDraft(**given)  # type: ignore[arg-type]


def a_committee(world: World, round_: BudgetRound) -> VigilanceCommittee:
    """Rosa, Félix, Mateo and Inés."""
    return vigilance.record_election(round_, an_election(), person_id=world.id_of(LUIS), now=NOON)


def fill(world: World, act: AgreementAct) -> AgreementAct:
    """Complete the head and every line of a draft."""
    services.save_head(act, ActDraft(HELD, "Teatro municipal", "Reunidos en asamblea.", 1, 2), revision=act.revision, now=NOON)
    for line in queries.lines_of(act.id):
        save(line)
    return queries.locked(act.id)


def save(line: ActLine, **changes: object) -> None:
    unit = organisations.organisation_by_slug("gerencia-obras")
    given = {
        "number": line.number, "code": line.code, "title": line.title, "amount_cents": line.amount_cents,
        "source": FundingSource.DETERMINED, "unit": "Gerencia de Obras", "due_on": DUE,
        "entity_commits": "Aprobar el expediente técnico en marzo y licitar en abril.",
        "agents_commit": "Ceder el terreno comunal y poner dos veedores.",
    } | changes  # fmt: skip
    services.save_line(line, LineDraft(**given), unit, revision=line.act.revision)  # type: ignore[arg-type]


def an_open_act(world: World, round_: BudgetRound) -> AgreementAct:
    """Complete and put to signature."""
    act = fill(world, services.draft(round_, person_id=world.id_of(LUIS), now=NOON))
    services.open_for_signatures(act, TOLD, revision=act.revision, person_id=world.id_of(LUIS), now=NOON)
    return queries.locked(act.id)


def agent(round_: BudgetRound, world: World, member: CastMember) -> Agent:
    found = rounds.agent_of(round_.id, world.id_of(member))
    assert found is not None
    return found


def sign_as(world: World, act: AgreementAct, member: CastMember) -> None:
    services.sign(
        act, act.sha256, agent=agent(act.round, world, member), post="", name=member.name, person_id=world.id_of(member), now=NOON
    )  # fmt: skip


def sign_for_municipality(world: World, act: AgreementAct) -> None:
    services.sign(act, act.sha256, agent=None, post="Alcalde", name=LUIS.name, person_id=world.id_of(LUIS), now=NOON)


def a_published_act(world: World, round_: BudgetRound) -> AgreementAct:
    """Signed by the municipality, the council and two agents."""
    act = an_open_act(world, round_)
    sign_for_municipality(world, act)
    for member in (FELIX, ROSA, MATEO):
        sign_as(world, act, member)
    services.publish(act, TOLD, person_id=world.id_of(LUIS), now=NOON)
    bring_to(round_, RoundState.ACT_SIGNED)
    return queries.locked(act.id)


def progress(**changes: object) -> ProgressDraft:
    given = {
        "state": LineState.WORKS, "as_of": HELD + timedelta(days=1), "cui": "2512345", "pia_cents": 100_000 * SOLES,
        "pim_cents": 100_000 * SOLES, "accrued_cents": 40_000 * SOLES, "text": "Se vació la losa y se levantaron los muros.",
    } | changes  # fmt: skip
    return ProgressDraft(**given)  # type: ignore[arg-type]


def a_finding_draft(**changes: object) -> FindingDraft:
    given = {
        "title": "La obra está parada desde enero", "gravity": Gravity.SERIOUS,
        "what": "Visitamos la obra el 15 de marzo: no hay obreros ni materiales, y el cerco está caído.",
        "asked": "Que se diga por qué está parada y en qué fecha se reanuda el trabajo.",
    } | changes  # fmt: skip
    return FindingDraft(**given)  # type: ignore[arg-type]


def a_public_finding(world: World, committee: VigilanceCommittee, **changes: object) -> Finding:
    """Written by Rosa, approved by Mateo and Inés: three of four."""
    finding = vigilance.propose(committee, a_finding_draft(**changes), person_id=world.id_of(ROSA), now=NOON)
    for member in (MATEO, INES):
        finding = vigilance.approve(finding, finding.sha256, person_id=world.id_of(member), now=NOON)
    return finding


def commit() -> None:
    db.session.commit()
    db.session.remove()
