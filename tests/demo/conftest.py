"""The demo, loaded once; each test works on its own copy."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from app.demo import services

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_file(app: Flask, empty_database: Path, data_dir: Path) -> Path:
    _replace(app, data_dir, empty_database)
    with app.app_context():
        services.load(NOW)
        db.session.commit()
        db.session.remove()
        raw = db.engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        db.engine.dispose()
    return Path(shutil.copyfile(data_dir / "minka.db", data_dir / "demo.db"))


@pytest.fixture
def demo(app: Flask, demo_file: Path, data_dir: Path) -> Iterator[None]:
    _replace(app, data_dir, demo_file)
    yield
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _replace(app: Flask, data_dir: Path, source: Path) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for leftover in data_dir.glob("minka.db*"):
        leftover.unlink()
    shutil.copyfile(source, data_dir / "minka.db")
