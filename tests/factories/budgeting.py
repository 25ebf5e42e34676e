"""A participatory budget for tests: a round with its ceiling, agents, projects and a vote, as rows."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from app.budgeting.models import Agent, BudgetRound
from app.budgeting.rules import AgentKind, AgentState, RoundState
from app.core.db import db
from app.projects.models import Project
from app.projects.rules import ProjectState
from app.voting.models import Vote, VoteOption
from app.voting.rules import BallotKind, VoteState
from tests.cast import SARA
from tests.world import NOON, World

SOLES = 100  # céntimos


def a_round(world: World, *, ceiling_cents: int = 1_200_000 * SOLES, **changes: Any) -> BudgetRound:
    """The round of the world's process."""
    made = BudgetRound(
        process_id=world.process_id, fiscal_year=2027, ceiling_cents=ceiling_cents, created_by_id=world.id_of(SARA), created_at=NOON,
        **changes,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def bring_to(round_: BudgetRound, state: RoundState) -> None:
    """The round in that state, as if every guard on the way had been met."""
    db.session.execute(update(BudgetRound).where(BudgetRound.id == round_.id).values(state=state))
    db.session.refresh(round_, ["state"])


def an_agent(round_: BudgetRound, number: int, name: str = "Delia Huanca Soto", **changes: Any) -> Agent:
    """An accredited agent of civil society, unless told otherwise."""
    given = {"kind": AgentKind.CIVIL_SOCIETY, "state": AgentState.ACCREDITED, "registered_at": NOON} | changes
    made = Agent(round_id=round_.id, number=number, name=name, **given)
    db.session.add(made)
    db.session.flush()
    return made


def a_project(round_: BudgetRound, number: int, title: str = "Ampliar la posta", cost: int = 100_000, **changes: Any) -> Project:
    """An admissible, public project; `cost` in soles."""
    given = {"state": ProjectState.ADMISSIBLE, "is_public": True, "created_by_id": round_.created_by_id, "created_at": NOON} | changes
    made = Project(round_id=round_.id, number=number, code=f"PR{round_.id}-{number:03d}", title=title, cost_cents=cost * SOLES, **given)
    db.session.add(made)
    db.session.flush()
    return made


def a_vote(round_: BudgetRound, projects: list[Project], *, opens_at: datetime = NOON, days: int = 10, **changes: Any) -> Vote:
    """An open approval vote with every channel, on these projects."""
    given = {
        "kind": BallotKind.APPROVAL, "most": max(1, len(projects)), "state": VoteState.OPEN, "channels": ["web", "token", "booth", "paper"],
        "created_by_id": round_.created_by_id, "created_at": NOON, "slug": "votacion", "title": "Votación",
    } | changes  # fmt: skip
    made = Vote(round_id=round_.id, opens_at=opens_at, closes_at=opens_at + timedelta(days=days), **given)
    db.session.add(made)
    db.session.flush()
    for project in projects:
        db.session.add(
            VoteOption(
                vote_id=made.id, number=project.number, project_id=project.id, title=project.title, cost_cents=project.cost_cents or 1,
                ubigeo=project.ubigeo,
            )
        )  # fmt: skip
    db.session.flush()
    return made
