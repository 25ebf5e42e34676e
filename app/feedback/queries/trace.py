"""The trace matrix: each contribution with a published answer and the parts of the plan it reached, and the same from the plan's side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select, union_all

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE
from app.feedback.models import Decision, DecisionPart, OutcomeTally
from app.feedback.rules.outcomes import Outcome
from app.feedback.rules.trace import TraceFilters
from app.organisations.rules import Sector
from app.plans.models import ActionPlan, Commitment, Milestone
from app.plans.rules.clauses import key_of
from app.processes.models import Theme
from app.territories.models import Territory


@dataclass(frozen=True)
class Mark:
    """Where a contribution, or one idea of it, is in the plan, and in which degree. `key` is "" when it is nowhere."""

    key: str
    commitment: int | None
    outcome: Outcome
    idea: str
    difference: str


@dataclass(frozen=True)
class TraceRow:
    """One contribution of the matrix with its marks; one mark per idea when it was split."""

    code: str
    title: str
    visibility: Visibility
    sector: Sector
    theme: str
    place: str
    outcome: Outcome
    marks: tuple[Mark, ...]

    @property
    def difference(self) -> str:
        """What changed because of it; for several ideas, each."""
        return " ".join(dict.fromkeys(mark.difference for mark in self.marks if mark.difference))


_WHOLE = (
    select(
        Decision.id.label("decision_id"), Decision.contribution_id.label("contribution_id"), Decision.commitment_id.label("commitment_id"),
        Decision.milestone_id.label("milestone_id"), Decision.clause.label("clause"), Decision.outcome.label("outcome"),
    )
    .where(Decision.is_current, Decision.ideas.is_(None), Decision.commitment_id.is_not(None))
)  # fmt: skip
_PARTS = (
    select(
        Decision.id, Decision.contribution_id, DecisionPart.commitment_id, DecisionPart.milestone_id, DecisionPart.clause,
        DecisionPart.outcome,
    )
    .join(Decision, Decision.id == DecisionPart.decision_id)
    .where(Decision.is_current, DecisionPart.commitment_id.is_not(None))
)  # fmt: skip


def trace_page(process_id: int, filters: TraceFilters, number: int = 1, per_page: int = PER_PAGE) -> list[TraceRow]:
    """A page of the matrix in the order of codes: its ids are found first, then what they say. Three statements whatever its size."""
    order = Contribution.series, Contribution.number, Contribution.id
    found = select(Decision.id).select_from(Contribution).join(Decision, Decision.contribution_id == Contribution.id)
    ids = db.session.scalars(
        _narrowed(found, process_id, filters)
        .where(Contribution.process_id == process_id)
        .order_by(*order)
        .limit(per_page)
        .offset((number - 1) * per_page)
    ).all()
    return _with_marks(db.session.execute(_shown().where(Decision.id.in_(ids)).order_by(*order)).all()) if ids else []


def trace_count(process_id: int, filters: TraceFilters) -> int:
    """How many contributions the matrix has; without filters it is known from the tally of published answers."""
    if not filters.is_narrow:
        answered = db.session.scalar(select(func.sum(OutcomeTally.answers)).where(OutcomeTally.process_id == process_id)) or 0
        held = (
            select(func.count())
            .select_from(Contribution)
            .join(Decision, (Decision.contribution_id == Contribution.id) & Decision.is_current)
            .where(Contribution.process_id == process_id, Contribution.visibility == Visibility.HELD)
        )
        return answered - (db.session.scalar(held) or 0)
    counted = select(func.count()).select_from(Decision).join(Contribution, Contribution.id == Decision.contribution_id)
    return db.session.scalar(_narrowed(counted, process_id, filters)) or 0


def trace_rows(process_id: int, chunk: int = 500) -> Iterator[TraceRow]:
    """The whole matrix for a file, `chunk` contributions in memory at a time."""
    after = 0
    while True:
        rows = db.session.execute(
            _narrowed(_shown(), process_id, TraceFilters()).where(Contribution.id > after).order_by(Contribution.id).limit(chunk)
        ).all()
        if not rows:
            return
        yield from _with_marks(rows)
        after = rows[-1].contribution_id


def _shown() -> Any:
    return (
        select(
            Decision.id, Contribution.id.label("contribution_id"), Contribution.code, Contribution.title, Contribution.visibility,
            Contribution.sector, Theme.name.label("theme"), Territory.name.label("place"), Decision.outcome, Decision.what_changed,
            Decision.adopted_part, Decision.clause, Decision.ideas, Commitment.number.label("commitment"),
            Milestone.number.label("milestone"),
        )
        .select_from(Decision)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
        .outerjoin(Territory, Territory.ubigeo == Contribution.ubigeo)
        .outerjoin(Commitment, Commitment.id == Decision.commitment_id)
        .outerjoin(Milestone, Milestone.id == Decision.milestone_id)
    )  # fmt: skip


def _narrowed(rows: Any, process_id: int, filters: TraceFilters) -> Any:
    """Only published answers to what the public may know of, narrowed by the filters."""
    rows = rows.where(Decision.process_id == process_id, Decision.is_current, Contribution.visibility != Visibility.HELD)
    if filters.outcome is not None:
        rows = rows.where(Decision.outcome == filters.outcome)
    if filters.sector is not None:
        rows = rows.where(Contribution.sector == filters.sector)
    if filters.theme:
        rows = rows.where(Contribution.theme_id == _theme_id(process_id, filters.theme))
    if filters.place:
        rows = rows.where(Contribution.ubigeo.startswith(filters.place, autoescape=True))
    if filters.clause:
        rows = rows.where(Decision.contribution_id.in_(_reaching(process_id, filters.clause)))
    return rows


def _theme_id(process_id: int, slug: str) -> Any:
    return select(Theme.id).where(Theme.process_id == process_id, Theme.slug == slug).scalar_subquery()


def _reaching(process_id: int, key: str) -> Select[Any]:
    """The contributions that reached a part of the plan; a commitment takes in all its parts."""
    number, _, rest = key.partition("." if "." in key else "/")
    commitment = (
        select(Commitment.id)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .where(ActionPlan.process_id == process_id, Commitment.number == int(number))
        .scalar_subquery()
    )
    marks = union_all(_WHOLE, _PARTS).subquery()
    reached = select(marks.c.contribution_id).where(marks.c.commitment_id == commitment)
    if rest and "." in key:
        milestone = select(Milestone.id).where(Milestone.commitment_id == commitment, Milestone.number == key).scalar_subquery()
        return reached.where((marks.c.milestone_id == milestone) | (marks.c.clause == key))
    return reached.where(marks.c.clause == key) if rest else reached


def _with_marks(rows: Sequence[Any]) -> list[TraceRow]:
    parts = _parts_of([row.id for row in rows if row.ideas is not None])
    return [
        TraceRow(
            row.code, row.title, row.visibility, row.sector, row.theme or "", row.place or "", row.outcome,
            parts.get(row.id) or (_mark(row, row.what_changed or row.adopted_part, ""),),
        )
        for row in rows
    ]  # fmt: skip


def _mark(row: Any, difference: str, idea: str) -> Mark:
    return Mark(key_of(row.commitment, row.milestone, row.clause), row.commitment, row.outcome, idea, difference)


def _parts_of(decision_ids: Sequence[int]) -> dict[int, tuple[Mark, ...]]:
    found: dict[int, tuple[Mark, ...]] = {}
    if not decision_ids:
        return found
    for row in db.session.execute(
        select(
            DecisionPart.decision_id, DecisionPart.idea, DecisionPart.outcome, DecisionPart.what_changed, DecisionPart.adopted_part,
            DecisionPart.clause, Commitment.number.label("commitment"), Milestone.number.label("milestone"),
        )
        .outerjoin(Commitment, Commitment.id == DecisionPart.commitment_id)
        .outerjoin(Milestone, Milestone.id == DecisionPart.milestone_id)
        .where(DecisionPart.decision_id.in_(decision_ids))
        .order_by(DecisionPart.decision_id, DecisionPart.n)
    ):  # fmt: skip
        found[row.decision_id] = (*found.get(row.decision_id, ()), _mark(row, row.what_changed or row.adopted_part, row.idea))
    return found


def clause_tally(process_id: int, filters: TraceFilters) -> dict[str, dict[Outcome, int]]:
    """Clause key -> how many contributions reached it in each degree, under the same filters. Three statements.

    Grouped by ids inside the index `ix_decision_place`; numbers are put on afterwards.
    """
    whole = _tallied(_WHOLE, func.count(), process_id, filters)
    parts = _tallied(_PARTS, func.count(func.distinct(Decision.contribution_id)), process_id, filters)
    numbers, milestones = _numbers(process_id)
    found: dict[str, dict[Outcome, int]] = {}
    for commitment_id, milestone_id, clause, outcome, count in [*whole, *parts]:
        counts = found.setdefault(key_of(numbers.get(commitment_id), milestones.get(milestone_id), clause), {})
        counts[outcome] = counts.get(outcome, 0) + count
    return found


def _tallied(marks: Any, count: Any, process_id: int, filters: TraceFilters) -> Sequence[Any]:
    """(commitment id, milestone id, clause, outcome, how many) of whole answers or of parts."""
    by = marks.selected_columns["commitment_id"], marks.selected_columns["milestone_id"], marks.selected_columns["clause"]
    rows = marks.with_only_columns(*by, marks.selected_columns["outcome"], count).where(Decision.process_id == process_id)
    if filters.is_narrow:
        allowed = select(Decision.contribution_id).join(Contribution, Contribution.id == Decision.contribution_id)
        rows = rows.where(Decision.contribution_id.in_(_narrowed(allowed, process_id, filters)))
    return db.session.execute(rows.group_by(*by, marks.selected_columns["outcome"])).all()


def _numbers(process_id: int) -> tuple[dict[int, int], dict[int | None, str]]:
    """Commitment id -> number, milestone id -> number, of the process's plan."""
    commitments: dict[int, int] = {}
    milestones: dict[int | None, str] = {}
    for commitment_id, number, milestone_id, step in db.session.execute(
        select(Commitment.id, Commitment.number, Milestone.id, Milestone.number)
        .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
        .outerjoin(Milestone, Milestone.commitment_id == Commitment.id)
        .where(ActionPlan.process_id == process_id)
    ):
        commitments[commitment_id] = number
        milestones[milestone_id] = step
    return commitments, milestones


def places_said(process_id: int) -> list[tuple[str, str]]:
    """(UBIGEO, name) of the places contributions speak of, by name: for narrowing."""
    return [
        (ubigeo, name)
        for ubigeo, name in db.session.execute(
            select(Territory.ubigeo, Territory.name)
            .where(exists().where(Contribution.ubigeo == Territory.ubigeo, Contribution.process_id == process_id))
            .order_by(Territory.name, Territory.ubigeo)
        )
    ]
