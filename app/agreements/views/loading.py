"""What several pages of the act load and say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, flash, redirect, url_for

from app.agreements import queries
from app.budgeting import queries as rounds
from app.core import clock
from app.core.guard import current_actor

if TYPE_CHECKING:
    from app.agreements.models import ActLine, AgreementAct
    from app.budgeting.models import BudgetRound
    from app.core.permissions import Scope


@dataclass(frozen=True)
class RoundAndAct:
    """A round with the act being worked on, if any, and who its agents are, so that permissions can be judged."""

    round: BudgetRound
    act: AgreementAct | None

    @property
    def scope(self) -> Scope:
        return self.round.scope

    @property
    def slug(self) -> str:
        return self.round.process.slug

    @cached_property
    def agent_person_ids(self) -> frozenset[int]:
        return rounds.accredited_person_ids(self.round.id)


def round_and_act(slug: str) -> RoundAndAct | None:
    found = rounds.round_of(slug)
    return RoundAndAct(found, queries.act_of(slug)) if found is not None else None


def with_act(slug: str) -> RoundAndAct | None:
    """The same, only when there is an act."""
    found = round_and_act(slug)
    return found if found is not None and found.act is not None else None


def line_being_written(slug: str, code: str) -> ActLine | None:
    return queries.line_by_code(slug, code)


def told(round_: BudgetRound) -> dict[str, Any]:
    """The facts of the round, from every floor."""
    facts: dict[str, Any] = current_app.extensions["minka.round_facts"](round_.id)
    return facts


def by() -> dict[str, Any]:
    """Who acts and when, as services take it."""
    return {"person_id": current_actor().person_id, "now": clock.now()}


def see(endpoint: str, said: str, **arguments: Any) -> Response:
    """Back to a page, with a word of what was done."""
    flash(said, "good")
    return redirect(url_for(endpoint, **arguments), 303)  # type: ignore[return-value]
