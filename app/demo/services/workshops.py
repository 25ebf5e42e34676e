"""Who registered for what is coming: invented people, in one statement."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from app.activities import services as activities
from app.activities.models import Registration, RegistrationNeed
from app.activities.rules.attending import AccessNeed, RegistrationState
from app.core.db import db
from app.demo import importing
from app.demo.importing import known
from app.processes import queries as processes
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage, process: Process) -> None:
    """Everything of workshops.toml; where there is no such file nobody registered yet."""
    file = f"{stage.cast['content']}/workshops.toml"
    if not (importing.CONTENT / file).exists():
        return
    written = importing.read(file)
    opportunity = known(processes.opportunity(process.slug, written["opportunity"]))
    rows = [_row(stage, written, n, f"{given} {family}") for n, (family, given) in enumerate(product(written["family"], written["given"]))]
    db.session.execute(insert(Registration), [{**row, "opportunity_id": opportunity.id} for row in rows])
    ids = db.session.scalars(
        select(Registration.id).where(Registration.opportunity_id == opportunity.id).order_by(Registration.created_at, Registration.id)
    ).all()
    db.session.execute(
        insert(RegistrationNeed),
        [
            {"registration_id": id_, "need": AccessNeed(need)}
            for n, id_ in enumerate(ids, start=1)
            for need, every in written["needs"].items()
            if n % every == 0
        ],
    )


def _row(stage: Stage, written: dict[str, Any], n: int, name: str) -> dict[str, Any]:
    def of(words: str) -> str:
        return str(written[words][n % len(written[words])])

    at = stage.calendar.at(written["first_day"], "08:00") + timedelta(minutes=97 * n)
    return {
        "code": activities.new_code(), "state": RegistrationState.CONFIRMED, "name": name, "organisation": of("organisations"),
        "email": f"inscrita{n + 1}@cusco-demo.example.pe", "phone": "", "needs": "", "sector": of("sectors"), "sex": of("sexes"),
        "age": of("ages"), "language": of("languages"), "is_walk_in": False, "created_at": at, "confirmed_at": at, "reminded_days": 0,
        "submission_key": hashlib.sha256(f"{stage.space.slug}:{n}".encode()).hexdigest()[:32],
    }  # fmt: skip
