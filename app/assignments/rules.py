"""Who is to answer what, by when; passing it on and giving it back; whom the pile belongs to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_NOTE = 10
LONGEST_NOTE = 2_000
LATE_DAYS = 30
"""How far ahead a date may be once the feedback phase is over, or when there is none."""
SOON = timedelta(days=3)
MOST_AT_ONCE = 5_000


class AssignmentKind(StrEnum):
    """How a contribution came to lie where it lies."""

    ASSIGNED = "assigned"
    FORWARDED = "forwarded"
    RETURNED = "returned"


class AssignmentProblem(StrEnum):
    NOTHING_CHOSEN = "assignment-nothing-chosen"
    TOO_MANY = "assignment-too-many"
    ALL_ANSWERED = "assignment-all-answered"
    NO_ORGANISATION = "assignment-no-organisation"
    UNKNOWN_ORGANISATION = "assignment-unknown-organisation"
    NO_DUE_DATE = "assignment-no-due-date"
    DUE_PAST = "assignment-due-past"
    DUE_LATE = "assignment-due-late"
    NOTE_SHORT = "assignment-note-short"
    NOT_HELD = "assignment-not-held"
    SAME_ORGANISATION = "assignment-same-organisation"
    CHANGED = "assignment-changed"


class Moment(StrEnum):
    """Why a reminder is written."""

    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Window:
    """The days an answer may be due, both inclusive; the last one is proposed."""

    first: date
    last: date


def window(today: date, closes_on: date | None) -> Window:
    """From today to the close of the feedback phase; `LATE_DAYS` ahead when that is over or there is none."""
    if closes_on is None or closes_on < today:
        return Window(today, today + timedelta(days=LATE_DAYS))
    return Window(today, closes_on)


def problems_with_due(due_on: date | None, possible: Window) -> tuple[Problem, ...]:
    """Why answers may not be due that day; `values` hold the days that are possible."""
    days = {"first": possible.first, "last": possible.last}
    if due_on is None:
        return (Problem(AssignmentProblem.NO_DUE_DATE, "due_on", days),)
    if due_on < possible.first:
        return (Problem(AssignmentProblem.DUE_PAST, "due_on", days),)
    if due_on > possible.last:
        return (Problem(AssignmentProblem.DUE_LATE, "due_on", days),)
    return ()


def problems_with_batch(chosen: int, changing: int) -> tuple[Problem, ...]:
    """`chosen` contributions were marked, `changing` of them still wait for an answer."""
    if not chosen:
        return (Problem(AssignmentProblem.NOTHING_CHOSEN),)
    if chosen > MOST_AT_ONCE:
        return (Problem(AssignmentProblem.TOO_MANY, None, {"most": MOST_AT_ONCE}),)
    return () if changing else (Problem(AssignmentProblem.ALL_ANSWERED),)


def problems_with_passing_on(holder: int | None, to: int | None, note: str) -> tuple[Problem, ...]:
    """Forwarding what `holder` has to `to`; the one who gets it reads the note."""
    problems = []
    if holder is None:
        problems.append(Problem(AssignmentProblem.NOT_HELD))
    elif to == holder:
        problems.append(Problem(AssignmentProblem.SAME_ORGANISATION, "organisation"))
    return (*problems, *_note(note))


def problems_with_return(holder: int | None, note: str) -> tuple[Problem, ...]:
    """Giving back to the secretariat what `holder` has."""
    return (*([Problem(AssignmentProblem.NOT_HELD)] if holder is None else []), *_note(note))


def _note(note: str) -> tuple[Problem, ...]:
    if len(note.strip()) < SHORTEST_NOTE:
        return (Problem(AssignmentProblem.NOTE_SHORT, "note", {"shortest": SHORTEST_NOTE}),)
    return ()


def lineage(organisation_id: int | None, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """The organisation and those it is a unit of, nearest first; a circle in the data ends it."""
    found: list[int] = []
    here = organisation_id
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return tuple(found)


def reach(organisation_ids: Iterable[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """These organisations and every unit below them: what their people's pile holds."""
    own = frozenset(organisation_ids)
    return own | {unit for unit in parents if own & set(lineage(unit, parents))}


def may_answer(holder_lineage: Collection[int], answers_for: Collection[int], *, is_of_secretariat: bool) -> bool:
    """An answer nobody was assigned (`holder_lineage` empty) is for any entity; an assigned one for its people, those of the
    organisation it is a unit of, and the secretariat (domain.md 13: ENT, contribution, "r assigned")."""
    return is_of_secretariat or not holder_lineage or bool(set(holder_lineage) & set(answers_for))


def moment(due_on: date, today: date, *, was_told_soon: bool, was_told_overdue: bool) -> Moment | None:
    """Which reminder is due today; each is written once, and the first only while it still helps."""
    if due_on < today:
        return None if was_told_overdue else Moment.OVERDUE
    return Moment.SOON if due_on - today <= SOON and not was_told_soon else None


def days_overdue(due_on: date, today: date) -> int:
    """Whole days past the due day; 0 on the day itself and before."""
    return max(0, (today - due_on).days)
