"""Every page and state that the public and a citizen may meet, found in the route map: what is added tomorrow is looked at."""

import csv
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from flask import Flask, render_template
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from tests import cast
from tests.cast import CastMember
from tests.security.rich import RichWorld
from tests.security.walk import READING, WRITING, Door, client_of, doors, knock

CITIZEN = cast.ROSA
EMPTY = "plan-sin-nada"
STATES = "/estado/"
MATRIX = Path(__file__).parents[1] / "security" / "matrix.csv"
AT_WORK = (
    cast.MARCO, cast.INES, cast.CARMEN, cast.MILA, cast.ANA, cast.FELIX, cast.GLORIA, cast.SARA, cast.DARIO, cast.VERA,
)  # fmt: skip
"""Who has the fewest pages of their own first: a page is looked at as the first of them who may open it."""
ERRORS = (400, 403, 404, 405, 409, 413, 415, 429, 500, 503)
"""Pages of templates/errors, as app/factory.py draws them."""


@dataclass(frozen=True)
class Stop:
    """A page to look at: its name in the route map, its address, and who has to be signed in to see it."""

    name: str
    path: str
    who: CastMember | None = None


class OpenHouse:
    """The application on a port of its own; answers that no address leads to (a refused form) are served under /estado/."""

    def __init__(self, app: Flask, world: RichWorld) -> None:
        self.app, self.world = app, world
        self._states: dict[str, bytes] = {}
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._add_an_empty_process()
        self.stops = tuple(self._walk())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def cookie_of(self, who: CastMember) -> dict[str, Any]:
        """What the browser of that person holds."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        kept = client_of(self.app, self.world, who).get_cookie(name)
        assert kept is not None
        return {"name": name, "value": kept.value, "url": self.address}

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        state = self._states.get(environ["PATH_INFO"])
        if state is None:
            return self.app(environ, start)
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [state]

    def _walk(self) -> Iterator[Stop]:
        yield from self._pages()
        yield from self._refusals()
        yield from self._empty_lists()
        yield from self._errors()

    def _pages(self) -> Iterator[Stop]:
        """Every address that answers with a page to somebody without account, else to the citizen."""
        anybody, citizen = client_of(self.app, self.world, None), client_of(self.app, self.world, CITIZEN)
        for door in doors(self.app, self.world, READING):
            if _is_page(knock(anybody, door, self.app)):
                yield Stop(door.endpoint, door.path(self.app))
            elif _is_page(knock(citizen, door, self.app)):
                yield Stop(door.endpoint, door.path(self.app), who=CITIZEN)

    def _refusals(self) -> Iterator[Stop]:
        """Every form sent with nothing in it that comes back as a page."""
        for who in (None, CITIZEN):
            client = client_of(self.app, self.world, who)
            for door in doors(self.app, self.world, WRITING):
                if door.rule.rule.startswith("/mesa") and door.endpoint.split(".")[0] != "follows":
                    continue
                answer = knock(client, door, self.app)
                if _is_page(answer, 409, 413, 422, 429) and f"{STATES}{door.endpoint}-refused" not in self._states:
                    yield self._kept(f"{door.endpoint} refused", answer.get_data())

    def _empty_lists(self) -> Iterator[Stop]:
        """Every page of a process that has nothing yet."""
        client = client_of(self.app, self.world, None)
        for door in doors(self.app, self.world, READING):
            if door.rule.arguments == {"slug"} and door.rule.rule.startswith("/procesos/"):
                empty = Door(door.rule, READING, {"slug": EMPTY})
                if _is_page(knock(client, empty, self.app)):
                    yield Stop(f"{door.endpoint} empty", empty.path(self.app))

    def _errors(self) -> Iterator[Stop]:
        for code in ERRORS:
            with self.app.test_request_context("/"):
                yield self._kept(f"error {code}", render_template(f"errors/{code}.html", problem="").encode())

    def _kept(self, name: str, page: bytes) -> Stop:
        path = STATES + name.replace(" ", "-")
        self._states[path] = page
        return Stop(name, path)

    def _add_an_empty_process(self) -> None:
        with self.app.app_context():
            like = db.session.query(Process).filter_by(slug=self.world.slug).one()
            db.session.add(
                Process(
                    space_id=like.space_id, slug=EMPTY, code="NAD", kind=like.kind, title="Plan sin nada todavía", summary="Recién creado.",
                    influence=like.influence, state=ProcessState.RUNNING, start_at=like.start_at, created_by_id=like.created_by_id,
                    created_at=like.created_at,
                )
            )  # fmt: skip
            db.session().commit()  # the session itself: what the fixture patches is its registry
            db.session.remove()


class Desk(OpenHouse):
    """The pages of the staff, each as one of those whose work it is, after the reviewed matrix of tests/security.

    Pages with the same title are one page in several states; one is looked at, with the errors of a refused form when it has any.
    """

    def _walk(self) -> Iterator[Stop]:
        allowed, clients = _matrix(), {who: client_of(self.app, self.world, who) for who in AT_WORK}
        seen = set()
        for method, codes in ((WRITING, (409, 422)), (READING, (200,))):
            for door in doors(self.app, self.world, method):
                who = next((who for who in AT_WORK if who in allowed[door.name, method]), None)
                if who is None or not door.rule.rule.startswith("/mesa"):
                    continue
                answer = knock(clients[who], door, self.app)
                title = answer.get_data().partition(b"<title>")[2].partition(b"</title>")[0]
                if _is_page(answer, *codes) and title not in seen:
                    seen.add(title)
                    is_refused = method == WRITING
                    yield (
                        self._kept(f"{door.endpoint} refused", answer.get_data())
                        if is_refused
                        else Stop(door.endpoint, door.path(self.app), who)
                    )


def _matrix() -> dict[tuple[str, str], set[CastMember]]:
    """Who may open each door, as tests/security/matrix.csv has it."""
    people = {who.email.partition("@")[0]: who for who in AT_WORK}
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return {
            (row["route"], row["method"]): {people[name] for name, verdict in row.items() if name in people and verdict == "ok"}
            for row in csv.DictReader(file, delimiter=";")
        }


def _is_page(answer: TestResponse, *codes: int) -> bool:
    return answer.status_code in (codes or (200, 410)) and answer.mimetype == "text/html" and b"<html" in answer.get_data()[:500]
