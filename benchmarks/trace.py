"""The trace matrix of a plan with 60 parts: statements and seconds of a page from either side, without anything kept."""

import statistics
import time
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update

from app.core.cache import FragmentCache
from app.core.db import db
from app.feedback.models import Decision
from app.feedback.rules.outcomes import Outcome
from app.plans.models import ActionPlan, Commitment, Milestone
from benchmarks import measure
from tests.world import World

COMMITMENTS = 10  # each with its description, problem, solution and two milestones: 60 parts with the commitments themselves
FIELDS = ("description", "problem", "solution")
ROUNDS = 7
Row = tuple[str, float, str, str]


def spread(app: Flask, world: World) -> None:
    """Fill the plan to 60 parts and let what was adopted point to all of them in turn."""
    with app.app_context():
        plan_id = db.session.scalars(select(ActionPlan.id).where(ActionPlan.process_id == world.process_id)).one()
        db.session.execute(update(Commitment).values(problem="Nadie sabe.", solution="Un cartel por obra."))
        organisation = world.organisations["gerencia-obras"]
        for number in range(2, COMMITMENTS + 1):
            text = {
                "description": "Un cartel.",
                "description_html": "<p>Un cartel.</p>",
                "problem": "Nadie sabe.",
                "solution": "Un cartel.",
            }
            db.session.execute(
                insert(Commitment),
                [{"plan_id": plan_id, "number": number, "title": f"Compromiso {number}", "organisation_id": organisation, **text}],
            )
        commitments = db.session.scalars(select(Commitment.id).where(Commitment.plan_id == plan_id).order_by(Commitment.number)).all()
        for number, commitment_id in enumerate(commitments, 1):
            steps = [f"{number}.{n}" for n in ((2,) if number == 1 else (1, 2))]
            rows = [{"commitment_id": commitment_id, "number": step, "title": "Modelo", "due_on": date(2027, 12, 1)} for step in steps]
            db.session.execute(insert(Milestone), rows)
        for place, values in enumerate(_places(commitments)):
            adopted = Decision.outcome.in_((Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY))
            chosen = update(Decision).where(adopted, Decision.contribution_id.op("/")(4) % (len(FIELDS) * COMMITMENTS) == place)
            db.session.execute(chosen.values(**values), execution_options={"synchronize_session": False})
        db.session.commit()
        db.session.remove()


def _places(commitments: Any) -> list[dict[str, Any]]:
    """Where an answer may point: a field of each commitment in turn."""
    return [
        {"commitment_id": id_, "milestone_id": None, "clause": f"{number}/{field}"}
        for number, id_ in enumerate(commitments, 1)
        for field in FIELDS
    ]


def measured(app: Flask, world: World, size: int) -> list[Row]:
    """(name, value, unit, target) for the first page of the matrix, its last one, and the page from the plan's side."""
    last = max(1, size * 9 // 10 // 30)
    address = f"/procesos/{world.slug}/plan/matriz"
    pages = {"matriz": address, "matriz, última página": f"{address}?pagina={last}", "matriz desde el plan": f"{address}?vista=clausulas"}
    found: list[Row] = []
    for name, path in pages.items():
        statements, seconds = _cost(app, path)
        found.append((f"SQL de {name}, {size:,} aportes", statements, "consultas", "<= 12"))
        found.append((f"{name}, {size:,} aportes × 60 partes", seconds, "segundos", "<= 1" if size <= 10_000 else ""))
    return found


def _cost(app: Flask, path: str) -> tuple[int, float]:
    """Statements of a page and the median of its seconds, the fragment cache emptied each time."""
    taken = []
    counted = 0
    for _ in range(ROUNDS):
        app.extensions["minka.cache"] = FragmentCache("")
        with measure.statements(app) as seen:
            began = time.perf_counter()
            status, _, _ = measure.one(app, path)
            taken.append(time.perf_counter() - began)
        if not status.startswith("200"):
            raise RuntimeError(f"{path}: {status}")
        counted = len(seen)
    return counted, round(statistics.median(taken), 3)
