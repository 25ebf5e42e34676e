"""Writing needs a token that only our own page gave (S10), and reading never writes."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.core.db import db
from tests.cast import RICH_PEOPLE, SARA
from tests.security.rich import RichWorld
from tests.security.walk import READING, WRITING, client_of, doors, knock


def _rows(app: Flask) -> dict[str, object]:
    """How many rows each table has, and the head of the register."""
    with app.app_context():
        counts: dict[str, object] = {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in db.metadata.sorted_tables}
        counts["head"] = [tuple(row) for row in db.session.execute(text("SELECT seq, hash FROM audit_head"))]
        counts["revision"] = [tuple(row) for row in db.session.execute(text("SELECT id, public_revision FROM process ORDER BY id"))]
        db.session.remove()
    return counts


@pytest.fixture
def with_tokens(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def test_every_writing_route_refuses_a_request_without_token(app: Flask, rich: RichWorld, with_tokens: None) -> None:
    before = _rows(app)
    for person in (None, SARA):
        client = client_of(app, rich, person)
        for door in doors(app, rich, WRITING):
            assert knock(client, door, app).status_code == 400, door.name
    assert _rows(app) == before


def test_the_token_of_another_session_is_refused(app: Flask, rich: RichWorld, with_tokens: None) -> None:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(app.test_client().get("/ingresar").text, "html5lib")
    token = page.find("input", {"name": "csrf_token"})["value"]
    other = app.test_client()
    other.get("/ingresar")
    for options in ({"data": {"csrf_token": token}}, {"headers": {"X-CSRFToken": token}}, {"data": {"csrf_token": "x" * 80}}):
        assert other.post("/ingresar", **options).status_code == 400


@pytest.mark.slow
def test_reading_every_page_as_everybody_writes_nothing(app: Flask, rich: RichWorld) -> None:
    before = _rows(app)
    for person in (None, *RICH_PEOPLE):
        client = client_of(app, rich, person)
        for door in doors(app, rich, READING):
            knock(client, door, app)
    assert _rows(app) == before


@pytest.mark.slow
def test_head_and_options_write_nothing_either(app: Flask, rich: RichWorld) -> None:
    before = _rows(app)
    client = client_of(app, rich, SARA)
    for door in doors(app, rich):
        for method in ("HEAD", "OPTIONS"):
            assert client.open(door.path(app), method=method).status_code < 500, door.name
    assert _rows(app) == before


def test_a_person_who_may_not_write_leaves_no_row(app: Flask, rich: RichWorld) -> None:
    """Whoever is refused changed nothing: neither strangers nor the secretariat of another space."""
    from tests.cast import OLGA

    before = _rows(app)
    for person in (None, OLGA):
        client = client_of(app, rich, person)
        for door in doors(app, rich, WRITING):
            is_own = person and door.rule.rule.startswith("/mi-cuenta")  # whoever signed in may change their own account
            if app.view_functions[door.endpoint].access.permission is not None and not is_own:
                knock(client, door, app)
    assert _rows(app) == before
