"""The rich world's organisations: one that waits in the queue, with a file and an invitation; its address and theirs."""

from typing import Any

from app.accounts import queries as accounts
from app.core.db import db
from app.directory import queries, services
from app.evidence.rules import FileUpload
from app.organisations import services as organisations
from app.organisations.models import Membership, OrganisationInvitation
from app.organisations.rules import OrganisationDraft, Sector
from tests.cast import MATEO, ROSA
from tests.factories.files import pdf
from tests.world import NOON, World

NAME = "Comité de Regantes de Ccorca"


def build_directory(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of the addresses of organisations, by how those begin. The caller commits."""
    draft = OrganisationDraft(NAME, Sector.GRASSROOTS, email="regantes@example.pe", ubigeos=("080102",))
    mateo = world.id_of(MATEO)
    made = organisations.register(draft, person_id=mateo, post="", space_id=world.space_id, is_another=False, now=NOON)
    services.prove(made, FileUpload("acta.pdf", pdf()), person_id=mateo, now=NOON)
    organisations.invite(made, ROSA.email, "Tesorera", invited_by_id=mateo, inviter=MATEO.name, now=NOON)
    db.session.flush()
    invitation = db.session.query(OrganisationInvitation).one()
    held = db.session.query(Membership).filter_by(organisation_id=made.id).one()
    (file,) = queries.files_of(made.id)
    assert accounts.person_by_email(ROSA.email) is not None
    return {
        "/organizaciones/": {"slug": "red-vecinal"},
        "/mi-cuenta/organizaciones/": {
            "slug": made.slug, "handle": invitation.handle, "answer": "rechazar", "membership_id": held.id,
        },
        "/mesa/espacios/<slug>/organizaciones/": {"slug": "cusco", "organisation": made.slug, "verdict": "verificar", "key": file.key},
    }  # fmt: skip
