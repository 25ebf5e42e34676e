"""What several pages of plans load and say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, url_for

from app.core import clock
from app.core.guard import current_actor
from app.plans import queries
from app.plans.rules.template import Section
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.core.permissions import Scope
    from app.plans.models import Commitment, Milestone
    from app.processes.models import Process


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


def commitment_for_staff(slug: str, number: int) -> Commitment | None:
    return queries.commitment_by_slug(slug, number)


@dataclass(frozen=True)
class SectionOf:
    """A section of the template of one commitment."""

    commitment: Commitment
    section: Section

    @property
    def scope(self) -> Scope:
        return self.commitment.scope


def section_for_staff(slug: str, number: int, section: str) -> SectionOf | None:
    """None for a commitment or a section that does not exist."""
    known = next((member for member in Section if member.value == section), None)
    commitment = commitment_for_staff(slug, number) if known else None
    return SectionOf(commitment, known) if commitment and known else None


def milestone_for_staff(slug: str, number: int, milestone: str) -> Milestone | None:
    return queries.milestone_by_slug(slug, number, milestone)


def by() -> dict[str, Any]:
    """Who acts and when, as services take it."""
    return {"person_id": current_actor().person_id, "now": clock.now()}


def see(endpoint: str, anchor: str = "", **arguments: Any) -> Response:
    return redirect(url_for(endpoint, **arguments) + anchor, 303)  # type: ignore[return-value]
