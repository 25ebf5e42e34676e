"""Whose it is to answer: what is assigned to an entity is written by its people and by the secretariat only."""

from collections.abc import Mapping
from datetime import datetime

from app.assignments import queries as assignments
from app.core.clock import lima_day
from app.core.errors import Problem, refuse_if_any
from app.feedback.rules.bulk import BulkProblem


def refuse_if_elsewhere(process_id: int, codes: Mapping[int, str], *, person_id: int, now: datetime) -> None:
    """Raises RuleBroken when any of these contributions (id -> code) is assigned to an entity the person does not answer for.

    One statement when none is assigned.
    """
    held = assignments.held_elsewhere(process_id, codes, person_id, lima_day(now))
    refuse_if_any(
        Problem(BulkProblem.ASSIGNED_ELSEWHERE, None, {"code": codes[id_], "organisation": row.organisation}) for id_, row in held.items()
    )
