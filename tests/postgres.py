"""The application on a PostgreSQL of its own: fixtures that tests/conftest.py gives to every module.

A scratch database is migrated once per run and copied for each test; every copy is dropped afterwards. A module that imports the
fixtures makes its own. Without a server the tests are skipped with a sentence that says how to get one (fixture `postgres_url`).
"""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from app.core.db import db
from app.factory import create_app
from config import Config

SECRET = "tests-only-tests-only-tests-only-tests"


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


def _beside(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    return f"{url.rsplit('/', 1)[0]}/{name}"


def _application(url: str, folder: Path) -> Flask:
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(folder), "SITE_URL": "http://localhost", "DATABASE_URL": url}
    return create_app(Config(environ, TESTING=True, WTF_CSRF_ENABLED=False))


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of an empty, migrated database that tests copy."""
    name = f"minka_template_{uuid.uuid4().hex[:12]}"
    _run(postgres_url, f"CREATE DATABASE {name}")
    try:
        app = _application(_beside(postgres_url, name), tmp_path_factory.mktemp("postgres"))
        with app.app_context():
            upgrade()
        _close(app)
        yield name
    finally:
        _run(postgres_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgres_application(postgres_url: str, data_dir: Path) -> tuple[Flask, str]:
    """One application for the whole run, and the name of the database it looks for, which each test makes and drops."""
    name = f"minka_test_{uuid.uuid4().hex[:12]}"
    return _application(_beside(postgres_url, name), data_dir), name


@pytest.fixture
def postgres_app(postgres_url: str, postgres_template: str, _postgres_application: tuple[Flask, str]) -> Iterator[Flask]:
    """The application on an empty, migrated PostgreSQL database; push `app_context()` yourself, once per thread."""
    app, name = _postgres_application
    _run(postgres_url, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    try:
        yield app
    finally:
        with suppress(Exception):
            _close(app)
        _run(postgres_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
