"""A process with many answers, written straight into the tables: for counting statements and measuring, never for rules."""

from datetime import date, timedelta

from sqlalchemy import insert, select

from app.contributions.models import Authorship, CodeSequence, Contribution
from app.core.db import db
from app.feedback.models import Decision, OutcomeTally
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason
from app.plans import queries as plans
from app.plans.models import Commitment
from tests.feedback.answers import WHY, make_plan
from tests.world import NOON, World

SHARES = (Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY, Outcome.NOT_ADOPTED, Outcome.REFERRED, Outcome.DEFERRED, Outcome.ALREADY_COVERED)


def fill(world: World, count: int, *, unanswered: int = 10) -> None:
    """`count` contributions in the three themes, all but `unanswered` with a published answer; the caller commits."""
    plan = plans.plan_of(world.process_id) or make_plan(world)
    commitment_id = db.session.scalar(select(Commitment.id).where(Commitment.plan_id == plan.id, Commitment.number == 1))
    themes = list(world.themes.values())
    start = NOON - timedelta(days=40)
    said = [
        {
            "id": n,
            "process_id": world.process_id,
            "code": f"PRB-C-{n:04d}",
            "series": "C",
            "number": n,
            "submission_key": f"clave-{n:020d}",
            "channel": "web",
            "proponent_kind": "persona",
            "public_name": "R. Q. H.",
            "sector": "citizen",
            "ubigeo": "080102",
            "theme_id": themes[n % 3],
            "title": f"Monitores ciudadanos en la obra del desagüe número {n}",
            "visibility": "public",
            "text": "Cuando hicieron el desagüe nadie pudo ver el expediente. Pedimos que haya monitores elegidos. " * 2,
            "received_at": start + timedelta(minutes=n),
            "answered_at": None if n <= unanswered else NOON,
            "created_at": start,
        }
        for n in range(1, count + 1)
    ]
    answers = [
        {
            "id": n,
            "process_id": world.process_id,
            "contribution_id": n,
            "version": 1,
            "state": DecisionState.PUBLISHED,
            "is_current": True,
            "outcome": SHARES[n % len(SHARES)],
            "reason_code": Reason.R02,
            "text": WHY,
            "what_changed": "Antes nadie veía el expediente; ahora sí.",
            "adopted_part": "Los monitores.",
            "rejected_part": "El pago.",
            "change_needed": "Que el distrito firme.",
            "reference": "Ley 27972",
            "target_cycle": "Plan 2029",
            "carry_over_owner": "Secretaría",
            "referred_to": "SUNASS",
            "referred_document": "Oficio 118",
            "referred_on": date(2027, 3, 3),
            "commitment_id": commitment_id if n % 2 else None,
            "organisation_id": world.organisations["gerencia-obras"],
            "drafted_by_id": world.people["ana@example.pe"],
            "drafted_at": start,
            "saved_at": start,
            "published_at": NOON - timedelta(minutes=n % 500),
            "reply_until": date(2027, 3, 30),
            "sha256": f"{n:064d}",
        }
        for n in range(unanswered + 1, count + 1)
    ]
    authors = [
        {
            "contribution_id": n,
            "name": "Rosa Quispe Huamán",
            "consent": "iniciales",
            "consented_at": start,
            "email": "",
            "receipt_hash": f"{n:064d}",
            "sent_sha256": "0" * 64,
        }
        for n in range(1, count + 1)
    ]
    for model, rows in ((Contribution, said), (Decision, answers), (Authorship, authors)):
        table = model.__table__
        known = set(table.c.keys())
        for first in range(0, len(rows), 1_000):
            db.session.execute(insert(model), [{k: v for k, v in row.items() if k in known} for row in rows[first : first + 1_000]])
    db.session.execute(insert(CodeSequence), [{"process_id": world.process_id, "series": "C", "last": count}])
    tally = [
        {"process_id": world.process_id, "outcome": outcome, "answers": sum(row["outcome"] is outcome for row in answers)}
        for outcome in SHARES
    ]
    db.session.execute(insert(OutcomeTally), tally)
