"""Passing on that two contributions say the same: whoever groups decides, moderation does not."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import db, is_sqlite
from app.core.errors import Problem, refuse_if_any
from app.moderation import queries
from app.moderation.models import MergeSuggestion
from app.moderation.rules import ModerationProblem
from app.processes.models import Process


def pass_on(process: Process, first: str, second: str, *, moderator_id: int, now: datetime) -> bool:
    """Leave the pair to whoever groups; False when it was passed on before. The caller commits. Raises RuleBroken."""
    pair = queries.pair_of(process.id, first, second)
    if pair is None:
        refuse_if_any([Problem(ModerationProblem.PAIR_UNKNOWN)])
    assert pair is not None  # noqa: S101 - refused a line above
    upsert = sqlite.insert if is_sqlite() else postgresql.insert
    written = db.session.execute(
        upsert(MergeSuggestion)
        .values(process_id=process.id, first_id=pair[0].id, second_id=pair[1].id, suggested_by_id=moderator_id, suggested_at=now)
        .on_conflict_do_nothing(index_elements=["first_id", "second_id"])
        .returning(MergeSuggestion.id)
    )
    return written.first() is not None


def settle_suggestion(process: Process, first: str, second: str, *, now: datetime) -> bool:
    """Whoever groups has seen it, and grouped them or not; False when nobody had suggested it. The caller commits."""
    pair = queries.pair_of(process.id, first, second)
    if pair is None:
        return False
    written = db.session.execute(
        update(MergeSuggestion)
        .where(MergeSuggestion.first_id == pair[0].id, MergeSuggestion.second_id == pair[1].id, MergeSuggestion.settled_at.is_(None))
        .values(settled_at=now),
        execution_options={"synchronize_session": False},
    )
    return bool(written.rowcount)  # type: ignore[attr-defined]
