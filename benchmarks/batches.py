"""A thousand answers at once: every text composed and judged, drafted, sent to review, signed by both sectors, published.

Through the services the pages use, on a scratch instance; each step with its seconds and its statements.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.core.db import db
from app.feedback import queries, services
from app.feedback.models import Decision
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason, Seat
from app.processes import queries as processes
from app.processes.models import Process
from benchmarks import measure, scratch
from tests.world import NOON, World

ANSWERS = 1_000
TEXT = (
    "Gracias por pedir «{{titulo}}» en {{territorio}}. No entra en este plan porque lo decide otra entidad, y así lo dice la ley que "
    "citamos. Guarde su código {{codigo}}: con él podrá ver si cambia."
)
DRAFT = DecisionDraft(
    outcome=Outcome.NOT_ADOPTED, reason_code=Reason.R02, text=TEXT, criterion="Competencia", reference="Ley 27972, art. 79",
    change_needed="Que la otra entidad firme un convenio con la municipalidad.", organisation="gerencia-obras",
)  # fmt: skip
Measured = list[tuple[str, float, str, str]]


def answered_at_once(folder: Path) -> Measured:
    """(name, value, unit, target) of each step."""
    app, world = scratch.build(folder, ANSWERS * 10)  # one of ten waits for an answer
    found: Measured = []
    with app.app_context():
        db.session.execute(update(Contribution).values(code=Contribution.code))  # the file is warm before the clock starts
        db.session.commit()
        process = processes.process_by_slug(world.slug)
        assert process is not None  # noqa: S101 - built a line above
        ids = list(db.session.scalars(select(Contribution.id).where(Contribution.answered_at.is_(None)).order_by(Contribution.id)))[
            :ANSWERS
        ]
        composed = _step(app, found, "ver los textos de", lambda: _composed(process, ids, world), "<= 10")
        made = _step(app, found, "redactar", lambda: _drafted(process, composed, world), "<= 10")
        _step(app, found, "enviar a revisión", lambda: _sent(process, made, world), "<= 20")
        _signed(world)
        _step(app, found, "publicar", lambda: _published(process, world), "<= 30")
    return found


def _step(app: Flask, found: Measured, name: str, act: Callable[[], Any], target: str) -> Any:
    began = time.perf_counter()
    with measure.statements(app) as seen:
        result = act()
    found.append((f"{name} {ANSWERS:,} respuestas", round(time.perf_counter() - began, 1), "segundos", target))
    found.append((f"SQL de {name} {ANSWERS:,} respuestas", len(seen), "consultas", "<= 200"))
    return result


def _composed(process: Process, ids: Sequence[int], world: World) -> list[Any]:
    contributions = queries.marked(process.id, ids)
    return list(queries.composed(
        process, contributions, DRAFT, person_id=world.people["ana@example.pe"], today=lima_day(NOON), reason="", channels={}, scores={},
    ).values())  # fmt: skip


def _drafted(process: Process, composed: list[Any], world: World) -> list[tuple[int, int]]:
    made = services.draft_many(process, composed, person_id=world.people["ana@example.pe"], now=NOON)
    db.session.commit()
    return made


def _sent(process: Process, made: Sequence[tuple[int, int]], world: World) -> None:
    sent = services.submit_many(process, made, person_id=world.people["ana@example.pe"], now=NOON)
    if len(sent.codes) != ANSWERS:
        raise RuntimeError(f"sent {len(sent.codes)} of {ANSWERS}: {next(iter(sent.problems.values()), '')}")
    db.session.commit()


def _signed(world: World) -> None:
    """Both sectors sign what is in review, as people do: not measured here."""
    for seat, email in ((Seat.GOVERNMENT, "gloria@example.pe"), (Seat.NON_GOVERNMENT, "felix@example.pe")):
        rows = db.session.scalars(select(Decision.id).where(Decision.state == DecisionState.REVIEW).order_by(Decision.id)).all()
        chosen = [(decision, decision.sha256) for decision in queries.decisions_by_id(rows)]
        services.sign_many(chosen, seat, person_id=world.people[email], post="Integrante del foro", now=NOON)
        db.session.commit()


def _published(process: Process, world: World) -> None:
    approved = list(db.session.scalars(select(Decision.id).where(Decision.state == DecisionState.APPROVED).order_by(Decision.id)))
    services.publish_batch(process, queries.decisions_by_id(approved), person_id=world.people["sara@example.pe"], now=NOON)
    db.session.commit()
