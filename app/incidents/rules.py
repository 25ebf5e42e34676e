"""Incidents with personal data: what is written down of each, and the 48 hours to tell the authority and the people (BR-19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Problem

NOTICE = timedelta(hours=48)
"""To tell the Autoridad Nacional de Protección de Datos Personales, and whom it touches, since it was known (D.S. 016-2024-JUS)."""
SHORTEST_TEXT, LONGEST_TEXT = 20, 4_000


class Affected(StrEnum):
    """Whom an incident touches."""

    NOBODY = "nobody"
    ACCOUNTS = "accounts"
    PROCESS = "process"


class IncidentAct(StrEnum):
    NOTED = "noted"
    TOLD_AUTHORITY = "told-authority"
    TOLD_PEOPLE = "told-people"
    CLOSED = "closed"


class Clock(StrEnum):
    """How the notice to the authority stands."""

    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in-time"
    LATE = "late"


class IncidentProblem(StrEnum):
    TEXT_SHORT = "incident-text-short"
    IN_THE_FUTURE = "incident-in-the-future"
    BEFORE_KNOWN = "incident-before-known"
    TIME_MISSING = "incident-time-missing"
    AFFECTED_MISSING = "incident-affected-missing"
    PROCESS_MISSING = "incident-process-missing"
    DONE_ALREADY = "incident-done-already"
    NOBODY_TO_TELL = "incident-nobody-to-tell"
    NOT_TOLD = "incident-not-told"
    CLOSED = "incident-closed"


@dataclass(frozen=True)
class IncidentDraft:
    """What is known of an incident when it is written down; texts already cleaned."""

    noticed_at: datetime | None
    happened: str
    data_kinds: str
    measures: str
    affected: Affected | None
    process_slug: str = ""


def problems_with(draft: IncidentDraft, now: datetime) -> tuple[Problem, ...]:
    """Everything that keeps an incident from being written down."""
    problems = []
    for field in ("happened", "data_kinds"):
        if len(getattr(draft, field)) < SHORTEST_TEXT:
            problems.append(Problem(IncidentProblem.TEXT_SHORT, field, {"shortest": SHORTEST_TEXT}))
    if draft.noticed_at is None:
        problems.append(Problem(IncidentProblem.TIME_MISSING, "day"))
    elif draft.noticed_at > now:
        problems.append(Problem(IncidentProblem.IN_THE_FUTURE, "day"))
    if draft.affected is None:
        problems.append(Problem(IncidentProblem.AFFECTED_MISSING, "affected"))
    elif draft.affected is Affected.PROCESS and not draft.process_slug:
        problems.append(Problem(IncidentProblem.PROCESS_MISSING, "process_slug"))
    return tuple(problems)


def acting_problems(act: IncidentAct, done: frozenset[IncidentAct], *, people: int, note: str) -> tuple[Problem, ...]:
    """Why something cannot be noted of an incident. It closes only once the authority knows, and whoever it touches."""
    if IncidentAct.CLOSED in done:
        return (Problem(IncidentProblem.CLOSED),)
    if act is not IncidentAct.NOTED and act in done:
        return (Problem(IncidentProblem.DONE_ALREADY),)
    if act is IncidentAct.TOLD_PEOPLE and not people:
        return (Problem(IncidentProblem.NOBODY_TO_TELL),)
    owed = {IncidentAct.TOLD_AUTHORITY} | ({IncidentAct.TOLD_PEOPLE} if people else set())
    if act is IncidentAct.CLOSED and not owed <= done:
        return (Problem(IncidentProblem.NOT_TOLD),)
    if len(note) < SHORTEST_TEXT:
        return (Problem(IncidentProblem.TEXT_SHORT, "note", {"shortest": SHORTEST_TEXT}),)
    return ()


def telling_problems(told_at: datetime | None, noticed_at: datetime, now: datetime) -> tuple[Problem, ...]:
    """When the authority was told cannot be before it was known, nor after now."""
    if told_at is None:
        return (Problem(IncidentProblem.TIME_MISSING, "day"),)
    if told_at > now:
        return (Problem(IncidentProblem.IN_THE_FUTURE, "day"),)
    return (Problem(IncidentProblem.BEFORE_KNOWN, "day"),) if told_at < noticed_at else ()


def due_at(noticed_at: datetime) -> datetime:
    return noticed_at + NOTICE


def clock_of(noticed_at: datetime, told_at: datetime | None, now: datetime) -> Clock:
    """Whether the authority was told within 48 hours, or still can be."""
    if told_at is not None:
        return Clock.IN_TIME if told_at <= due_at(noticed_at) else Clock.LATE
    return Clock.RUNNING if now <= due_at(noticed_at) else Clock.OVERDUE
