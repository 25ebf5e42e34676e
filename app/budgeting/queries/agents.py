"""Who the participating agents of a round are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app.budgeting.models import Agent, AgentAppeal, AgentRuling, BudgetRound
from app.budgeting.queries.rounds import public_round
from app.budgeting.rules import AgentState, RoundState
from app.budgeting.rules.registering import RefusalReason, Ruling, Sex
from app.core.db import db
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.spaces.models import Space
from app.territories.models import Territory, TerritoryLevel

AGENT_SUBJECT = "budget-agent"


def accredited_person_ids(round_id: int) -> frozenset[int]:
    """The people with an account who are accredited agents of the round, with vote or without."""
    return _people(round_id, with_vote_only=False)


def voting_person_ids(round_id: int) -> frozenset[int]:
    """The accredited agents with vote."""
    return _people(round_id, with_vote_only=True)


def _people(round_id: int, *, with_vote_only: bool) -> frozenset[int]:
    statement = select(Agent.person_id).where(
        Agent.round_id == round_id, Agent.state == AgentState.ACCREDITED, Agent.person_id.is_not(None)
    )
    if with_vote_only:
        statement = statement.where(Agent.has_vote.is_(True))
    return frozenset(person_id for person_id in db.session.scalars(statement) if person_id is not None)


def agent_of(round_id: int, person_id: int) -> Agent | None:
    """The registration of that person in the round, in any state."""
    return db.session.scalar(
        select(Agent)
        .where(Agent.round_id == round_id, Agent.person_id == person_id)
        .options(joinedload(Agent.territory), joinedload(Agent.organisation))
    )


@dataclass(frozen=True)
class RoundAndAgents:
    """A round and who its agents are, so that `permissions.is_agent` can judge; read only when it is asked."""

    round: BudgetRound

    @property
    def scope(self) -> Scope:
        return self.round.scope

    @cached_property
    def agent_person_ids(self) -> frozenset[int]:
        return accredited_person_ids(self.round.id)

    @cached_property
    def voting_person_ids(self) -> frozenset[int]:
        return voting_person_ids(self.round.id)


def round_and_agents(slug: str) -> RoundAndAgents | None:
    """The round of a public process: what pages for agents load."""
    found = public_round(slug)
    return RoundAndAgents(found) if found is not None else None


def public_agents(round_id: int) -> Sequence[Agent]:
    """The accredited ones, by number: their names are public by their office."""
    return db.session.scalars(
        select(Agent)
        .where(Agent.round_id == round_id, Agent.state == AgentState.ACCREDITED)
        .options(joinedload(Agent.territory), joinedload(Agent.organisation))
        .order_by(Agent.number)
    ).all()


def agents_present(round_id: int) -> Sequence[Agent]:
    """Everybody who registered and has not left or been refused, by number."""
    return db.session.scalars(
        select(Agent)
        .where(Agent.round_id == round_id, Agent.state.in_((AgentState.REGISTERED, AgentState.ACCREDITED)))
        .order_by(Agent.number)
    ).all()


def all_agents(round_id: int) -> Sequence[Agent]:
    """Every registration, in any state, by number: for the team."""
    return db.session.scalars(
        select(Agent)
        .where(Agent.round_id == round_id)
        .options(joinedload(Agent.territory), joinedload(Agent.organisation))
        .order_by(Agent.number)
    ).all()


def agent(slug: str, number: int) -> Agent | None:
    """A registration of a public process by its number; round, process, space and territory loaded."""
    return db.session.scalar(
        select(Agent)
        .join(BudgetRound)
        .join(Process)
        .where(Process.slug == slug, Process.state != ProcessState.DRAFT, Agent.number == number)
        .options(
            joinedload(Agent.round).joinedload(BudgetRound.process).joinedload(Process.space), joinedload(Agent.territory),
            joinedload(Agent.organisation),
        )
    )  # fmt: skip


def rulings_of(agent_id: int) -> Sequence[AgentRuling]:
    """Everything decided about the agent, the oldest first."""
    return db.session.scalars(select(AgentRuling).where(AgentRuling.agent_id == agent_id).order_by(AgentRuling.n)).all()


def refused_by(agent_id: int) -> int | None:
    """Who refused the registration."""
    return db.session.scalar(
        select(AgentRuling.person_id)
        .where(AgentRuling.agent_id == agent_id, AgentRuling.ruling == Ruling.REFUSED)
        .order_by(AgentRuling.n.desc())
        .limit(1)
    )


def appeal_of(agent_id: int) -> AgentAppeal | None:
    """The appeal of the agent, the agent with its round, process and space loaded."""
    return db.session.scalar(
        select(AgentAppeal)
        .where(AgentAppeal.agent_id == agent_id)
        .options(joinedload(AgentAppeal.agent).joinedload(Agent.round).joinedload(BudgetRound.process).joinedload(Process.space))
    )


def open_appeals(round_id: int) -> Sequence[AgentAppeal]:
    """Those without an answer, the oldest first, agents loaded."""
    return db.session.scalars(
        select(AgentAppeal)
        .join(Agent)
        .where(Agent.round_id == round_id, AgentAppeal.answered_at.is_(None))
        .options(joinedload(AgentAppeal.agent))
        .order_by(AgentAppeal.received_at, AgentAppeal.id)
    ).all()


def last_agent_number(round_id: int) -> int:
    return db.session.scalar(select(func.max(Agent.number)).where(Agent.round_id == round_id)) or 0


def delegates_known(round_id: int) -> frozenset[str]:
    """Who is registered already, folded with their organisation."""
    return frozenset(db.session.scalars(select(Agent.folded).where(Agent.round_id == round_id, Agent.folded.is_not(None))))


def organisation_named(name: str) -> Organisation | None:
    """The organisation of the map with exactly that name."""
    return db.session.scalar(select(Organisation).where(Organisation.name == name).order_by(Organisation.id).limit(1))


def districts_of(space: Space) -> Sequence[Territory]:
    """Where the agents of a round of that space may come from: its own territory and the districts inside it, by name."""
    if not space.ubigeo:
        return []
    inside = Territory.ubigeo.startswith(space.ubigeo, autoescape=True)
    rows = select(Territory).where(inside, (Territory.level == TerritoryLevel.DISTRICT) | (Territory.ubigeo == space.ubigeo))
    return db.session.scalars(rows.order_by(Territory.ubigeo)).all()


@dataclass(frozen=True)
class AgentsCounted:
    """How many accredited agents with vote there are: by territory, by sector, and by sex of those who told it."""

    total: int
    by_territory: list[tuple[str, int]]
    by_sector: list[tuple[Sector, int]]
    by_sex: dict[Sex, int]


def agents_counted(round_id: int) -> AgentsCounted:
    """In three statements; nobody is named."""
    here = (Agent.round_id == round_id, Agent.state == AgentState.ACCREDITED, Agent.has_vote.is_(True))
    territories = db.session.execute(
        select(Territory.name, func.count()).join(Agent, Agent.ubigeo == Territory.ubigeo).where(*here).group_by(Territory.name).order_by(
            Territory.name
        )
    ).all()  # fmt: skip
    sectors = db.session.execute(select(Agent.sector, func.count()).where(*here).group_by(Agent.sector).order_by(Agent.sector)).all()
    sexes = db.session.execute(select(Agent.sex, func.count()).where(*here).group_by(Agent.sex)).all()
    return AgentsCounted(
        sum(n for _sector, n in sectors), [(name, n) for name, n in territories], [(sector, n) for sector, n in sectors],
        {sex: n for sex, n in sexes},
    )  # fmt: skip


def agents_gone(round_id: int) -> list[tuple[int, int | None]]:
    """The numbers of accredited agents who left, each with the number of whoever took their place."""
    successor = aliased(Agent)
    rows = db.session.execute(
        select(Agent.number, successor.number)
        .outerjoin(successor, successor.replaces_id == Agent.id)
        .where(Agent.round_id == round_id, Agent.state == AgentState.WITHDRAWN)
        .order_by(Agent.number)
    )
    return [(number, by) for number, by in rows]


def refusals_counted(round_id: int) -> list[tuple[RefusalReason, int]]:
    """How many stand refused for each reason of the list."""
    rows = db.session.execute(
        select(Agent.refusal, func.count())
        .where(Agent.round_id == round_id, Agent.state == AgentState.REFUSED)
        .group_by(Agent.refusal)
        .order_by(Agent.refusal)
    )
    return [(reason, n) for reason, n in rows if reason is not None]


def registrations_of(person_id: int) -> Sequence[Agent]:
    """The registrations made with that account in rounds that are not closed, round and process loaded, the newest first."""
    return db.session.scalars(
        select(Agent)
        .join(BudgetRound)
        .where(Agent.person_id == person_id, BudgetRound.state != RoundState.CLOSED)
        .options(joinedload(Agent.round).joinedload(BudgetRound.process))
        .order_by(Agent.registered_at.desc(), Agent.id.desc())
    ).all()
