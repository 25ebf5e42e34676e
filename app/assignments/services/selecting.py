"""Contributions somebody marked, kept for a day so that nothing is lost between one page and the next."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.assignments import queries
from app.assignments.models import Selection
from app.assignments.rules import MOST_AT_ONCE, AssignmentProblem
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.processes.models import Process

KEPT = timedelta(hours=24)


def mark(process: Process, ids: Sequence[int], arguments: Mapping[str, str], *, person_id: int, now: datetime) -> Selection:
    """Keep these contributions, in this order, for the person who marked them; `arguments` lead back to the pile they saw.

    What was marked more than a day ago is gone afterwards. The caller commits. Raises RuleBroken for none and for too many.
    """
    if not ids:
        raise RuleBroken([Problem(AssignmentProblem.NOTHING_CHOSEN)])
    if len(ids) > MOST_AT_ONCE:
        raise RuleBroken([Problem(AssignmentProblem.TOO_MANY, None, {"most": MOST_AT_ONCE})])
    for stale in queries.stale_selections(now - KEPT):
        db.session.delete(stale)
    selection = Selection(
        key=secrets.token_urlsafe(18), process_id=process.id, person_id=person_id, ids=list(ids), arguments=dict(arguments), content={},
        made_at=now,
    )  # fmt: skip
    db.session.add(selection)
    db.session.flush()
    return selection


def choose(selection: Selection, content: Mapping[str, Any]) -> None:
    """Keep what was chosen for all of them so far. The caller commits."""
    selection.content = dict(content)
    db.session.flush()


def take_out(selection: Selection, contribution_id: int) -> None:
    """Leave one of them out; the others stay marked. The caller commits."""
    selection.ids = [id_ for id_ in selection.ids if id_ != contribution_id]
    db.session.flush()


def discard(selection: Selection) -> None:
    """It was done, or given up. The caller commits."""
    db.session.delete(selection)
    db.session.flush()
