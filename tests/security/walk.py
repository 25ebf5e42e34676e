"""Walking every route: what to put in its address, and how to be somebody without typing a password."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.routing import Rule
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from app.core.db import db
from tests.cast import CastMember
from tests.security.rich import RichWorld
from tests.security.rich_accounts import session_key

READING, WRITING = "GET", "POST"
REFUSED = {401, 403, 404}


@dataclass(frozen=True)
class Door:
    """One route and one method, with the arguments that lead to something that exists."""

    rule: Rule
    method: str
    arguments: dict[str, Any]

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)

    @property
    def name(self) -> str:
        """Endpoint, and the rule itself when several rules share an endpoint and method."""
        return f"{self.endpoint} {self.rule.rule}"

    def path(self, app: Flask) -> str:
        with app.test_request_context():
            adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
            return adapter.build(self.endpoint, self.arguments, method=self.method)


def doors(app: Flask, world: RichWorld, method: str | None = None) -> list[Door]:
    """Every route by address; KeyError names the argument nobody gave a value."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: r.rule):
        for verb in (READING, WRITING):
            if verb in (rule.methods or set()) and method in (None, verb):
                found.append(Door(rule, verb, world.arguments_of(rule)))
    return found


def client_of(app: Flask, world: RichWorld, person: CastMember | None) -> FlaskClient:
    """A client signed in as `person`, without the cost of a password; or of somebody without account."""
    client = app.test_client()
    if person is not None:
        with client.session_transaction() as session:
            session["_user_id"] = session_key(person)
            session["_fresh"] = True
    return client


def knock(client: FlaskClient, door: Door, app: Flask, **options: Any) -> TestResponse:
    """The answer; an exception counts as the 500 a visitor would see, so that a walk reports every broken door at once."""
    if door.method == WRITING:
        options.setdefault("data", {})
        options.setdefault("content_type", "multipart/form-data")
    try:
        # buffered: a stream left open would keep its context, and with it the person, for the next request
        return client.open(door.path(app), method=door.method, buffered=True, **options)
    except Exception as error:
        with app.app_context():
            db.session.rollback()
            db.session.remove()
        return TestResponse([f"{type(error).__name__}: {error}"], "500 BROKEN", Headers(), Request({}))


def verdict(response: TestResponse) -> str:
    """`ok`, `sign-in`, `403` or `404`: what the matrix holds."""
    if response.status_code in REFUSED:
        return str(response.status_code)
    if response.status_code in (302, 303) and response.headers.get("Location", "").split("?")[0].endswith("/ingresar"):
        return "sign-in"
    return "ok"
