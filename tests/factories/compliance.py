"""Attestations, visits and outreach in the state a test needs."""

from datetime import datetime, timedelta

from app.activities import services as activities
from app.activities.models import OutreachAction
from app.activities.rules.outreach import OutreachChannel, OutreachDraft
from app.compliance import services
from app.compliance.models import Attestation
from app.compliance.rules.attestations import AttestationDraft, Method
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.core.db import db
from app.forum.rules.seats import Side
from app.organisations.rules import Sector
from app.processes import queries as processes
from app.processes.models import Process
from tests.cast import FELIX, SARA
from tests.world import NOON, World

WORDS = "Estuve presente y revisé las actas y los documentos."


def process_of(world: World) -> Process:
    found = processes.process_by_slug(world.slug)
    assert found is not None
    return found


def signed(
    world: World, statement: Statement = Statement.LIST_COMPLETE, *, side: Side = Side.GOVERNMENT, now: datetime = NOON, **changes: object
) -> Attestation:
    values: dict[str, object] = {"text": WORDS, "post": "Secretaria técnica", "method": Method.DOCUMENTS, **changes}
    signer = SARA if side is Side.GOVERNMENT else FELIX
    draft = AttestationDraft(statement, **values)  # type: ignore[arg-type]
    return services.attest(process_of(world), draft, side=side, person_id=world.id_of(signer), now=now, abouts=("taller-ccorca",))


def told(world: World, *, key: str = "a" * 32, now: datetime = NOON, days_ago: int = 20, **changes: object) -> OutreachAction:
    values: dict[str, object] = {
        "done_on": lima_day(now) - timedelta(days=days_ago), "title": "Aviso en Radio Ccorca", "channel": OutreachChannel.RADIO,
        "sector": Sector.GRASSROOTS, "message": "Vecinos, el miércoles 10 hay taller en el local comunal.", "ubigeo": "080102",
        "language": "qu",
        **changes,
    }  # fmt: skip
    draft = OutreachDraft(**values)  # type: ignore[arg-type]
    action = activities.record_outreach(process_of(world), draft, submission_key=key, person_id=world.id_of(SARA), now=now)
    db.session.flush()
    return action
