"""A world with one of everything, made once and copied for each test; and a way to let nothing be kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from tests.security.rich import RichWorld, build_rich_world
from tests.world import NOON


@pytest.fixture(scope="session")
def rich_template(app: Flask, empty_database: Path, data_dir: Path) -> tuple[Path, RichWorld]:
    """The database file of the rich world, made through the services."""
    _close(app, data_dir)
    shutil.copyfile(empty_database, data_dir / "minka.db")
    with app.app_context():
        world = build_rich_world()
        db.session.commit()
        raw = db.engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
    _close(app)
    kept = data_dir / "rich.db"
    shutil.copyfile(data_dir / "minka.db", kept)
    return kept, world


def _close(app: Flask, data_dir: Path | None = None) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for leftover in data_dir.glob("minka.db*") if data_dir else ():
        leftover.unlink()


@pytest.fixture
def rich(app: Flask, rich_template: tuple[Path, RichWorld], data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RichWorld]:
    """The rich world at noon of 20 March 2027; what a test commits is gone with it."""
    template, world = rich_template
    _close(app, data_dir)
    shutil.copyfile(template, data_dir / "minka.db")
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    yield world
    _close(app, data_dir)


@pytest.fixture
def nothing_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits become flushes: every request starts from the same rows, and two thousand requests need one database."""
    monkeypatch.setattr(db.session, "commit", db.session.flush)
