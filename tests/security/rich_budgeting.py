"""A round with one of everything that has an address."""

from typing import Any

from app.budgeting import queries, services
from app.budgeting.models import CeilingVersion
from app.budgeting.rules.registering import RefusalReason, Way
from app.core.db import db
from tests.cast import MATEO, ROSA, SARA
from tests.factories.budgeting import a_round
from tests.factories.rounds import a_calendar, delegate, norm
from tests.world import NOON, World


def build_budgeting(world: World) -> dict[str, dict[str, Any]]:
    """Documents, a calendar, and Rosa's registration, which nobody has looked at, and Mateo's, which is accredited."""
    round_ = queries.round_of(world.slug) or a_round(world)
    round_ = queries.round_by_id(round_.id) or round_
    amount = {"ceiling_cents": round_.ceiling_cents, "parts": []}
    db.session.add(CeilingVersion(round_id=round_.id, n=1, content=amount, reason="", published_by_id=world.id_of(SARA), published_at=NOON))
    services.publish_document(round_, norm(), upload=None, person_id=world.id_of(SARA), now=NOON)
    services.publish_calendar(round_, a_calendar(), "", version=0, person_id=world.id_of(SARA), now=NOON)
    agent = services.register_agent(
        round_, delegate("Rosa Quispe Huamán"), own=True, way=Way.WEB, upload=None, person_id=world.id_of(ROSA), now=NOON
    )
    accredited = services.register_agent(
        round_, delegate(MATEO.name), own=True, way=Way.WEB, upload=None, person_id=world.id_of(MATEO), now=NOON
    )
    services.decide(accredited, accredits=True, reason_code=None, text="", person_id=world.id_of(SARA), now=NOON)
    refused = services.register_agent(
        round_, delegate("Mario Ttito Roca"), own=False, way=Way.WINDOW, upload=None, person_id=world.id_of(SARA), now=NOON
    )
    reason = "No trajo el acta de su organización."
    services.decide(refused, accredits=False, reason_code=RefusalReason.NO_DOCUMENT, text=reason, person_id=world.id_of(SARA), now=NOON)
    services.appeal(refused, "Aquí está el acta que faltaba.", person_id=world.id_of(SARA), now=NOON)
    base = "/procesos/<slug>/presupuesto"
    return {
        base: {"number": 1, "n": 1}, f"/mesa{base}": {"number": 1, "n": 1}, f"{base}/agentes": {"number": agent.number},
        "/mi-cuenta/presupuestos/": {"number": agent.number},
        f"/mesa{base}/agentes": {"number": agent.number},
        f"/mesa{base}/agentes/<int:number>/apelacion/respuesta": {"number": refused.number},
    }  # fmt: skip
