"""The tracker: how each commitment stands as each sector reads it, which semesters are missing, how many milestones are done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.clock import lima_day
from app.plans.models import ActionPlan
from app.plans.queries.follow_up import ProgressRow, progress_of
from app.plans.queries.plans import CommitmentRow, commitments
from app.plans.rules import progress as rules
from app.plans.rules.commitments import IN_FORCE
from app.plans.rules.plan import PlanState
from app.plans.rules.progress import Completion, ReadingOf


@dataclass(frozen=True)
class Semester:
    """The two readings of a whole commitment at a semester; either may be missing."""

    period: str
    government: ProgressRow | None
    civil: ProgressRow | None

    @property
    def differ(self) -> bool:
        return rules.differ(self.government.completion if self.government else None, self.civil.completion if self.civil else None)


@dataclass(frozen=True)
class TrackerRow:
    """One commitment: its semesters with a reading, newest first; the semesters that ended unreported; its milestones' last readings."""

    commitment: CommitmentRow
    semesters: tuple[Semester, ...]
    overdue: tuple[str, ...]
    milestones: dict[str, ProgressRow]

    @property
    def latest(self) -> ProgressRow | None:
        """The last reading of the government."""
        return next((s.government for s in self.semesters if s.government), None)

    @property
    def latest_civil(self) -> ProgressRow | None:
        return next((s.civil for s in self.semesters if s.civil), None)

    @property
    def done(self) -> int:
        """Milestones that the government's last reading calls complete."""
        return sum(1 for row in self.milestones.values() if row.completion is Completion.COMPLETE)

    @property
    def differ(self) -> bool:
        return any(semester.differ for semester in self.semesters)

    @property
    def is_in_force(self) -> bool:
        return self.commitment.state in IN_FORCE


def first_day(plan: ActionPlan) -> date | None:
    """When the plan's semesters begin to count: its first day, else its approval; None for a draft."""
    if plan.state is not PlanState.APPROVED:
        return None
    return plan.starts_on or (lima_day(plan.approved_at) if plan.approved_at else None)


def tracker(plan: ActionPlan, today: date) -> list[TrackerRow]:
    """In the order of the plan; three statements whatever its size."""
    readings: dict[int, list[ProgressRow]] = {}
    for row in progress_of(plan.process_id):
        readings.setdefault(row.commitment, []).append(row)
    return [_row(c, readings.get(c.number, ()), plan, today) for c in commitments(plan.id)]


def _row(commitment: CommitmentRow, readings: Sequence[ProgressRow], plan: ActionPlan, today: date) -> TrackerRow:
    whole = str(commitment.number)
    by_period: dict[str, dict[ReadingOf, ProgressRow]] = {}
    milestones: dict[str, ProgressRow] = {}
    for row in readings:
        if row.clause == whole:
            by_period.setdefault(row.period, {})[row.reading_of] = row
        elif row.reading_of is ReadingOf.GOVERNMENT:
            milestones[row.clause] = row  # rows come by semester: the last one stays
    semesters = tuple(
        Semester(period, by_period[period].get(ReadingOf.GOVERNMENT), by_period[period].get(ReadingOf.CIVIL_SOCIETY))
        for period in sorted(by_period, reverse=True)
    )
    return TrackerRow(commitment, semesters, _overdue(commitment, readings, plan, today), milestones)


def _overdue(commitment: CommitmentRow, readings: Sequence[ProgressRow], plan: ActionPlan, today: date) -> tuple[str, ...]:
    first = first_day(plan)
    if first is None or commitment.state not in IN_FORCE:
        return ()
    complete = [
        r.period for r in readings if r.reading_of is ReadingOf.GOVERNMENT and r.completion is Completion.COMPLETE and "." not in r.clause
    ]
    last = min((rules.ends_on(period) for period in complete), default=plan.ends_on)
    reported = {r.period for r in readings if r.reading_of is ReadingOf.GOVERNMENT}
    return rules.overdue(reported, first, last, today)
