"""Answers to many contributions drafted in a few statements; what others began is never touched."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.contributions.models import Contribution
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst
from app.feedback import queries
from app.feedback.models import Decision, DecisionWriter
from app.feedback.rules.bulk import BulkProblem, Composed
from app.feedback.rules.drafts import WRITTEN, DecisionDraft, content_sha256
from app.feedback.services.columns import columns
from app.processes.models import Process

A_STATEMENT = 500
_WORDLESS = dict.fromkeys(WRITTEN, "")


def digest(composed: Iterable[Composed]) -> str:
    """Names exactly these texts for these contributions: what was on the screen when somebody said yes."""
    said = "\n".join(f"{item.code} {content_sha256(item.draft, item.code)}" for item in composed if item.draft is not None)
    return hashlib.sha256(said.encode()).hexdigest()


def draft_many(process: Process, composed: Sequence[Composed], *, person_id: int, now: datetime) -> list[tuple[int, int]]:
    """Save each text as the first version of its answer; what was left out stays untouched. The texts are tidy and not split in
    ideas. The caller commits.

    Id and revision of each new draft come back, for `submit_many`. Raises RuleBroken when there is nothing to write or a
    reference leads nowhere, SomebodyWasFirst (after rolling back) when another person began one of them meanwhile.
    """
    chosen = [item for item in composed if item.draft is not None]
    if not chosen:
        raise RuleBroken([Problem(BulkProblem.NOTHING_TO_WRITE)])
    ids = [item.contribution_id for item in chosen]
    for part in _parts(sorted(ids)):
        db.session.execute(select(Contribution.id).where(Contribution.id.in_(part)).order_by(Contribution.id).with_for_update())
    rows = _rows(process.id, chosen, person_id, now)
    try:
        for start in range(0, len(rows), A_STATEMENT):
            db.session.execute(insert(Decision), rows[start : start + A_STATEMENT])
    except IntegrityError:  # uq_decision_open or uq_decision_version: the other one was first
        db.session.rollback()
        raise SomebodyWasFirst from None
    made = queries.drafts_of(ids)
    for start in range(0, len(made), A_STATEMENT):
        db.session.execute(
            insert(DecisionWriter), [{"decision_id": id_, "person_id": person_id} for id_, _ in made[start : start + A_STATEMENT]]
        )
    return made


def _rows(process_id: int, chosen: Sequence[Composed], person_id: int, now: datetime) -> list[dict[str, Any]]:
    """What several share is looked up once: all that is not their words; each differs in its words and its hash."""
    begun = {"process_id": process_id, "version": 1, "drafted_by_id": person_id, "drafted_at": now, "saved_at": now}
    shared: dict[DecisionDraft, dict[str, Any]] = {}
    rows = []
    for item in chosen:
        assert item.draft is not None  # noqa: S101 - chosen by the caller
        decided = replace(item.draft, **_WORDLESS)  # type: ignore[arg-type]
        if decided not in shared:
            shared[decided] = columns(item.draft, process_id, item.code)
        own = {name: getattr(item.draft, name) for name in WRITTEN}
        own |= {"contribution_id": item.contribution_id, "sha256": content_sha256(item.draft, item.code)}
        rows.append({**shared[decided], **begun, **own})
    return rows


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + A_STATEMENT] for start in range(0, len(ids), A_STATEMENT)]
