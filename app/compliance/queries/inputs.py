"""Ways to contribute as published, and who used them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.activities.rules import EVENTS
from app.compliance.rules.inputs import ChannelFact, InputFacts
from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.core.db import db
from app.processes.rules.notice import Publication
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, PhaseKind, Schedule


def channels(schedule: Schedule, publications: Sequence[Publication], slug: str) -> list[ChannelFact]:
    """The ways to contribute: what opens before the feedback phase does."""
    phase = schedule.phase(PhaseKind.FEEDBACK)
    announced = _announced(publications)
    found = []
    for plan in schedule.opportunities:
        if plan.starts_at is None or plan.ends_at is None or (phase is not None and plan.starts_at >= phase.opens_at):
            continue
        is_event = plan.kind in EVENTS
        url = f"/procesos/{slug}/actividades/{plan.slug}" if is_event else f"/procesos/{slug}/cronograma"
        found.append(
            ChannelFact(
                plan.title, lima_day(plan.starts_at), lima_day(plan.ends_at), plan.kind is OpportunityKind.ONLINE, is_event,
                announced.get(plan.slug), url,
            )
        )  # fmt: skip
    return found


def _announced(publications: Sequence[Publication]) -> dict[str, date]:
    """When each opportunity was first announced for the day it now has."""
    first: dict[str, tuple[date | None, date]] = {}
    for publication in publications:
        for plan in publication.schedule.opportunities:
            day = lima_day(plan.starts_at) if plan.starts_at else None
            if plan.slug not in first or first[plan.slug][0] != day:
                first[plan.slug] = (day, lima_day(publication.published_at))
    return {slug: announced for slug, (_, announced) in first.items()}


def counted(process_id: int) -> list[tuple[str, str, str, int]]:
    """(sector, language, region, how many) of everything received."""
    region = func.coalesce(func.substr(Contribution.ubigeo, 1, 2), "")
    rows = db.session.execute(
        select(Contribution.sector, Contribution.language, region, func.count())
        .where(Contribution.process_id == process_id)
        .group_by(Contribution.sector, Contribution.language, region)
    )
    return [(str(sector), str(language), code, count) for sector, language, code, count in rows]


def input_facts(ways: list[ChannelFact], rows: list[tuple[str, str, str, int]], publications: Sequence[Publication]) -> InputFacts:
    sums: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
    for *names, count in rows:
        for total, name in zip(sums, names, strict=True):
            if name:
                total[str(name)] = total.get(str(name), 0) + int(count)
    shortened = tuple(
        (p.n, lima_day(p.published_at)) for before, p in zip(publications, publications[1:], strict=False) if _cuts(before, p)
    )
    has_reason = any(p.reason.strip() for p in publications if (p.n, lima_day(p.published_at)) in shortened)
    received = sum(row[3] for row in rows)
    return InputFacts(tuple(ways), sums[0], sums[2], sums[1], received, shortened, has_reason)


def _cuts(before: Publication, after: Publication) -> bool:
    """Whether an online channel lasts less than was announced."""

    def length(plan: OpportunityPlan | None) -> float:
        return (plan.ends_at - plan.starts_at).total_seconds() if plan and plan.starts_at and plan.ends_at else 0

    online = [plan for plan in before.schedule.opportunities if plan.kind is OpportunityKind.ONLINE]
    return any(length(after.schedule.opportunity(plan.slug)) < length(plan) for plan in online)
