"""Keys kept by a telephone, a computer or a USB stick (WebAuthn): both steps of signing in with one gesture, or the second one."""

from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts import queries
from app.accounts.models import Passkey, Person
from app.accounts.rules.problems import AccountProblem
from app.accounts.services import letters
from app.accounts.services.sealing import keyed, new_handle
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.text import clean_line

LONGEST_CREDENTIAL = 8_000
LONGEST_NAME = 60


def are_possible() -> bool:
    """Whether browsers make keys for this site: for a name, never for a numeric address."""
    try:
        ip_address(_host())
    except ValueError:
        return True
    return False


def _host() -> str:
    return urlsplit(current_app.config["SITE_URL"]).hostname or ""


def offer(person: Person) -> tuple[str, str]:
    """What the browser is told to make a key for this person, as JSON; and the challenge it must sign."""
    options = generate_registration_options(
        rp_id=_host(), rp_name="Minka", user_name=person.email, user_display_name=person.name,
        user_id=bytes.fromhex(keyed("passkey", str(person.id))),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(k.credential_id)) for k in queries.passkeys_of(person.id)],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return options_to_json(options), bytes_to_base64url(options.challenge)


def ask(person: Person | None) -> tuple[str, str]:
    """What the browser is told to use a key: one of the person's, or whichever it holds for this site; and the challenge."""
    keys = queries.passkeys_of(person.id) if person else ()
    options = generate_authentication_options(
        rp_id=_host(), user_verification=UserVerificationRequirement.REQUIRED,
        allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id)) for key in keys] or None,
    )  # fmt: skip
    return options_to_json(options), bytes_to_base64url(options.challenge)


def add_passkey(person: Person, credential: str, challenge: str, name: str, *, now: datetime) -> None:
    """Keep the key the browser made; the caller commits. Raises RuleBroken."""
    try:
        made = verify_registration_response(
            credential=credential[:LONGEST_CREDENTIAL], expected_challenge=base64url_to_bytes(challenge), expected_rp_id=_host(),
            expected_origin=current_app.config["SITE_URL"], require_user_verification=True,
        )  # fmt: skip
        with db.session.begin_nested():
            db.session.add(
                Passkey(
                    handle=new_handle(), person_id=person.id, credential_id=bytes_to_base64url(made.credential_id),
                    public_key=made.credential_public_key, sign_count=made.sign_count, name=clean_line(name)[:LONGEST_NAME], created_at=now,
                )
            )  # fmt: skip
    except (WebAuthnException, IntegrityError, ValueError) as refusal:
        raise RuleBroken([Problem(AccountProblem.PASSKEY_REFUSED)]) from refusal
    letters.tell(person, "factor-added", now=now)


def recognise_passkey(credential: str, challenge: str, *, now: datetime) -> Person:
    """Whose key signed the challenge; the caller commits. Raises RuleBroken.

    The device has verified its owner (finger, face or PIN): possession and owner are two steps in one.
    """
    refused = RuleBroken([Problem(AccountProblem.PASSKEY_REFUSED)])
    try:
        shown = parse_authentication_credential_json(credential[:LONGEST_CREDENTIAL])
        key = queries.passkey_by_credential(bytes_to_base64url(shown.raw_id))
        if key is None or not challenge:
            raise refused
        proved = verify_authentication_response(
            credential=shown, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=_host(),
            expected_origin=current_app.config["SITE_URL"], credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError) as fault:
        raise refused from fault
    person = queries.person_by_id(key.person_id)
    if person is None or person.is_suspended or person.invited_at is not None:
        raise refused
    db.session.execute(update(Passkey).where(Passkey.id == key.id).values(sign_count=proved.new_sign_count, used_at=now))
    return person
