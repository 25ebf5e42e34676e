"""The database of the rich world, made once in a run and copied by whoever tries it: a fixture that tests/conftest.py gives to every module."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from tests.security.rich import RichWorld, build_rich_world


def put_away(app: Flask, data_dir: Path | None = None) -> None:
    """Close the database, and delete it when its folder is given."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for leftover in data_dir.glob("minka.db*") if data_dir else ():
        leftover.unlink()


@pytest.fixture(scope="session")
def rich_template(app: Flask, empty_database: Path, data_dir: Path) -> tuple[Path, RichWorld]:
    """The database file of the rich world, made through the services, and what leads to its things."""
    put_away(app, data_dir)
    shutil.copyfile(empty_database, data_dir / "minka.db")
    with app.app_context():
        world = build_rich_world()
        db.session.commit()
        raw = db.engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
    put_away(app)
    kept = data_dir / "rich.db"
    shutil.copyfile(data_dir / "minka.db", kept)
    return kept, world
