"""Every agent is told in writing, where there is an address."""

from datetime import datetime
from typing import Any

from app.budgeting import queries
from app.budgeting.models import Agent, BudgetRound, CalendarVersion
from app.notifications import services as notifications
from app.notifications.rules import is_address
from app.notifications.services import NewLetter


def queue(kind: str, agent: Agent, content: dict[str, Any], *, event: str, now: datetime) -> None:
    """A letter to the agent, if there is an address; `event` names the fact, so that nobody is told twice. The caller commits."""
    if not is_address(agent.email):
        return
    notifications.queue(
        kind, address=agent.email, person_id=agent.person_id, subject_kind=queries.AGENT_SUBJECT, subject_id=agent.id,
        content={**_common(agent.round), "name": agent.name, "number": agent.number, "has_account": agent.person_id is not None, **content},
        dedupe_key=f"{kind}:{agent.id}:{event}", at=now,
    )  # fmt: skip


def _common(round_: BudgetRound) -> dict[str, Any]:
    return {"slug": round_.process.slug, "process": round_.process.title, "year": round_.fiscal_year}


def calendar_changed(round_: BudgetRound, version: CalendarVersion, *, now: datetime) -> int:
    """One letter to every agent who has not left, with the reason of the change; how many."""
    content = {**_common(round_), "n": version.n, "reason": version.reason, "is_short_notice": version.is_short_notice}
    kind = "budgeting.calendar-changed"
    told = [
        NewLetter(
            agent.email, queries.AGENT_SUBJECT, agent.id, {**content, "name": agent.name}, f"{kind}:{agent.id}:{version.n}", agent.person_id
        )
        for agent in queries.agents_present(round_.id)
        if is_address(agent.email)
    ]
    return notifications.queue_many(kind, told, at=now)
