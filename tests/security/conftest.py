"""A world with one of everything for each test, and a way to let nothing be kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from tests.security.rich import RichWorld
from tests.security.rich_database import put_away
from tests.world import NOON


@pytest.fixture
def rich(app: Flask, rich_template: tuple[Path, RichWorld], data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RichWorld]:
    """The rich world at noon of 20 March 2027; what a test commits is gone with it."""
    template, world = rich_template
    put_away(app, data_dir)
    shutil.copyfile(template, data_dir / "minka.db")
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    yield world
    put_away(app, data_dir)


@pytest.fixture
def nothing_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits become flushes: every request starts from the same rows, and two thousand requests need one database."""
    monkeypatch.setattr(db.session, "commit", db.session.flush)
