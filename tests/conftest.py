"""The application under test, a fresh database for each test, and a browser that checks every page it reads."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from app.accounts.services import people as hashing
from app.core.db import db
from app.factory import create_app
from config import Config
from tests.browser import Browser
from tests.cluster import quick_folder, scratch_cluster
from tests.passwords import Remembering
from tests.postgres import _postgres_application, postgres_app, postgres_template
from tests.security.rich_database import put_away, rich_template
from tests.spreading import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.world import World, build_world

__all__ = [  # fixtures and hooks of every module: imported here, a run makes each once
    "_postgres_application", "postgres_app", "postgres_template", "pytest_collection_modifyitems", "pytest_xdist_make_scheduler",
    "rich_template",
]  # fmt: skip

ENABLE_COMMAND = "sudo sh scripts/test-services.sh --install"
ENABLE = f"para probarlo: {ENABLE_COMMAND}"
SECRET = "tests-only-tests-only-tests-only-tests"


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="minka-tests-", dir=quick_folder(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def app(data_dir: Path) -> Flask:
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(data_dir), "SITE_URL": "http://localhost"}
    application = create_app(Config(environ, TESTING=True, WTF_CSRF_ENABLED=False))
    hashing._hasher = Remembering.from_parameters(hashing._hasher._parameters)
    with application.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return application


@pytest.fixture(scope="session")
def empty_database(app: Flask, data_dir: Path) -> Path:
    return _kept(app, data_dir, "template.db")


@pytest.fixture(scope="session")
def peopled_database(app: Flask, empty_database: Path, data_dir: Path) -> tuple[Path, World]:
    """The file with the world in it, and what leads to its things: made once, copied for each test."""
    put_away(app, data_dir)  # whatever was there, a module before this one may have left
    shutil.copyfile(empty_database, data_dir / "minka.db")
    with app.app_context():
        made = build_world()
        db.session.commit()
    return _kept(app, data_dir, "world.db"), made


def _kept(app: Flask, data_dir: Path, name: str) -> Path:
    """A copy of the database as it is now."""
    with app.app_context():
        raw = db.engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        db.session.remove()
        db.engine.dispose()
    return Path(shutil.copyfile(data_dir / "minka.db", data_dir / name))


@pytest.fixture
def database(
    app: Flask, empty_database: Path, peopled_database: tuple[Path, World], data_dir: Path, request: pytest.FixtureRequest
) -> Iterator[None]:
    """A fresh copy of the migrated database, with the world when the test asks for it; what a test commits is gone with it."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for leftover in data_dir.glob("minka.db*"):
        leftover.unlink()
    shutil.copyfile(peopled_database[0] if _has_people(request) else empty_database, data_dir / "minka.db")
    yield
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _has_people(request: pytest.FixtureRequest) -> bool:
    return "people" in request.node.fixturenames


@pytest.fixture
def people() -> None:
    """Asked for by `world` alone: `database` sees it before it starts."""


@pytest.fixture
def context(app: Flask, database: None) -> Iterator[None]:
    """An application context for tests of services and queries. Never together with `browser` (house.md 3.8)."""
    with app.app_context():
        yield
        db.session.rollback()


@pytest.fixture
def world(app: Flask, database: None, people: None, peopled_database: tuple[Path, World], request: pytest.FixtureRequest) -> World:
    """The cast of tests/cast.py in a space with an open process; committed. Plain ids and slugs only."""
    if _has_people(request):
        return deepcopy(peopled_database[1])
    with app.app_context():  # asked for while the test runs, too late for `database`
        made = build_world()
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def browser(app: Flask, database: None) -> Browser:
    return Browser(app)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL that answers: the one named in TEST_DATABASE_URL, one started for this run, or the machine's own; or a skip."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        if not _answers(given):
            pytest.skip(f"PostgreSQL no responde en TEST_DATABASE_URL; {ENABLE}")
        yield given
        return
    with scratch_cluster() as own:
        url = own if own and _answers(own) else "postgresql+psycopg://root@127.0.0.1:5432/postgres"
        if not _answers(url):
            pytest.skip(f"No hay PostgreSQL; {ENABLE}")
        yield url


def _answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what was not tested on this machine, and the one command that enables it."""
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    if reasons:
        terminalreporter.section("lo que no se probó aquí")
        for reason in sorted(reasons):
            terminalreporter.line(f"  {reason}")
        terminalreporter.line(f"  Para probarlo todo: {ENABLE_COMMAND}")
