"""Whether a schedule may be published, and what of it moves with fewer than 14 days' notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from app.core.clock import lima_day
from app.core.errors import Problem
from app.processes.rules.completeness import missing_from
from app.processes.rules.notice import LEAST_DAYS, earliest_start, notice_days
from app.processes.rules.schedule import OpportunityPlan, PhaseKind, PhaseSpan, Schedule

SHORTEST_REASON = 20
PHASE_ORDER = tuple(PhaseKind)
STANDS_ALONE = (PhaseKind.FEEDBACK, PhaseKind.VALIDATION, PhaseKind.APPROVAL)


class ScheduleProblem(StrEnum):
    NO_START = "no-start"
    START_TOO_SOON = "start-too-soon"
    NO_PHASES = "no-phases"
    NO_FEEDBACK_PHASE = "no-feedback-phase"
    NO_APPROVAL_PHASE = "no-approval-phase"
    PHASE_BACKWARDS = "phase-backwards"
    PHASES_OUT_OF_ORDER = "phases-out-of-order"
    PHASE_OVERLAP = "phase-overlap"
    NO_OPPORTUNITIES = "no-opportunities"
    OPPORTUNITY_INCOMPLETE = "opportunity-incomplete"
    OPPORTUNITY_BACKWARDS = "opportunity-backwards"
    OPPORTUNITY_BEFORE_START = "opportunity-before-start"
    SLUG_TAKEN = "slug-taken"
    NOTHING_CHANGED = "nothing-changed"
    REASON_MISSING = "schedule-reason-missing"
    NOT_IN_REVIEW = "not-in-review"
    NOT_OPEN = "not-open"
    DRAFTER_APPROVES = "drafter-approves"
    SAME_PERSON_APPROVES = "same-person-approves"
    ALREADY_APPROVED = "already-approved"
    APPROVAL_MISSING = "approval-missing"


class MoveKind(StrEnum):
    START = "start"
    PHASE = "phase"
    OPPORTUNITY = "opportunity"


class Change(StrEnum):
    MOVED = "moved"
    PLACE = "place"
    ADDED = "added"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Move:
    """Something that people count on and that a new version moves. `days` is the notice that it gives, never negative."""

    kind: MoveKind
    change: Change
    key: str
    title: str
    before: str | datetime | None
    after: str | datetime | None
    days: int
    is_short: bool


def problems_with_content(schedule: Schedule, *, is_retroactive: bool = False) -> list[Problem]:
    """What a schedule lacks, whoever publishes it and whenever."""
    problems = []
    if schedule.start_at is None:
        problems.append(Problem(ScheduleProblem.NO_START, "start"))
    problems += _phase_problems(schedule.phases)
    if not schedule.opportunities:
        problems.append(Problem(ScheduleProblem.NO_OPPORTUNITIES, "opportunities"))
    for plan in schedule.opportunities:
        problems += _opportunity_problems(plan, None if is_retroactive else schedule.start_at)
    return problems


def problems_with_publication(
    schedule: Schedule, *, previous: Schedule | None, reason: str, now: datetime, is_retroactive: bool = False
) -> list[Problem]:
    """Why `schedule` may not be published at `now`; `previous` is what is public today, if anything.

    A first publication needs a start 14 whole days away. Later ones may record what really happens, with a reason.
    """
    problems = problems_with_content(schedule, is_retroactive=is_retroactive)
    if previous is None:
        problems += _start_problems(schedule, now, is_retroactive)
    elif schedule == previous:
        problems.append(Problem(ScheduleProblem.NOTHING_CHANGED))
    elif len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(ScheduleProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    return problems


def _start_problems(schedule: Schedule, now: datetime, is_retroactive: bool) -> list[Problem]:
    possible = earliest_start(lima_day(now))
    if is_retroactive or schedule.start_at is None or lima_day(schedule.start_at) >= possible:
        return []
    return [Problem(ScheduleProblem.START_TOO_SOON, "start", {"days": notice_days(now, schedule.start_at), "earliest": possible})]


def _phase_problems(phases: tuple[PhaseSpan, ...]) -> Iterator[Problem]:
    if not phases:
        yield Problem(ScheduleProblem.NO_PHASES, "phases")
        return
    kinds = {phase.kind for phase in phases}
    if PhaseKind.FEEDBACK not in kinds:
        yield Problem(ScheduleProblem.NO_FEEDBACK_PHASE, "phases")
    if PhaseKind.APPROVAL not in kinds:
        yield Problem(ScheduleProblem.NO_APPROVAL_PHASE, "phases")
    for phase in phases:
        if phase.closes_at < phase.opens_at:
            yield Problem(ScheduleProblem.PHASE_BACKWARDS, phase.kind.value, {"phase": phase.title})
    for first, second in pairwise(sorted(phases, key=lambda p: PHASE_ORDER.index(p.kind))):
        values = {"first": first.title, "second": second.title}
        if second.opens_at < first.opens_at:
            yield Problem(ScheduleProblem.PHASES_OUT_OF_ORDER, second.kind.value, values)
        elif second.kind in STANDS_ALONE and second.opens_at <= first.closes_at:
            yield Problem(ScheduleProblem.PHASE_OVERLAP, second.kind.value, values)


def _opportunity_problems(plan: OpportunityPlan, start_at: datetime | None) -> Iterator[Problem]:
    missing = missing_from(plan)
    if missing:
        yield Problem(ScheduleProblem.OPPORTUNITY_INCOMPLETE, plan.slug, {"title": plan.title, "missing": missing})
    if plan.starts_at and plan.ends_at and plan.ends_at < plan.starts_at:
        yield Problem(ScheduleProblem.OPPORTUNITY_BACKWARDS, plan.slug, {"title": plan.title})
    if plan.starts_at and start_at and lima_day(plan.starts_at) < lima_day(start_at):
        yield Problem(ScheduleProblem.OPPORTUNITY_BEFORE_START, plan.slug, {"title": plan.title})


def moves(before: Schedule | None, after: Schedule, now: datetime) -> tuple[Move, ...]:
    """What `after` moves of what `before` announced: start, phases, opportunities, places; added and cancelled ones too."""
    if before is None:
        return ()
    found: list[Move] = []
    if before.start_at != after.start_at:
        found.append(_move(MoveKind.START, Change.MOVED, "start", "", before.start_at, after.start_at, now))
    for kind in PHASE_ORDER:
        found += _phase_moves(before.phase(kind), after.phase(kind), now)
    slugs = dict.fromkeys([o.slug for o in before.opportunities] + [o.slug for o in after.opportunities])
    for slug in slugs:
        found += _opportunity_moves(before.opportunity(slug), after.opportunity(slug), now)
    return tuple(found)


def is_short_notice(moved: tuple[Move, ...]) -> bool:
    return any(move.is_short for move in moved)


def _phase_moves(before: PhaseSpan | None, after: PhaseSpan | None, now: datetime) -> Iterator[Move]:
    if before is None and after is not None:
        yield _move(MoveKind.PHASE, Change.ADDED, after.kind, after.title, None, after.opens_at, now)
    if before is not None and after is None:
        yield _move(MoveKind.PHASE, Change.CANCELLED, before.kind, before.title, before.opens_at, None, now)
    if before is not None and after is not None:
        for old, new in ((before.opens_at, after.opens_at), (before.closes_at, after.closes_at)):
            if old != new:
                yield _move(MoveKind.PHASE, Change.MOVED, after.kind, after.title, old, new, now)


def _opportunity_moves(before: OpportunityPlan | None, after: OpportunityPlan | None, now: datetime) -> Iterator[Move]:
    kind = MoveKind.OPPORTUNITY
    if before is None and after is not None:
        yield _move(kind, Change.ADDED, after.slug, after.title, None, after.starts_at, now)
    if before is not None and after is None:
        yield _move(kind, Change.CANCELLED, before.slug, before.title, before.starts_at, None, now, until=before.ends_at)
    if before is None or after is None:
        return
    if before.starts_at != after.starts_at:
        yield _move(kind, Change.MOVED, after.slug, after.title, before.starts_at, after.starts_at, now)
    elif before.ends_at != after.ends_at:
        yield _move(kind, Change.MOVED, after.slug, after.title, before.ends_at, after.ends_at, now)
    if (before.place, before.url) != (after.place, after.url):
        days, is_short = _notice((after.starts_at,), now, until=after.ends_at)
        yield Move(kind, Change.PLACE, after.slug, after.title, before.place or before.url, after.place or after.url, days, is_short)


def _move(
    kind: MoveKind, change: Change, key: str, title: str, before: datetime | None, after: datetime | None, now: datetime,
    until: datetime | None = None,
) -> Move:  # fmt: skip
    days, is_short = _notice((before, after), now, until=until)
    return Move(kind, change, str(key), title, before, after, days, is_short)


def _notice(instants: tuple[datetime | None, ...], now: datetime, *, until: datetime | None) -> tuple[int, bool]:
    """Days to the soonest of the instants still to come; what is wholly past can no longer surprise anybody."""
    known = [instant for instant in instants if instant is not None]
    coming = [notice_days(now, instant) for instant in known if lima_day(instant) >= lima_day(now)]
    if coming:
        return min(coming), min(coming) < LEAST_DAYS
    is_under_way = until is not None and until >= now
    return 0, is_under_way
