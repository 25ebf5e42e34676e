"""Signing in through an identity provider (OpenID Connect with PKCE): a national identity, when there is one.

What the provider says is worth something only with a signature of its keys, for this site, for this very question (nonce), and the
browser that asked (state). It opens an account it was linked to before; it links one only by a verified address.
"""

import secrets
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from flask import current_app
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.models import Identity, Person
from app.accounts.rules.identities import problems_with_linking
from app.accounts.rules.problems import AccountProblem
from app.accounts.services import letters
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line

ALGORITHMS = ["RS256", "ES256", "PS256"]
SCOPE = "openid email profile"
PATIENCE_SECONDS = 10
KNOWN_SECONDS = 3_600
_known: dict[str, tuple[float, dict[str, Any]]] = {}
_looking = Lock()


@dataclass(frozen=True)
class Claims:
    """What the provider said of a person, its signature checked. `subject` is theirs for ever; an address may change hands."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    name: str

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def is_offered() -> bool:
    return bool(current_app.config["OIDC_ISSUER"] and current_app.config["OIDC_ID"])


def begin(back: str) -> tuple[str, dict[str, str]]:
    """The address of the provider to go to, and what the browser keeps until it returns to `back`. Raises RuleBroken."""
    question = {"state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(48)}
    client = _client(back)
    address, _ = client.create_authorization_url(
        _provider()["authorization_endpoint"], state=question["state"], nonce=question["nonce"], code_verifier=question["verifier"]
    )
    return address, question


def finish(answer: dict[str, str], question: dict[str, Any], back: str, *, now: datetime) -> Claims:
    """Who came back, by the provider's signature; nothing is written. Raises RuleBroken whatever is wrong."""
    refused = RuleBroken([Problem(AccountProblem.IDENTITY_REFUSED)])
    state, code = str(question.get("state") or ""), answer.get("code", "")
    if not state or not code or not secrets.compare_digest(state.encode(), answer.get("state", "").encode("utf-8", "replace")):
        raise refused
    try:
        provider = _provider()
        with _client(back) as client:
            token = client.fetch_token(
                provider["token_endpoint"], code=code, code_verifier=question["verifier"], grant_type="authorization_code",
                timeout=PATIENCE_SECONDS,
            )  # fmt: skip
        return _claims(str(token["id_token"]), provider, str(question["nonce"]), now)
    except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError) as fault:
        raise refused from fault


def _claims(id_token: str, provider: dict[str, Any], nonce: str, now: datetime) -> Claims:
    keys = KeySet.import_key_set(_fetched(provider["jwks_uri"]))
    claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
    client_id = current_app.config["OIDC_ID"]
    judged = jwt.JWTClaimsRegistry(
        now=lambda: int(now.timestamp()), leeway=60, iss={"essential": True, "value": current_app.config["OIDC_ISSUER"]},
        aud={"essential": True, "value": client_id}, exp={"essential": True}, sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )  # fmt: skip
    judged.validate(claims)
    if claims.get("azp", client_id) != client_id:
        raise ValueError("made for another client")
    email = clean_line(str(claims.get("email") or "")).lower()[:254]
    return Claims(
        str(claims["iss"]), str(claims["sub"])[:255], email, claims.get("email_verified") is True and "@" in email,
        clean_line(str(claims.get("name") or ""))[:120],
    )  # fmt: skip


def link(person: Person, claims: Claims, *, now: datetime) -> None:
    """From now on that identity opens the account; the person is told. The caller commits. Raises RuleBroken."""
    refuse_if_any(problems_with_linking(is_verified=claims.is_verified, email=claims.email, account=person.email))
    known = queries.person_by_identity(claims.issuer, claims.subject)
    if known is not None and known.id == person.id:
        return
    try:
        with db.session.begin_nested():
            db.session.add(Identity(person_id=person.id, issuer=claims.issuer, subject=claims.subject, linked_at=now))
    except IntegrityError:
        raise RuleBroken([Problem(AccountProblem.IDENTITY_ALREADY_LINKED)]) from None
    letters.tell(person, "identity", now=now, detail=current_app.config["OIDC_NAME"])


def unlink(person: Person) -> None:
    """No identity opens the account any more. The caller commits."""
    db.session.execute(delete(Identity).where(Identity.person_id == person.id))


def _client(back: str) -> OAuth2Session:
    settings = current_app.config
    return OAuth2Session(
        settings["OIDC_ID"], settings["OIDC_SECRET"] or None, scope=SCOPE, redirect_uri=back, code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if settings["OIDC_SECRET"] else "none",  # noqa: S106 - names of methods
    )  # fmt: skip


def _provider() -> dict[str, Any]:
    """What the provider publishes about itself, asked for once an hour. Raises RuleBroken."""
    issuer = current_app.config["OIDC_ISSUER"]
    at, known = _known.get(issuer, (0.0, {}))
    if known and time.monotonic() - at < KNOWN_SECONDS:
        return known
    try:
        found: dict[str, Any] = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found["issuer"] != issuer:
            raise ValueError("another issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            _safe(found[name])
    except (requests.RequestException, KeyError, TypeError, ValueError) as fault:
        raise RuleBroken([Problem(AccountProblem.IDENTITY_REFUSED)]) from fault
    with _looking:
        _known[issuer] = (time.monotonic(), found)
    return found


def _fetched(address: str) -> Any:
    answer = requests.get(_safe(address), timeout=PATIENCE_SECONDS, allow_redirects=False)
    if answer.status_code != 200:
        raise ValueError(f"{address} answers {answer.status_code}")
    return answer.json()


def _safe(address: str) -> str:
    """An address that may be asked: over TLS, or on this very machine. Raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")):
        return address
    raise ValueError("not over TLS")
