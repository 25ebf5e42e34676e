"""The rich world's incident, so that every door of the register of incidents can be tried."""

from datetime import timedelta
from typing import Any

from app.core.db import db
from app.incidents import services
from app.incidents.rules import Affected, IncidentDraft
from app.spaces.models import Space
from tests.cast import DARIO
from tests.world import NOON, World

DRAFT = IncidentDraft(
    NOON - timedelta(hours=3), "Una lista de inscritos quedó a la vista en un mostrador.", "Nombres y teléfonos de inscritos.", "Se guardó.",
    Affected.ACCOUNTS,
)  # fmt: skip


def build_incidents(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of the addresses of incidents, by how those begin. The caller commits."""
    space = db.session.get(Space, world.space_id)
    assert space is not None
    made = services.record(space, DRAFT, person_id=world.id_of(DARIO), now=NOON)
    return {"/mesa/espacios/<slug>/incidentes/": {"slug": "cusco", "number": made.number}}
