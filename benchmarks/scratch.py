"""Scratch instances with 100, 10,000 or 100,000 contributions: deterministic, in the words of the demonstration, written in bulk."""

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text

from app.contributions.models import Authorship, CodeSequence, Contribution
from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind, Visibility
from app.core.db import db
from app.core.text import stems
from app.factory import create_app
from app.feedback.models import Decision, OutcomeTally, PublicationBatch
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from app.organisations.rules import Sector
from app.plans.models import ActionPlan, Commitment, Milestone
from app.plans.rules import PlanState
from config import ROOT, Config
from tests.world import NOON, World, build_world

SECRET = "benchmark-benchmark-benchmark-benchmark"
PORTION = 2_000
ANSWERED_OF_TEN = 9
OUTCOMES = (
    Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY, Outcome.NOT_ADOPTED, Outcome.ALREADY_COVERED, Outcome.REFERRED, Outcome.NOT_ADOPTED,
    Outcome.ADOPTED, Outcome.DEFERRED,
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A contribution and an answer as people wrote them, with the stems of the words."""

    title: str
    text: str
    answer: str
    stems: str


def sources() -> Sequence[Said]:
    """What the people of the demonstration say, in the order of the files."""
    found = []
    for path in sorted((ROOT / "app" / "demo" / "content").rglob("contributions*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["contribution"]:
            title, words = entry["title"] or entry["text"][:60], entry["text"]
            found.append(Said(title, words, entry.get("answer", {}).get("text", ""), " ".join(stems(f"{title} {words}"))))
    return found


def open_instance(folder: Path, **overrides: Any) -> Flask:
    """The application on its own data folder."""
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(folder), "SITE_URL": "http://localhost"}
    return create_app(Config(environ, **overrides))


def build(folder: Path, how_many: int) -> tuple[Flask, World]:
    """A migrated instance with `how_many` public contributions, nine of ten answered."""
    app = open_instance(folder)
    with app.app_context():
        upgrade()
        world = build_world()
        plan = _plan(world)
        db.session.flush()
        said = [source for source in sources() if source.text]
        for first in range(0, how_many, PORTION):
            _portion(world, plan, said, range(first, min(first + PORTION, how_many)))
        if how_many:
            _totals(world, how_many)
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.session.remove()
    return app, world


def _plan(world: World) -> tuple[int, int, int]:
    """Ids of a commitment, its milestone and the batch that published every answer."""
    plan = ActionPlan(process_id=world.process_id, title="Plan", state=PlanState.DRAFT, last_number=1)
    db.session.add(plan)
    db.session.flush()
    commitment = Commitment(
        plan_id=plan.id, number=1, title="Cartel único de obra", description="Un cartel.", description_html="<p>Un cartel.</p>",
        organisation_id=world.organisations["gerencia-obras"],
    )  # fmt: skip
    db.session.add(commitment)
    db.session.flush()
    milestone = Milestone(commitment_id=commitment.id, number="1.1", title="Modelo publicado", due_on=NOON.date())
    batch = PublicationBatch(
        process_id=world.process_id, n=1, answers=0, published_by_id=world.people["sara@example.pe"], published_at=NOON
    )
    db.session.add_all([milestone, batch])
    db.session.flush()
    return commitment.id, milestone.id, batch.id


def _portion(world: World, plan: tuple[int, int, int], said: Sequence[Said], numbers: range) -> None:
    chosen = [(n, said[n % len(said)], random.Random(n)) for n in numbers]
    db.session.execute(insert(Contribution), [_contribution(world, n, source, chance) for n, source, chance in chosen])
    db.session.execute(insert(Authorship), [_authorship(n) for n, _, _ in chosen])
    db.session.execute(
        text("INSERT INTO contribution_search (rowid, stems) VALUES (:id, :stems)"),
        [{"id": n + 1, "stems": source.stems} for n, source, _ in chosen],
    )
    db.session.execute(insert(Decision), [_decision(world, plan, n, source) for n, source, _ in chosen if _is_answered(n)])


def _is_answered(n: int) -> bool:
    return n % 10 < ANSWERED_OF_TEN


def _contribution(world: World, n: int, source: Said, chance: random.Random) -> dict[str, Any]:
    received = NOON - timedelta(days=30) + timedelta(seconds=n * 20)
    return {
        "id": n + 1, "process_id": world.process_id, "code": f"{world.code}-C-{n + 1:04d}", "series": "C", "number": n + 1,
        "submission_key": f"bench-{n}",
        "channel": Channel.WEB, "proponent_kind": ProponentKind.PERSON, "public_name": "Anónimo", "sector": Sector.CITIZEN,
        "ubigeo": chance.choice(["080101", "080102"]), "language": Language.SPANISH, "theme_id": chance.choice(list(world.themes.values())),
        "title": source.title, "text": source.text, "visibility": Visibility.PUBLIC, "received_at": received, "created_at": received,
        "answered_at": received + timedelta(days=9) if _is_answered(n) else None,
    }  # fmt: skip


def _authorship(n: int) -> dict[str, Any]:
    return {"contribution_id": n + 1, "consent": NameConsent.ANONYMOUS, "consented_at": NOON, "receipt_hash": f"{n:064d}"}


def _decision(world: World, plan: tuple[int, int, int], n: int, source: Said) -> dict[str, Any]:
    outcome = OUTCOMES[n % len(OUTCOMES)]
    is_adopted = outcome in (Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY)
    published = NOON - timedelta(days=20) + timedelta(seconds=n * 20)
    return {
        "process_id": world.process_id, "contribution_id": n + 1, "version": 1, "state": DecisionState.PUBLISHED, "is_current": True,
        "sha256": f"{n:064d}", "outcome": outcome, "reason_code": None if outcome is Outcome.ADOPTED else Reason.R05,
        "text": source.answer or "Gracias. " + source.text,
        "what_changed": "El compromiso 1 lo recoge." if is_adopted else "", "commitment_id": plan[0] if is_adopted else None,
        "milestone_id": plan[1] if is_adopted else None, "organisation_id": world.organisations["gerencia-obras"],
        "drafted_by_id": world.people["ana@example.pe"], "drafted_at": published, "saved_at": published, "published_at": published,
        "batch_id": plan[2],
    }  # fmt: skip


def _totals(world: World, how_many: int) -> None:
    db.session.execute(insert(CodeSequence), [{"process_id": world.process_id, "series": "C", "last": how_many}])
    tally: dict[Outcome, int] = {}
    for n in range(how_many):
        if _is_answered(n):
            outcome = OUTCOMES[n % len(OUTCOMES)]
            tally[outcome] = tally.get(outcome, 0) + 1
    db.session.execute(insert(OutcomeTally), [{"process_id": world.process_id, "outcome": o, "answers": c} for o, c in tally.items()])


COLUMNS = (
    "referencia_externa", "titulo", "texto", "proponente", "tipo_proponente", "organizacion", "sector", "correo", "telefono", "region",
    "provincia", "distrito", "ubigeo", "idioma", "tema", "canal", "fecha_recepcion", "visibilidad",
)  # fmt: skip


def import_lines(how_many: int) -> Iterator[str]:
    """A file in the template of interfaces.md, one line per contribution."""
    said = [source for source in sources() if source.text]
    yield ";".join(COLUMNS)
    for n in range(how_many):
        source = said[n % len(said)]
        words = re.sub(r"\s+", " ", source.text).replace('"', "'")
        yield f'R-{n:06d};"{source.title}";"{words}";Persona {n};persona;;;;;;;;080101;es;agua;papel;2026-03-10;anonimo'
