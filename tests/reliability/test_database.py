"""The database as it must be set (R02), when it is locked (R04), and when one post arrives twenty times (R09)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import db as database_module
from app.core.db import db, sqlite_driver
from app.factory import create_app
from config import Config
from tests.browser import Browser
from tests.conftest import SECRET
from tests.reliability.site import FIXED
from tests.world import NOON, World, build_world

FORM = "/procesos/plan-prueba/aportes/nuevo"
AT_ONCE = 20


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def test_sqlite_keeps_what_it_acknowledged(context: None) -> None:
    settings = {
        name: db.session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert settings["journal_mode"] == "wal"
    assert settings["synchronous"] == 2
    assert settings["foreign_keys"] == 1
    assert settings["busy_timeout"] >= 5_000


def test_the_embedded_library_has_no_reset_fault() -> None:
    """The WAL-reset fault was mended in 3.51.3; other machines fall back on their own library (stack.md)."""
    if sqlite_driver.__name__.startswith("pysqlite3"):
        assert sqlite_driver.sqlite_version_info >= (3, 51, 3)


@pytest.mark.postgres
def test_nothing_of_ours_lets_postgresql_forget_what_it_acknowledged(postgres_app: Flask) -> None:
    """Whether it waits for the disk is its operator's to say: neither the application nor its role or database asks otherwise."""
    asked = "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND source = ANY(:ours)"
    with postgres_app.app_context():
        ours = ["client", "session", "user", "database", "database user"]
        assert db.session.scalars(text(asked), {"ours": ours}).all() == []


def test_a_writer_takes_the_lock_when_it_begins(context: None) -> None:
    """Outside a GET every transaction is BEGIN IMMEDIATE: a second writer is refused at its beginning, not at its end."""
    db.session.execute(text("SELECT 1"))
    path = db.engine.url.database
    other = sqlite_driver.connect(str(path), timeout=0.05, isolation_level=None)
    with pytest.raises(sqlite_driver.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_reader_does_not_take_it(app: Flask, world: World) -> None:
    with app.test_request_context("/"):
        db.session.execute(text("SELECT count(*) FROM person"))
        other = sqlite_driver.connect(str(db.engine.url.database), timeout=0.05, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()
        db.session.rollback()


def _form(key: str, words: str = "Que la posta atienda de noche, por favor.") -> dict[str, str]:
    return {**FIXED, "title": "Posta de noche", "text": words, "submission_key": key}


def test_a_locked_database_says_come_back_and_nothing_is_half_written(
    app: Flask, data_dir: Path, world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 200)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    data = _form("a" * 32)
    other = sqlite_driver.connect(str(data_dir / "minka.db"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        refused = browser.client.post(FORM, data=data)
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "locked" not in refused.text and "OperationalError" not in refused.text
        assert browser.client.get("/procesos/plan-prueba").status_code == 200
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert browser.client.post(FORM, data=data).status_code == 303
    assert _contributions(app) == 1


def _contributions(app: Flask) -> int:
    with app.app_context():
        counted = db.session.execute(text("SELECT count(*) FROM contribution")).scalar()
        db.session.remove()
    return int(counted or 0)


def _post_at_once(app: Flask) -> list[tuple[int, str]]:
    """The same form, twenty times in the same moment."""
    data = _form("b" * 32)
    gate = threading.Barrier(AT_ONCE)

    def post(_: int) -> tuple[int, str]:
        client = app.test_client()
        gate.wait()
        response = client.post(FORM, data=data)
        return response.status_code, response.headers.get("Location", "")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(post, range(AT_ONCE)))


def test_twenty_clicks_make_one_contribution_on_sqlite(app: Flask, world: World) -> None:
    answers = _post_at_once(app)
    assert {status for status, _ in answers} == {303}
    assert len({where for _, where in answers}) == 1, "everybody is led to the same receipt"
    assert _contributions(app) == 1


@pytest.mark.postgres
def test_twenty_clicks_make_one_contribution_on_postgresql(postgres_app: Flask) -> None:
    with postgres_app.app_context():
        build_world()
        db.session.commit()
        db.session.remove()
    answers = _post_at_once(postgres_app)
    assert {status for status, _ in answers} == {303}
    assert len({where for _, where in answers}) == 1
    assert _contributions(postgres_app) == 1


def test_the_same_key_with_other_words_is_not_swallowed(app: Flask, world: World, browser: Browser) -> None:
    first = browser.client.post(FORM, data=_form("c" * 32))
    assert first.status_code == 303
    other = browser.client.post(FORM, data=_form("c" * 32, "Que el mercado tenga baños limpios."))
    assert other.status_code == 422
    assert _contributions(app) == 1


def test_without_redis_pages_still_answer(tmp_path: Path) -> None:
    """R06: the fragments are made again; nothing else lives there."""
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "SITE_URL": "http://localhost", "REDIS_URL": "redis://127.0.0.1:1/0"}
    app = create_app(Config(environ, TESTING=True))
    from flask_migrate import upgrade

    with app.app_context():
        upgrade()
        world = build_world()
        db.session.commit()
        db.session.remove()
    client = app.test_client()
    for path in (
        "/",
        "/procesos",
        f"/procesos/{world.slug}",
        f"/procesos/{world.slug}/aportes",
        f"/procesos/{world.slug}/respuestas",
        "/healthz",
    ):
        assert client.get(path).status_code == 200, path
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_when_storage_fails_the_site_says_so(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.storage._store", _no_store)
    response = app.test_client().get("/healthz")
    assert response.status_code == 503 and response.get_json() == {"status": "unavailable"}


def _no_store() -> object:
    raise OSError("no space left")
