"""The server of the database dies under a request: people read a sentence, and a ballot is whole or not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, text

from app.core.cache import FragmentCache
from app.core.db import db
from tests.browser import Browser
from tests.cast import SARA
from tests.factories.voting import a_token, an_open_vote
from tests.world import NOON, build_world

AT = {"slug": "plan-prueba", "vote": "votacion"}
SENTENCE = "El servicio no puede guardar en este momento"
MOST_STATEMENTS = 60


@pytest.fixture
def site(postgres_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """As it is served: errors are shown to people, not raised."""
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    postgres_app.testing = False
    return postgres_app


@contextmanager
def _dies(app: Flask, turn: int, when: str = "before") -> Iterator[list[int]]:
    """The connection is cut by the server before (or after) statement number `turn`, and no other is given; gives those tried."""
    with app.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    tried: list[int] = []

    def cut(connection: Any, *_rest: object) -> None:
        tried.append(len(tried) + 1)
        if tried[-1] == turn:
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.driver_connection.info.backend_pid])

    def refuse(*_rest: object) -> None:
        if tried and tried[-1] >= turn:
            raise psycopg.OperationalError("the database system is starting up")

    event.listen(engine, f"{when}_cursor_execute", cut)
    event.listen(engine, "do_connect", refuse)
    try:
        yield tried
    finally:
        event.remove(engine, f"{when}_cursor_execute", cut)
        event.remove(engine, "do_connect", refuse)


def _stored(app: Flask) -> tuple[int, int, int]:
    with app.app_context():
        counts = [db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in ("ballot", "receipt")]
        used = db.session.execute(text("SELECT count(*) FROM vote_token WHERE state = 'used'")).scalar_one()
        db.session.remove()
    return counts[0], counts[1], used


@pytest.mark.postgres
def test_a_ballot_is_whole_or_not_there_whenever_the_server_dies(site: Flask) -> None:
    with site.app_context():
        vote = an_open_vote(build_world())
        codes = [a_token(vote, serial) for serial in range(1, MOST_STATEMENTS + 1)]
        db.session.commit()
        db.session.remove()
    cast = 0
    for turn, code in enumerate(codes, start=1):
        browser = Browser(site)
        browser.post("voting.enter_with_token", {"token": code, "carried": ""}, **AT)
        with _dies(site, turn) as tried:
            response = browser.client.post(browser.url("voting.review", **AT), data={"opcion": ["1"], "accion": "revisar"})
        assert response.status_code == (503 if len(tried) >= turn else 200), f"statement {turn} of the review: {response.status_code}"
        page = browser.post("voting.review", {"opcion": ["1"], "accion": "revisar"}, status=200, **AT)
        carried = str(page.soup.find("input", {"name": "carried"})["value"])
        with _dies(site, turn) as tried:
            response = browser.client.post(browser.url("voting.cast", **AT), data={"carried": carried})
        assert response.status_code in (303, 503), f"statement {turn}: {response.status_code}"
        cast += response.status_code == 303
        ballots, receipts, used = _stored(site)
        assert ballots == receipts == used and ballots >= cast, f"statement {turn}: {ballots}, {receipts}, {used}"
        if len(tried) < turn:
            break
        if response.status_code == 503:
            assert SENTENCE in response.get_data(as_text=True) and response.headers["Retry-After"] == "5"
    assert turn > 5 and cast > 0


@pytest.mark.postgres
@pytest.mark.parametrize("path", ["/", "/procesos/plan-prueba/respuestas", "/mesa", "/mi-cuenta"])
def test_every_page_says_so_whenever_the_server_dies(site: Flask, path: str) -> None:
    with site.app_context():
        build_world()
        db.session.commit()
        db.session.remove()
    browser = Browser(site).sign_in(SARA)
    for turn in range(1, MOST_STATEMENTS):
        with _dies(site, turn) as tried:
            response = browser.client.get(path)
        if len(tried) < turn:
            break
        assert response.status_code == 503 and SENTENCE in response.get_data(as_text=True), f"statement {turn}: {response.status_code}"
        site.extensions["minka.cache"] = FragmentCache("")  # what a whole page left is not what the next one is tried with
    assert turn > 1


@pytest.mark.postgres
def test_an_answer_already_made_is_given_when_the_server_dies_after_the_last_statement(site: Flask) -> None:
    with site.app_context():
        build_world()
        db.session.commit()
        db.session.remove()
    client = site.test_client()
    with _dies(site, 0) as tried:
        whole = client.get("/procesos/plan-prueba/cronograma")
    with _dies(site, len(tried), "after") as again:
        response = client.get("/procesos/plan-prueba/cronograma")
    assert len(again) == len(tried) > 0
    assert response.status_code == 200 and response.get_data() == whole.get_data()
