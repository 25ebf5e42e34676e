"""Printing letters and writing down how each reached its person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select

from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.text import clean
from app.feedback.models import Decision
from app.letters import queries
from app.letters.models import Delivery, PrintRun
from app.letters.rules.deliveries import DeliveryNote, DeliveryStep, problems_with, problems_with_run
from app.processes.models import Process


def record(decision: Decision, note: DeliveryNote, *, person_id: int, now: datetime) -> Delivery:
    """Write down one thing that happened to the letter of a published version; the caller commits. Raises RuleBroken.

    What was written before stays: the present state of a letter is its last row.
    """
    assert decision.published_at is not None  # noqa: S101 - only published answers have a letter
    refuse_if_any(
        problems_with(
            note, state=queries.state_of(decision.id), has_email=bool(queries.author_address(decision.contribution_id)),
            published_on=lima_day(decision.published_at), today=lima_day(now),
        )
    )  # fmt: skip
    assert note.step is not None and note.on is not None  # noqa: S101 - problems_with has just said so
    row = Delivery(
        process_id=decision.process_id, decision_id=decision.id, step=note.step, happened_on=note.on, note=clean(note.note),
        recorded_by_id=person_id, recorded_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def print_letters(process: Process, decision_ids: Sequence[int], *, person_id: int, now: datetime) -> PrintRun:
    """Make a pile of the letters of these answers, in the order in which they are carried, and mark each printed; the caller commits.

    Answers of another process, or that no longer stand, are left out. Raises RuleBroken when none is left, or they are too many.
    """
    chosen = queries.current_among(process.id, decision_ids)
    refuse_if_any(problems_with_run(len(chosen)))
    db.session.execute(select(Process.id).where(Process.id == process.id).with_for_update())
    last = db.session.scalar(select(func.max(PrintRun.n)).where(PrintRun.process_id == process.id)) or 0
    run = PrintRun(process_id=process.id, n=last + 1, letters=len(chosen), printed_by_id=person_id, printed_at=now)
    db.session.add(run)
    db.session.flush()
    today = lima_day(now)
    rows = [
        {
            "process_id": process.id, "decision_id": decision_id, "step": DeliveryStep.PRINTED, "happened_on": today, "run_id": run.id,
            "recorded_by_id": person_id, "recorded_at": now,
        }
        for decision_id in chosen
    ]  # fmt: skip
    db.session.execute(insert(Delivery), rows)
    return run
