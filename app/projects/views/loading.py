"""What the pages of projects load, and who acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import flash, get_flashed_messages, redirect, url_for

from app.budgeting import queries as rounds
from app.core import clock
from app.core.fields import sentence
from app.core.guard import current_actor
from app.core.permissions import Scope
from app.projects import messages, queries

if TYPE_CHECKING:
    from flask import Response

    from app.budgeting.models import Agent, BudgetRound
    from app.core.errors import RuleBroken
    from app.projects.models import Evaluation, Project, ScoringMatrix

desk_round = rounds.round_of


def by() -> dict[str, Any]:
    """Who acts, and when: what every service takes."""
    return {"person_id": current_actor().person_id or 0, "now": clock.now()}


def fresh_round(round_: BudgetRound) -> BudgetRound:
    """The round read again: what was loaded is forgotten when a refused act is rolled back."""
    return rounds.round_by_id(round_.id) or round_


def fresh(project: Project) -> Project:
    """The project read again, after a refused act was rolled back."""
    return queries.project_by_id(project.id) or project


def flashes() -> list[Any]:
    return list(get_flashed_messages(with_categories=True))


def said(broken: RuleBroken) -> str:
    """The sentences of what was refused, when there is no field to put them on."""
    return " ".join(
        f"{p.values['code']}: {s}" if "code" in p.values and p.values["code"] not in s else s
        for p in broken.problems
        for s in [sentence(messages.PROBLEMS, p)]
    )


def see(endpoint: str, told: str, **values: Any) -> Response:
    """After an act: say it was done and show it."""
    flash(told, "good")
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]


@dataclass(frozen=True)
class OpenEvaluation:
    """A project and the evaluation being done."""

    project: Project
    evaluation: Evaluation

    @property
    def scope(self) -> Scope:
        return self.project.scope


def open_evaluation(codigo: str) -> OpenEvaluation | None:
    project = queries.project_by_code(codigo)
    found = queries.open_evaluation(project.id) if project else None
    return OpenEvaluation(project, found) if project and found else None


@dataclass(frozen=True)
class Marking:
    """A project being marked in the matrix of its round; `agent` is who marks, None for the team."""

    round: BudgetRound
    matrix: ScoringMatrix
    project: Project
    agent: Agent | None = None

    @property
    def scope(self) -> Scope:
        return self.round.scope

    @cached_property
    def voting_person_ids(self) -> frozenset[int]:
        return rounds.voting_person_ids(self.round.id)


def team_marking(slug: str, codigo: str) -> Marking | None:
    return _marking(rounds.round_of(slug), codigo)


def agent_marking(slug: str, codigo: str) -> Marking | None:
    round_ = rounds.public_round(slug)
    agent = rounds.agent_of(round_.id, current_actor().person_id or 0) if round_ else None
    return _marking(round_, codigo, agent)


def _marking(round_: BudgetRound | None, codigo: str, agent: Agent | None = None) -> Marking | None:
    project = queries.project_by_code(codigo)
    matrix = queries.published_matrix(round_.id) if round_ else None
    if round_ is None or matrix is None or project is None or project.round_id != round_.id or not project.is_public:
        return None
    return Marking(round_, matrix, project, agent)


@dataclass(frozen=True)
class Appealing:
    """A public project, and who are the agents of its round."""

    project: Project

    @property
    def scope(self) -> Scope:
        return self.project.scope

    @cached_property
    def agent_person_ids(self) -> frozenset[int]:
        return rounds.accredited_person_ids(self.project.round_id)


def appealing(codigo: str) -> Appealing | None:
    project = queries.public_project(codigo)
    return Appealing(project) if project else None
