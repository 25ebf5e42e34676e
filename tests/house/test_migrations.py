"""Models and migrations say the same on both databases, and every step can be taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.core.db import db
from app.factory import create_app
from config import Config
from tests.conftest import SECRET
from tests.house.source import ROOT

VERSIONS = ROOT / "migrations" / "versions"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty SQLite database."""
    app = create_app(Config({"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "SITE_URL": "http://localhost"}, TESTING=True))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _is_ours(_object: object, name: str | None, _kind: str, _reflected: bool, _compared: object) -> bool:
    return not (name or "").startswith("contribution_search")


def _differences(app: Flask) -> list[object]:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours, "compare_type": True})
        return list(compare_metadata(context, db.metadata))


def _revisions() -> list[str]:
    """From the first to the last."""
    script = ScriptDirectory(str(ROOT / "migrations"))
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def _schema(app: Flask) -> dict[str, list[str]]:
    with app.app_context():
        inspector = inspect(db.engine)
        schema = {
            name: sorted(str((c["name"], str(c["type"]), c["nullable"])) for c in inspector.get_columns(name))
            + sorted(str(index["name"]) for index in inspector.get_indexes(name))
            + sorted(str(unique["name"]) for unique in inspector.get_unique_constraints(name))
            for name in inspector.get_table_names()
        }
        db.session.remove()
        return schema


def test_one_line_of_revisions() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_migrations_do_not_import_the_application() -> None:
    assert [p.name for p in VERSIONS.glob("*.py") if re.search(r"^\s*(from|import) (app|config)\b", p.read_text(), re.MULTILINE)] == []


def test_migrations_and_models_agree_on_sqlite(app: Flask, database: None) -> None:
    assert _differences(app) == []


@pytest.mark.postgres
def test_migrations_and_models_agree_on_postgresql(postgres_app: Flask) -> None:
    assert _differences(postgres_app) == []


def _walk(app: Flask) -> None:
    """Each step up, down and up again leaves the same tables; and all the way down leaves none."""
    with app.app_context():
        downgrade(revision="base")
    for revision in _revisions():
        before = _schema(app)
        with app.app_context():
            upgrade(revision=revision)
        after = _schema(app)
        with app.app_context():
            downgrade(revision="-1")
        assert {k: v for k, v in _schema(app).items() if k != "alembic_version"} == {
            k: v for k, v in before.items() if k != "alembic_version"
        }
        with app.app_context():
            upgrade(revision=revision)
        assert _schema(app) == after
    with app.app_context():
        downgrade(revision="base")
    assert set(_schema(app)) <= {"alembic_version"}


@pytest.mark.slow
def test_every_step_can_be_taken_back_on_sqlite(fresh: Flask) -> None:
    with fresh.app_context():
        upgrade()
    _walk(fresh)


@pytest.mark.slow
@pytest.mark.postgres
def test_every_step_can_be_taken_back_on_postgresql(postgres_app: Flask) -> None:
    _walk(postgres_app)


def test_every_constraint_has_a_name_of_its_own(app: Flask) -> None:
    """A nameless constraint cannot be dropped, nor mapped to a sentence."""
    nameless = [
        (table.name, type(constraint).__name__)
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []
