"""Loading the library of past plans from a file (BR-36): what documents state, each thing with its source."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from app.audit import services as audit
from app.core.db import db
from app.plans.importing import PastPlanRecord, read_library
from app.plans.models import PastCommitment, PastPlan, PastPlanFact


def load_library(now: datetime, file: Path | None = None) -> int:
    """Bring every past plan of `file`, or of the one that ships with the code. How many were written. The caller commits.

    Those whose record did not change are left alone. Raises LibraryFault when the file cannot be read, a record names no source, or
    an IRM code no report, and UnicodeDecodeError.
    """
    written = 0
    for record in read_library(file):
        written += _write(record, now)
    return written


def _write(record: PastPlanRecord, now: datetime) -> bool:
    sha256 = hashlib.sha256(record.canonical.encode()).hexdigest()
    plan = db.session.scalar(select(PastPlan).where(PastPlan.slug == record.slug))
    if plan is not None and plan.sha256 == sha256:
        return False
    if plan is None:
        plan = PastPlan(slug=record.slug, n=record.n)
        db.session.add(plan)
    plan.name, plan.years, plan.sha256, plan.imported_at = record.name, record.years, sha256, now
    plan.starts_on, plan.ends_on, plan.commitment_count = _day(record.starts_on), _day(record.ends_on), record.commitment_count
    plan.approval_norm, plan.summary = record.approval_norm, record.summary
    db.session.flush()
    for table in (PastPlanFact, PastCommitment):
        db.session.execute(delete(table).where(table.past_plan_id == plan.id))
    db.session.add_all(PastPlanFact(past_plan_id=plan.id, position=n, **fact) for n, fact in enumerate(record.facts, 1))
    db.session.add_all(PastCommitment(past_plan_id=plan.id, position=n, **item) for n, item in enumerate(record.commitments, 1))
    db.session.flush()
    facts: dict[str, Any] = {"commitments": len(record.commitments), "facts": len(record.facts), "sha256": sha256}
    audit.record("plans.import-past-plan", "past-plan", record.slug, facts, at=now, role="sistema")
    return True


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
