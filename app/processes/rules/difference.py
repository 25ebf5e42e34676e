"""What differs between two versions of a schedule, as rows that a page or a letter prints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.processes.rules.publication import PHASE_ORDER
from app.processes.rules.schedule import OpportunityPlan, PhaseSpan, Schedule

Value = str | int | datetime | None


class Part(StrEnum):
    """What of a schedule a row is about."""

    START = "start"
    PHASE = "phase"
    OPPORTUNITY = "opportunity"


PHASE_FIELDS = ("title", "summary", "opens_at", "closes_at")
OPPORTUNITY_FIELDS = (
    "title", "kind", "starts_at", "ends_at", "place", "url", "ubigeo", "theme", "language", "who_can_join", "how_to_register",
    "contact", "capacity", "accessibility", "agenda",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field that says something else: of the start, of phase or opportunity `key` called `title`.

    None before: it was not there. None after: it was taken out.
    """

    part: Part
    key: str
    title: str
    field: str
    before: Value
    after: Value


def difference(before: Schedule | None, after: Schedule) -> tuple[Difference, ...]:
    """Start first, then phases in order, then opportunities by date; nothing for what did not change."""
    old = before or Schedule()
    rows: list[Difference] = []
    if old.start_at != after.start_at:
        rows.append(Difference(Part.START, "start", "", "start_at", old.start_at, after.start_at))
    for kind in PHASE_ORDER:
        rows += _rows(Part.PHASE, kind.value, old.phase(kind), after.phase(kind), PHASE_FIELDS, "opens_at")
    slugs = dict.fromkeys([o.slug for o in after.opportunities] + [o.slug for o in old.opportunities])
    for slug in slugs:
        rows += _rows(Part.OPPORTUNITY, slug, old.opportunity(slug), after.opportunity(slug), OPPORTUNITY_FIELDS, "starts_at")
    return tuple(rows)


Item = PhaseSpan | OpportunityPlan


def _rows(part: Part, key: str, old: Item | None, new: Item | None, fields: tuple[str, ...], date_field: str) -> Iterator[Difference]:
    """One row for each field that changed; a thing added or taken out is a single row, named by its date."""
    if old is None and new is None:
        return
    if old is None or new is None:
        present = new or old
        date = getattr(present, date_field)
        yield Difference(part, key, present.title if present else "", "whole", None if old is None else date, None if new is None else date)
        return
    for field in fields:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Difference(part, key, new.title, field, before, after)
