"""How a process goes from state to state (domain.md 11): a table, and the facts that guard each step."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem
from app.processes.rules.states import ProcessState

S = ProcessState
SHORTEST_STATE_REASON = 20
ENDED = (S.CLOSED, S.CANCELLED)


class StateProblem(StrEnum):
    NOT_A_STEP = "not-a-step"
    SCHEDULE_NOT_PUBLISHED = "schedule-not-published"
    START_NOT_RECORDED = "start-not-recorded"
    NOT_ASSIGNED = "not-assigned"
    ANSWERS_WAITING = "answers-waiting"
    ANSWERS_UNKNOWN = "answers-unknown"
    STATE_REASON_MISSING = "state-reason-missing"
    ALREADY_STARTED = "already-started"
    START_IN_FUTURE = "start-in-future"


@dataclass(frozen=True)
class ProcessFacts:
    """What the guards ask. `waiting` is how many contributions have no published answer, None when nobody counted;

    `has_override`: both sectors signed, in public, that the plan is approved with answers missing.
    """

    has_published_schedule: bool = False
    is_started: bool = False
    unassigned: int = 0
    waiting: int | None = None
    has_override: bool = False
    suspended_from: ProcessState | None = None


Guard = Callable[[ProcessFacts], Problem | None]


def _schedule_is_published(facts: ProcessFacts) -> Problem | None:
    return None if facts.has_published_schedule else Problem(StateProblem.SCHEDULE_NOT_PUBLISHED)


def _start_is_recorded(facts: ProcessFacts) -> Problem | None:
    return None if facts.is_started else Problem(StateProblem.START_NOT_RECORDED)


def _everything_is_assigned(facts: ProcessFacts) -> Problem | None:
    return Problem(StateProblem.NOT_ASSIGNED, values={"count": facts.unassigned}) if facts.unassigned else None


def _everything_is_answered(facts: ProcessFacts) -> Problem | None:
    if facts.waiting is None:
        return Problem(StateProblem.ANSWERS_UNKNOWN)
    return Problem(StateProblem.ANSWERS_WAITING, values={"count": facts.waiting}) if facts.waiting else None


def _answered_or_overridden(facts: ProcessFacts) -> Problem | None:
    return None if facts.has_override else _everything_is_answered(facts)


STEPS: Mapping[ProcessState, Mapping[ProcessState, tuple[Guard, ...]]] = {
    S.DRAFT: {S.SCHEDULED: (_schedule_is_published,)},
    S.SCHEDULED: {S.RUNNING: (_start_is_recorded,)},
    S.RUNNING: {S.INPUTS_CLOSED: ()},
    S.INPUTS_CLOSED: {S.DELIBERATION: (), S.FEEDBACK: (_everything_is_assigned,)},
    S.DELIBERATION: {S.FEEDBACK: (_everything_is_assigned,)},
    S.FEEDBACK: {S.ANSWERED: (_everything_is_answered,), S.APPROVED: (_answered_or_overridden,)},
    S.ANSWERED: {S.PLAN_DRAFTED: (), S.APPROVED: (_answered_or_overridden,)},
    S.PLAN_DRAFTED: {S.PUBLIC_VALIDATION: (), S.APPROVED: (_answered_or_overridden,)},
    S.PUBLIC_VALIDATION: {S.DELIBERATION: (), S.APPROVED: (_answered_or_overridden,)},
    S.APPROVED: {S.SUBMITTED: (), S.IMPLEMENTING: ()},
    S.SUBMITTED: {S.IMPLEMENTING: ()},
    S.IMPLEMENTING: {S.CLOSED: ()},
}


def next_states(state: ProcessState, facts: ProcessFacts) -> tuple[ProcessState, ...]:
    """Where a process in `state` may go, guards aside: the next steps, then suspending and cancelling."""
    if state in ENDED:
        return ()
    if state is S.DRAFT:  # nothing public to suspend yet
        return tuple(STEPS[S.DRAFT])
    if state is S.SUSPENDED:
        return ((facts.suspended_from,) if facts.suspended_from else ()) + (S.CANCELLED,)
    return (*STEPS.get(state, {}), S.SUSPENDED, S.CANCELLED)


def problems_with_step(state: ProcessState, to: ProcessState, facts: ProcessFacts, *, reason: str = "") -> list[Problem]:
    """Why a process may not go from `state` to `to`; suspending and cancelling need a public reason."""
    if to not in next_states(state, facts):
        return [Problem(StateProblem.NOT_A_STEP, "to_state", {"state": state, "to": to})]
    if to in (S.SUSPENDED, S.CANCELLED):
        is_short = len(reason.strip()) < SHORTEST_STATE_REASON
        return [Problem(StateProblem.STATE_REASON_MISSING, "reason", {"shortest": SHORTEST_STATE_REASON})] if is_short else []
    guards = STEPS.get(state, {}).get(to, ())
    return [problem for guard in guards if (problem := guard(facts)) is not None]


def way_to(state: ProcessState, to: ProcessState) -> tuple[ProcessState, ...] | None:
    """The fewest steps of the table from `state` to `to`, in order; empty when it is there, None when no steps lead there."""
    ways: dict[ProcessState, tuple[ProcessState, ...]] = {state: ()}
    waiting = deque([state])
    while waiting and to not in ways:
        here = waiting.popleft()
        for following in STEPS.get(here, {}):
            if following not in ways:
                ways[following] = (*ways[here], following)
                waiting.append(following)
    return ways.get(to)


def problems_with_way(state: ProcessState, to: ProcessState, facts: ProcessFacts) -> list[Problem]:
    """Why a process may not go from `state` to `to` passing what lies between: whatever guards each of the steps."""
    way = way_to(state, to)
    if way is None:
        return [Problem(StateProblem.NOT_A_STEP, "to_state", {"state": state, "to": to})]
    found: list[Problem] = []
    for here, following in zip((state, *way), way, strict=False):
        found += [problem for problem in problems_with_step(here, following, facts) if problem not in found]
    return found
