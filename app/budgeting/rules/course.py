"""The course of a round from its norm to its closing, and what each step asks for (domain.md 11, `pb_process`)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.budgeting.rules.documents import SHORTEST_REASON, DocumentKind
from app.budgeting.rules.states import RoundState
from app.core.errors import Problem

ORDER = tuple(RoundState)
FIRST_YEAR = 2004
"""The first that Ley 28056, of August 2003, could reach."""


class CourseProblem(StrEnum):
    NOT_NEXT = "round-not-next"
    REASON_MISSING = "round-reason-missing"
    NOT_A_BUDGET = "round-not-a-budget"
    HAS_ROUND = "round-exists"
    PROCESS_NOT_PUBLIC = "round-process-not-public"
    YEAR_UNLIKELY = "round-year-unlikely"
    APPEAL_DAYS = "round-appeal-days"
    COMMITTEE_SIZE = "round-committee-size"
    REGULATION_MISSING = "round-regulation-missing"
    CALENDAR_MISSING = "round-calendar-missing"
    REGISTRATION_OPEN = "round-registration-open"
    AGENTS_WAITING = "round-agents-waiting"
    APPEALS_WAITING = "round-appeals-waiting"
    NO_VOTING_AGENTS = "round-no-voting-agents"
    NO_TECHNICAL_TEAM = "round-no-technical-team"
    DIAGNOSIS_MISSING = "round-diagnosis-missing"
    RESULTS_WORKSHOP_AHEAD = "round-results-workshop-ahead"
    PROJECTS_WAITING = "round-projects-waiting"
    APPEALS_RUNNING = "round-appeals-running"
    VOTE_OPEN = "round-vote-open"
    ACT_MISSING = "round-act-missing"
    COMMITTEE_MISSING = "round-committee-missing"
    DROPPED_UNANSWERED = "round-dropped-unanswered"
    OPENING_BUDGET_MISSING = "round-opening-budget-missing"
    YEAR_NOT_BEGUN = "round-year-not-begun"
    HEARING_MISSING = "round-hearing-missing"


@dataclass(frozen=True)
class RoundFacts:
    """What the guards look at. The last six come from the packages above (`minka.round_facts`): without them nothing is granted.

    `registration_ends_on` and `results_workshop_ends_on` are what the calendar in force says.
    """

    today: date
    fiscal_year: int
    documents: frozenset[DocumentKind] = frozenset()
    has_calendar: bool = False
    registration_ends_on: date | None = None
    results_workshop_ends_on: date | None = None
    agents_waiting: int = 0
    appeals_waiting: int = 0
    voting_agents: int = 0
    technical_team: int = 0
    hearings_accounted: int = 0
    projects_waiting: int = 0
    appealable_until: date | None = None
    open_votes: int = 0
    has_signed_act: bool = False
    has_committee: bool = False
    unanswered_dropped: int = 0


@dataclass(frozen=True)
class OpeningDraft:
    """A round as it is opened. `vigilance_*` are the size and the term of the committee (domain.md BR-31)."""

    fiscal_year: int
    ceiling_cents: int
    appeal_days: int = 5
    vigilance_minimum: int = 4
    vigilance_months: int = 24


_FROM_ABOVE = ("projects_waiting", "appealable_until", "open_votes", "has_signed_act", "has_committee", "unanswered_dropped")


def from_above(told: Mapping[str, Any]) -> dict[str, Any]:
    """The facts the packages above gave, without what this rule does not know."""
    return {name: told[name] for name in _FROM_ABOVE if name in told}


def next_state(state: RoundState) -> RoundState | None:
    place = ORDER.index(state)
    return ORDER[place + 1] if place + 1 < len(ORDER) else None


def has_reached(state: RoundState, wanted: RoundState) -> bool:
    return ORDER.index(state) >= ORDER.index(wanted)


def may_vote(state: RoundState) -> bool:
    """Nobody votes before the registration of agents is closed, nor once the act was signed (domain.md 11)."""
    return has_reached(state, RoundState.AGENTS_REGISTERED) and not has_reached(state, RoundState.ACT_SIGNED)


def problems_with_opening(draft: OpeningDraft, *, is_budget: bool, is_public: bool, has_round: bool, today: date) -> tuple[Problem, ...]:
    """A round belongs to a public process of its kind, one each, for a year that can be budgeted, or a past one kept as a record."""
    problems = []
    if not is_budget:
        problems.append(Problem(CourseProblem.NOT_A_BUDGET))
    if has_round:
        problems.append(Problem(CourseProblem.HAS_ROUND))
    if not is_public:
        problems.append(Problem(CourseProblem.PROCESS_NOT_PUBLIC))
    if not FIRST_YEAR <= draft.fiscal_year <= today.year + 3:
        problems.append(Problem(CourseProblem.YEAR_UNLIKELY, "fiscal_year"))
    if not 1 <= draft.appeal_days <= 60:
        problems.append(Problem(CourseProblem.APPEAL_DAYS, "appeal_days"))
    if draft.vigilance_minimum < 1 or draft.vigilance_months < 1:
        problems.append(Problem(CourseProblem.COMMITTEE_SIZE, "vigilance_minimum"))
    return tuple(problems)


Guard = Callable[[RoundFacts], Iterable[Problem]]


def _prepared(facts: RoundFacts) -> Iterable[Problem]:
    if DocumentKind.REGULATION not in facts.documents:
        yield Problem(CourseProblem.REGULATION_MISSING)
    if not facts.has_calendar:
        yield Problem(CourseProblem.CALENDAR_MISSING)


def _registered(facts: RoundFacts) -> Iterable[Problem]:
    if facts.registration_ends_on is None or facts.today <= facts.registration_ends_on:
        yield Problem(CourseProblem.REGISTRATION_OPEN)
    if facts.agents_waiting:
        yield Problem(CourseProblem.AGENTS_WAITING, None, {"n": facts.agents_waiting})
    if facts.appeals_waiting:
        yield Problem(CourseProblem.APPEALS_WAITING, None, {"n": facts.appeals_waiting})
    if not facts.voting_agents:
        yield Problem(CourseProblem.NO_VOTING_AGENTS)
    if not facts.technical_team:
        yield Problem(CourseProblem.NO_TECHNICAL_TEAM)


def _concerted(facts: RoundFacts) -> Iterable[Problem]:
    if DocumentKind.DIAGNOSIS not in facts.documents:
        yield Problem(CourseProblem.DIAGNOSIS_MISSING)


def _evaluated(facts: RoundFacts) -> Iterable[Problem]:
    if facts.results_workshop_ends_on is None or facts.today <= facts.results_workshop_ends_on:
        yield Problem(CourseProblem.RESULTS_WORKSHOP_AHEAD)


def _prioritised(facts: RoundFacts) -> Iterable[Problem]:
    if facts.projects_waiting:
        yield Problem(CourseProblem.PROJECTS_WAITING, None, {"n": facts.projects_waiting})
    if facts.appealable_until is not None and facts.today <= facts.appealable_until:
        yield Problem(CourseProblem.APPEALS_RUNNING, None, {"day": facts.appealable_until})


def _coordinated(facts: RoundFacts) -> Iterable[Problem]:
    if facts.open_votes:
        yield Problem(CourseProblem.VOTE_OPEN, None, {"n": facts.open_votes})


def _signed(facts: RoundFacts) -> Iterable[Problem]:
    if not facts.has_signed_act:
        yield Problem(CourseProblem.ACT_MISSING)
    if not facts.has_committee:
        yield Problem(CourseProblem.COMMITTEE_MISSING)
    if facts.unanswered_dropped:
        yield Problem(CourseProblem.DROPPED_UNANSWERED, None, {"n": facts.unanswered_dropped})


def _in_opening_budget(facts: RoundFacts) -> Iterable[Problem]:
    if DocumentKind.OPENING_BUDGET not in facts.documents:
        yield Problem(CourseProblem.OPENING_BUDGET_MISSING)


def _executing(facts: RoundFacts) -> Iterable[Problem]:
    if facts.today.year < facts.fiscal_year:
        yield Problem(CourseProblem.YEAR_NOT_BEGUN, None, {"year": facts.fiscal_year})


def _accounted(facts: RoundFacts) -> Iterable[Problem]:
    if not facts.hearings_accounted:
        yield Problem(CourseProblem.HEARING_MISSING)


def _closed(facts: RoundFacts) -> Iterable[Problem]:
    if facts.unanswered_dropped:
        yield Problem(CourseProblem.DROPPED_UNANSWERED, None, {"n": facts.unanswered_dropped})


GUARDS: dict[RoundState, Guard] = {
    RoundState.PREPARATION: _prepared,
    RoundState.AGENTS_REGISTERED: _registered,
    RoundState.CONCERTATION: _concerted,
    RoundState.TECHNICAL_EVALUATION: _evaluated,
    RoundState.PRIORITISATION: _prioritised,
    RoundState.COORDINATION: _coordinated,
    RoundState.ACT_SIGNED: _signed,
    RoundState.IN_OPENING_BUDGET: _in_opening_budget,
    RoundState.EXECUTING: _executing,
    RoundState.ACCOUNTED: _accounted,
    RoundState.CLOSED: _closed,
}
"""What each state asks for before it is reached."""


def missing_for(to: RoundState, facts: RoundFacts) -> tuple[Problem, ...]:
    """What is still missing before `to`, as the page of the round says it."""
    return tuple(GUARDS[to](facts)) if to in GUARDS else ()


def advance_problems(state: RoundState, to: RoundState, reason: str, facts: RoundFacts) -> tuple[Problem, ...]:
    """Only to the next state, with a public reason, and with everything that state asks for."""
    if next_state(state) is not to:
        return (Problem(CourseProblem.NOT_NEXT),)
    problems = list(missing_for(to, facts))
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(CourseProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)
