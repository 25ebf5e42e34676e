"""Prioritising by scores, where the content has a matrix: published, marked by the team and by the agents, and ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.budgeting import queries as rounds
from app.budgeting.models import Agent, BudgetRound
from app.demo import importing
from app.demo.importing import known
from app.projects import queries, services
from app.projects.models import ScoringMatrix
from app.projects.rules.matrix import Marker, MatrixCriterion, MatrixDraft

if TYPE_CHECKING:
    from app.demo.services.load import Stage

WRITER, APPROVER = "tomas", "yeni"


def tell(stage: Stage, round_: BudgetRound) -> None:
    """From the criteria to the published order; nothing without `matrix.toml`. The caller commits."""
    name = f"{stage.space.slug}/matrix.toml"
    if not (importing.CONTENT / name).exists():
        return
    written = importing.read(name)
    now, team = stage.calendar.at(written["day"], "09:00"), stage.person(WRITER)
    services.matrix.save_matrix(round_, _draft(written), version=0, person_id=team, now=now)
    matrix = services.matrix.publish_matrix(round_, person_id=stage.person(APPROVER), now=now)
    agents = [agent for agent in reversed(rounds.all_agents(round_.id)) if agent.has_vote]
    for item in written["marks"]:
        _mark(stage, round_, matrix, sorted(agents, key=lambda agent: agent.number), item)
    when = stage.calendar.at(written["seed_day"], "20:00")
    services.matrix.publish_ranking(round_, matrix, written["seed"], person_id=team, now=when)


def _draft(written: dict[str, Any]) -> MatrixDraft:
    criteria = tuple(
        MatrixCriterion(c["key"], c["name"], c["weight"], Marker(c["marker"]), tuple((mark, said) for mark, said in c["levels"]))
        for c in written["criterion"]
    )
    return MatrixDraft(criteria, written["tie_rule"])


def _mark(stage: Stage, round_: BudgetRound, matrix: ScoringMatrix, agents: list[Agent], item: dict[str, Any]) -> None:
    project = known(next((p for p in queries.projects_of(round_.id) if p.number == item["project"]), None))
    now = stage.calendar.at(importing.read(f"{stage.space.slug}/matrix.toml")["day"] + 1, "11:00")
    services.matrix.mark(matrix, project, item["team"], agent=None, person_id=stage.person(WRITER), now=now)
    for place, agent in enumerate(agents):
        given = {key: marks[place] for key, marks in item["agents"].items()}
        services.matrix.mark(matrix, project, given, agent=agent, person_id=stage.person(WRITER), now=now)
