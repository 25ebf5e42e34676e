"""The workshops of the rich world: somebody registered for an assembly whose record is being written, and something agreed in it."""

from datetime import timedelta
from typing import Any

from app.activities import queries, services
from app.activities.rules import RegistrationDraft
from tests.cast import INES
from tests.world import NOON, World

ASSEMBLY = "asamblea-cusco"


def build_workshops(world: World) -> dict[str, dict[str, Any]]:
    """Arguments that hold only under some addresses. The caller commits."""
    activity = queries.activity_by_slugs(world.slug, ASSEMBLY)
    assert activity is not None
    opportunity, ines = activity.opportunity, world.id_of(INES)
    draft = RegistrationDraft("Persona Inscrita Uno", "inscrita@example.pe", access=("quechua",))
    before = opportunity.starts_at - timedelta(days=2)
    made = services.register(opportunity, draft, submission_key="rich-registration-2", now=before).registration
    by_phone = RegistrationDraft("Persona Inscrita Dos", phone="984 000 111")
    called = services.register(opportunity, by_phone, submission_key="rich-registration-3", now=before).registration
    services.add_agreement(activity, "Publicar el acta en quechua.", "Secretaría", None, person_id=ines, now=NOON)
    return {
        "/inscripciones/": {"token": services.private_token(made.code)},
        "/mesa/entrada/": {"code": made.code},
        "/mesa/llamadas/": {"code": called.code},
        "/mesa/procesos/<slug>/actividades/<activity>/acuerdos": {"activity": ASSEMBLY, "number": 1},
    }
