"""What has an address in the accounts of the rich world: everybody's open session, links and codes that wait."""

from datetime import timedelta
from typing import Any

from app.accounts.models import AccountLink, AccountSession, Passkey
from app.accounts.rules.codes import LinkPurpose
from app.accounts.services import digest
from app.contributions.models import Assistance
from app.contributions.rules.terms import Channel
from app.core.db import db
from tests.cast import MATEO, RICH_PEOPLE, SARA, CastMember
from tests.world import NOON, World

OTHER_SESSION = "otra-sesion"
KEY = "llave-de-prueba"
ASSISTANCE = "at-prueba"


def session_key(person: CastMember) -> str:
    """What the browser of that person holds in the rich world."""
    return f"session-of-{person.email}"


def build_accounts(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of the addresses of accounts, by how those begin. The caller commits."""
    for person in RICH_PEOPLE:
        db.session.add(_session(world.id_of(person), session_key(person), digest(person.email)[:16]))
    mateo = world.id_of(MATEO)
    db.session.add(_session(mateo, "somewhere else", OTHER_SESSION))
    for purpose in LinkPurpose:
        db.session.add(
            AccountLink(
                purpose=purpose, person_id=mateo, token_hash=digest(purpose), email="otro@example.pe", created_at=NOON,
                expires_at=NOON + timedelta(hours=1),
            )
        )  # fmt: skip
    db.session.add(Passkey(handle=KEY, person_id=mateo, credential_id="eA", public_key=b"x", name="Teléfono", created_at=NOON))
    db.session.add(
        Assistance(
            code=ASSISTANCE, process_id=world.process_id, registrar_id=world.id_of(SARA), person_name="Zenaida Ccopa", channel=Channel.WINDOW,
            purpose="No tiene internet.", started_at=NOON, ends_at=NOON + timedelta(minutes=30),
        )
    )  # fmt: skip
    db.session.flush()
    return {
        "/mesa/procesos/<slug>/atencion/": {"code": ASSISTANCE},
        "/clave-nueva/": {"token": str(LinkPurpose.RESET)},
        "/invitacion/": {"token": str(LinkPurpose.INVITATION)},
        "/correo-nuevo/": {"token": str(LinkPurpose.EMAIL_NEW)},
        "/mi-cuenta/sesiones/": {"handle": OTHER_SESSION},
        "/mi-cuenta/llaves/": {"handle": KEY},
    }


def _session(person_id: int, key: str, handle: str) -> AccountSession:
    return AccountSession(
        handle=handle, key_hash=digest(key), person_id=person_id, device="Firefox, Linux", started_at=NOON, acted_at=NOON, proved_at=NOON
    )
