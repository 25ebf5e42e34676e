"""Each step is a new row; who read an older state is told so instead of undoing what another did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.assignments import queries
from app.assignments.models import Assignment
from app.assignments.queries import Assignable, Move
from app.assignments.rules import (
    AssignmentKind,
    AssignmentProblem,
    Moment,
    Window,
    problems_with_batch,
    problems_with_due,
    problems_with_passing_on,
    problems_with_return,
)
from app.audit import services as audit
from app.contributions.models import Contribution
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.organisations.models import Organisation
from app.processes import services as processes
from app.processes.models import Process

A_STATEMENT = 500


@dataclass(frozen=True)
class Assigned:
    """`codes` changed hands or day; `same` had both already; `answered` have a published answer and were left alone."""

    codes: tuple[str, ...]
    same: tuple[str, ...]
    answered: tuple[str, ...]


def assign_many(
    process: Process, ids: Sequence[int], organisation: Organisation | None, due_on: date | None, *, possible: Window, person_id: int,
    now: datetime, note: str = "", seen: str | None = None,
) -> Assigned:  # fmt: skip
    """Give these contributions to an organisation with a day to answer by; one entry of the register for all. The caller commits.

    `possible` are the days the rule allows; `seen` the digest of the state on the screen, when there was one. Few statements,
    however many. Raises RuleBroken, and SomebodyWasFirst when another person changed any of them meanwhile.
    """
    _lock(ids)
    found = queries.preview(process.id, ids, organisation.id if organisation else None, due_on)
    problems = [*problems_with_due(due_on, possible), *problems_with_batch(len(ids), len(found.changing) + len(found.same))]
    if organisation is None:
        problems.append(Problem(AssignmentProblem.NO_ORGANISATION, "organisation"))
    refuse_if_any(problems)
    assert organisation is not None and due_on is not None  # noqa: S101 - refused a line above
    if seen is not None and seen != found.seen:
        raise SomebodyWasFirst(found)
    _write(process.id, found.changing, organisation.id, AssignmentKind.ASSIGNED, due_on, clean(note), person_id, now)
    codes = tuple(move.code for move in found.changing)
    if codes:
        audit.record(
            "assignments.assign", "process", process.slug,
            {"codes": list(codes), "due_on": due_on.isoformat(), "organisation": organisation.slug}, at=now, role="secretaría",
        )  # fmt: skip
        processes.touch_public(process.id)
    return Assigned(codes, found.same, found.answered)


def forward(subject: Assignable, to: Organisation | None, note: str, *, seen: str | None = None, person_id: int, now: datetime) -> None:
    """Pass a contribution on to another entity with a note it will read; the day to answer by stays. The caller commits.

    Raises RuleBroken, and SomebodyWasFirst when it changed hands since `seen`.
    """
    held, note = _locked(subject, seen), clean(note)
    problems = list(problems_with_passing_on(subject.holder_id, to.id if to else None, note))
    if to is None:
        problems.append(Problem(AssignmentProblem.NO_ORGANISATION, "organisation"))
    refuse_if_any(problems)
    assert to is not None  # noqa: S101 - refused a line above
    _pass(subject, held, to, AssignmentKind.FORWARDED, note, person_id, now)


def give_back(subject: Assignable, note: str, *, seen: str | None = None, person_id: int, now: datetime) -> None:
    """Return a contribution to the secretariat with a note; afterwards nobody has it. The caller commits. Raises as `forward`."""
    held, note = _locked(subject, seen), clean(note)
    refuse_if_any(problems_with_return(subject.holder_id, note))
    _pass(subject, held, None, AssignmentKind.RETURNED, note, person_id, now)


def remember_letters(assignment_ids: Sequence[int], moment: Moment, now: datetime) -> None:
    """These were reminded, so they are not again. The caller commits."""
    column = "soon_letter_at" if moment is Moment.SOON else "overdue_letter_at"
    for part in _parts(list(assignment_ids)):
        db.session.execute(
            update(Assignment).where(Assignment.id.in_(part)).values({column: now}), execution_options={"synchronize_session": False}
        )


def _locked(subject: Assignable, seen: str | None) -> queries.AssignmentRow | None:
    contribution_id = subject.contribution.id
    _lock([contribution_id])
    now_held = queries.current([contribution_id])
    if now_held.get(contribution_id) != subject.current or (seen is not None and seen != queries.digest(now_held)):
        raise SomebodyWasFirst(now_held.get(contribution_id))
    return now_held.get(contribution_id)


def _pass(
    subject: Assignable, held: queries.AssignmentRow | None, to: Organisation | None, kind: AssignmentKind, note: str, person_id: int,
    now: datetime,
) -> None:  # fmt: skip
    assert held is not None  # noqa: S101 - the rule has just said that somebody has it
    contribution = subject.contribution
    move = Move(contribution.id, contribution.code, held.organisation_id, held.organisation, held.due_on)
    _write(contribution.process_id, [move], to.id if to else None, kind, held.due_on, note, person_id, now)
    facts = {"due_on": held.due_on.isoformat(), "from": held.organisation_slug}
    action = "assignments.forward" if to else "assignments.return"
    audit.record(
        action, "contribution", contribution.code, facts | ({"organisation": to.slug} if to else {}), at=now, role="entidad que responde"
    )
    processes.touch_public(contribution.process_id)


def _lock(ids: Sequence[int]) -> None:
    """Others who would assign any of them wait until this is committed."""
    for part in _parts(sorted(ids)):
        db.session.execute(select(Contribution.id).where(Contribution.id.in_(part)).order_by(Contribution.id).with_for_update())


def _write(
    process_id: int, moves: Sequence[Move], organisation_id: int | None, kind: AssignmentKind, due_on: date, note: str, person_id: int,
    now: datetime,
) -> None:  # fmt: skip
    ids = [move.id for move in moves]
    for part in _parts(ids):
        db.session.execute(
            update(Assignment).where(Assignment.contribution_id.in_(part), Assignment.is_current).values(is_current=False),
            execution_options={"synchronize_session": False},
        )
    rows = [
        {
            "process_id": process_id, "contribution_id": move.id, "organisation_id": organisation_id,
            "from_organisation_id": move.before_id, "kind": kind, "due_on": due_on, "note": note, "is_current": True,
            "assigned_by_id": person_id, "assigned_at": now,
        }
        for move in moves
    ]  # fmt: skip
    try:
        for start in range(0, len(rows), A_STATEMENT):
            db.session.execute(insert(Assignment), rows[start : start + A_STATEMENT])
    except IntegrityError:  # uq_assignment_current: the other one was first
        db.session.rollback()
        raise SomebodyWasFirst from None


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + A_STATEMENT] for start in range(0, len(ids), A_STATEMENT)]
