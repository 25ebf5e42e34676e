"""A public call from its notice to the seats it fills or the entities it admits (domain.md 11, `call`, outbound)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.clock import days_between, lima_day
from app.core.errors import Problem
from app.organisations.rules import Sector

LEAST_DAYS_OPEN = 14  # [D] as the notice of a process (BR-01): two weeks to hear of it and to gather the papers
LEAST_DAYS_FOR_CLAIMS = 5  # [D]
SHORTEST_REASON = 20
WHOLE_WEIGHT = 100
FEWEST_JURORS = 3  # BR-39


class CallKind(StrEnum):
    RENEWAL = "renewal"
    CONTEST = "contest"


class Selection(StrEnum):
    """How those who fulfil the requirements are chosen. A contest of institutions is always scored."""

    VOTE = "vote"
    LOT = "lot"
    SCORING = "scoring"


class CallState(StrEnum):
    """What is stored; whether a published call is open today follows from its dates (`stage`)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    EVALUATING = "evaluating"
    RESULTS = "results"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class CallStage(StrEnum):
    """domain.md 11: borrador, publicada, abierta, cerrada, en evaluación, resultados publicados con reclamos, cerrada."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    EVALUATING = "evaluating"
    CLAIMS = "claims"
    RESULTS = "results"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class CallProblem(StrEnum):
    TITLE_MISSING = "call-title-missing"
    REQUIREMENTS_MISSING = "call-requirements-missing"
    OPENS_BEFORE_NOTICE = "call-opens-before-notice"
    OPEN_TOO_SHORT = "call-open-too-short"
    RESULTS_BEFORE_CLOSE = "call-results-before-close"
    CLAIMS_TOO_SHORT = "call-claims-too-short"
    SEATS_MISSING = "call-seats-missing"
    CRITERIA_MISSING = "call-criteria-missing"
    WEIGHTS_WRONG = "call-weights-wrong"
    CONTEST_IS_SCORED = "call-contest-is-scored"
    SLUG_TAKEN = "call-slug-taken"
    NOT_A_DRAFT = "call-not-a-draft"
    NOT_CLOSED = "call-not-closed"
    NOT_EVALUATING = "call-not-evaluating"
    NOT_PUBLIC = "call-not-public"
    REASON_MISSING = "call-reason-missing"
    TOO_FEW_JURORS = "call-too-few-jurors"
    CONFLICTS_UNDECLARED = "call-conflicts-undeclared"
    ELIGIBILITY_UNDONE = "call-eligibility-undone"
    RESULTS_UNDONE = "call-results-undone"
    TOO_MANY_CHOSEN = "call-too-many-chosen"
    CHOSEN_NOT_ELIGIBLE = "call-chosen-not-eligible"
    CHOSEN_SKIPS = "call-chosen-skips"
    NOT_SELECTED_YET = "call-not-selected-yet"
    CLAIMS_RUNNING = "call-claims-running"
    CLAIMS_UNANSWERED = "call-claims-unanswered"
    CLAIMS_CLOSED = "call-claims-closed"


@dataclass(frozen=True)
class SeatOffer:
    """Seats of one sector that a renewal fills: their numbers, and until when the new terms run."""

    sector: Sector
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class CriterionDraft:
    """What is scored from 0 to `scale`, its weight in percent, and how anybody can check it."""

    name: str
    weight: int
    how_to_check: str = ""
    scale: int = 4


@dataclass(frozen=True)
class CallDraft:
    """A call as it is written; the days are of Lima, both inclusive."""

    kind: CallKind
    title: str
    summary: str
    text: str
    requirements: str
    selection: Selection
    opens_on: date
    closes_on: date
    results_on: date
    claims_until: date
    norm: str = ""
    contact: str = ""
    term_starts_on: date | None = None
    term_ends_on: date | None = None
    seats: tuple[SeatOffer, ...] = ()
    criteria: tuple[CriterionDraft, ...] = ()


def problems_with_call(draft: CallDraft) -> tuple[Problem, ...]:
    """What a call lacks, whenever it is published."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(CallProblem.TITLE_MISSING, "title"))
    if len(draft.requirements.strip()) < SHORTEST_REASON:
        problems.append(Problem(CallProblem.REQUIREMENTS_MISSING, "requirements", {"shortest": SHORTEST_REASON}))
    if draft.kind is CallKind.RENEWAL and not any(offer.numbers for offer in draft.seats):
        problems.append(Problem(CallProblem.SEATS_MISSING, "seats"))
    if draft.kind is CallKind.CONTEST and draft.selection is not Selection.SCORING:
        problems.append(Problem(CallProblem.CONTEST_IS_SCORED, "selection"))
    return (*problems, *_problems_with_days(draft), *_problems_with_criteria(draft))


def _problems_with_days(draft: CallDraft) -> Iterable[Problem]:
    if days_between(draft.opens_on, draft.closes_on) + 1 < LEAST_DAYS_OPEN:
        yield Problem(CallProblem.OPEN_TOO_SHORT, "closes_on", {"least": LEAST_DAYS_OPEN})
    if draft.results_on <= draft.closes_on:
        yield Problem(CallProblem.RESULTS_BEFORE_CLOSE, "results_on")
    if days_between(draft.results_on, draft.claims_until) < LEAST_DAYS_FOR_CLAIMS:
        yield Problem(CallProblem.CLAIMS_TOO_SHORT, "claims_until", {"least": LEAST_DAYS_FOR_CLAIMS})


def _problems_with_criteria(draft: CallDraft) -> Iterable[Problem]:
    if draft.selection is not Selection.SCORING:
        return
    if not draft.criteria:
        yield Problem(CallProblem.CRITERIA_MISSING, "criteria")
    elif sum(criterion.weight for criterion in draft.criteria) != WHOLE_WEIGHT or any(c.weight < 1 or c.scale < 1 for c in draft.criteria):
        yield Problem(CallProblem.WEIGHTS_WRONG, "criteria", {"whole": WHOLE_WEIGHT})


def problems_with_publishing(draft: CallDraft, state: CallState, now: datetime) -> tuple[Problem, ...]:
    """BR-20: what decides is public before it opens, so a call opens at the earliest the day after its notice."""
    if state is not CallState.DRAFT:
        return (Problem(CallProblem.NOT_A_DRAFT),)
    problems = list(problems_with_call(draft))
    if draft.opens_on <= lima_day(now):
        problems.append(Problem(CallProblem.OPENS_BEFORE_NOTICE, "opens_on", {"earliest": lima_day(now) + timedelta(days=1)}))
    return tuple(problems)


@dataclass(frozen=True)
class Dates:
    """The days of a published call."""

    opens_on: date
    closes_on: date
    claims_until: date


def stage(state: CallState, dates: Dates, today: date) -> CallStage:
    """Where a call stands on a day: opening and closing follow its dates, nobody has to press anything."""
    if state is CallState.PUBLISHED:
        if today < dates.opens_on:
            return CallStage.PUBLISHED
        return CallStage.OPEN if today <= dates.closes_on else CallStage.CLOSED
    if state is CallState.RESULTS:
        return CallStage.CLAIMS if today <= dates.claims_until else CallStage.RESULTS
    return CallStage(state.value)
