"""Working on a schedule that is still a draft: every function gives a new schedule, in canonical order."""

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.core.clock import end_of_lima_day, start_of_lima_day
from app.processes.rules.notice import TARGET_DAYS
from app.processes.rules.publication import PHASE_ORDER
from app.processes.rules.schedule import OpportunityPlan, PhaseKind, PhaseSpan, Schedule

# First and last day of each phase, counted from the start. Months of the fifth plan of Peru, shortened to a local process.
TEMPLATE = {
    PhaseKind.PREPARATION: (-TARGET_DAYS, -1),
    PhaseKind.PROBLEMS: (0, 29),
    PhaseKind.COCREATION: (30, 50),
    PhaseKind.FEEDBACK: (51, 85),
    PhaseKind.VALIDATION: (86, 100),
    PhaseKind.APPROVAL: (101, 110),
}
_LATEST = datetime.max.replace(tzinfo=UTC)


def ordered(schedule: Schedule) -> Schedule:
    """Phases in the order of their kinds, opportunities by date; those without one last. Equal content, equal hash."""
    return Schedule(
        start_at=schedule.start_at,
        phases=tuple(sorted(schedule.phases, key=lambda p: PHASE_ORDER.index(p.kind))),
        opportunities=tuple(sorted(schedule.opportunities, key=lambda o: (o.starts_at or _LATEST, o.slug))),
    )


def with_start(schedule: Schedule, start_at: datetime | None) -> Schedule:
    return replace(schedule, start_at=start_at)


def with_phase(schedule: Schedule, span: PhaseSpan) -> Schedule:
    """`span` added, or put in the place of the phase of its kind."""
    return ordered(replace(without_phase(schedule, span.kind), phases=(*without_phase(schedule, span.kind).phases, span)))


def without_phase(schedule: Schedule, kind: PhaseKind) -> Schedule:
    return replace(schedule, phases=tuple(p for p in schedule.phases if p.kind is not kind))


def with_opportunity(schedule: Schedule, plan: OpportunityPlan) -> Schedule:
    """`plan` added, or put in the place of the opportunity with its slug."""
    others = without_opportunity(schedule, plan.slug)
    return ordered(replace(others, opportunities=(*others.opportunities, plan)))


def without_opportunity(schedule: Schedule, slug: str) -> Schedule:
    return replace(schedule, opportunities=tuple(o for o in schedule.opportunities if o.slug != slug))


def with_template(schedule: Schedule, start: date, texts: Mapping[PhaseKind, tuple[str, str]]) -> Schedule:
    """The six phases around `start`, with `texts` (title, summary) for those that are not there; what is written stays."""
    spans = []
    for kind, (first, last) in TEMPLATE.items():
        known = schedule.phase(kind)
        title, summary = (known.title, known.summary) if known else texts[kind]
        opens, closes = start + timedelta(days=first), start + timedelta(days=last)
        spans.append(PhaseSpan(kind, title, summary, start_of_lima_day(opens), end_of_lima_day(closes)))
    return ordered(replace(schedule, phases=tuple(spans)))


def free_slug(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or with the first number from 2 that makes it free: a slug names one opportunity for ever."""
    base = wanted or "actividad"
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
