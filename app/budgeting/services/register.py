"""One public act of a round: in the register, and on its pages."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.audit import services as audit
from app.budgeting.models import BudgetRound
from app.core.db import db
from app.processes import services as processes

TEAM = "equipo técnico municipal"
CITIZEN = "ciudadanía"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def register(action: str, round_: BudgetRound, facts: Mapping[str, Any], now: datetime, role: str = TEAM) -> None:
    """The caller commits. `facts` hold no personal data: an agent is a number here."""
    db.session.flush()
    db.session.execute(
        update(BudgetRound).where(BudgetRound.id == round_.id).values(revision=BudgetRound.revision + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(round_, ["revision"])
    audit.record(action, "budget-round", round_.process.slug, dict(facts), at=now, role=role)
    processes.touch_public(round_.process_id)
