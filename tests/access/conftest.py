"""A house with one of everything, open to a real browser at noon of 20 March 2027."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from tests.access.house import Desk, OpenHouse
from tests.journeys.conftest import chromium
from tests.security.rich import RichWorld
from tests.security.rich_database import put_away
from tests.world import NOON

__all__ = ["chromium"]


@pytest.fixture(scope="module")
def house(app: Flask, rich_template: tuple[Path, RichWorld], data_dir: Path) -> Iterator[OpenHouse]:
    """Served while a module runs; what its pages write is gone with it."""
    yield from _opened(OpenHouse, app, rich_template, data_dir)


@pytest.fixture(scope="module")
def desk(app: Flask, rich_template: tuple[Path, RichWorld], data_dir: Path) -> Iterator[OpenHouse]:
    """The same with the pages of the staff."""
    yield from _opened(Desk, app, rich_template, data_dir)


def _opened(kind: type[OpenHouse], app: Flask, rich_template: tuple[Path, RichWorld], data_dir: Path) -> Iterator[OpenHouse]:
    template, world = rich_template
    put_away(app, data_dir)
    (data_dir / "minka.db").write_bytes(template.read_bytes())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.core.clock.now", lambda: NOON)
        patched.setattr(db.session, "commit", db.session.flush)
        with kind(app, world) as opened:
            yield opened
    put_away(app, data_dir)
