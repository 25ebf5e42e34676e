"""The small world of the tests served for real, at the hour its test says."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.core import clock
from app.core.db import db
from app.factory import create_app
from config import Config
from tests.cast import EVERYBODY, ROSA, CastMember
from tests.reliability.site import RunningSite
from tests.world import World, build_world

AHEAD = "seconds-ahead"
"""The file in the site's folder that its clock reads."""


class MovingSite(RunningSite):
    """`address` is where it answers; `at(instant)` moves its clock."""

    serves = "tests.journeys.moving_clock:app"

    def __init__(self, folder: Path, empty_database: Path, *more: CastMember) -> None:
        shutil.copyfile(empty_database, folder / "minka.db")
        super().__init__(folder)
        self.environ["DEMO"] = "1"  # no second step for the roles: it has its own journey
        self.address, self.password = self.environ["SITE_URL"], ROSA.password
        self.emails = {member.email: member.email for member in (*EVERYBODY, *more)}
        self._app = create_app(Config(self.environ))

    def _prepare(self) -> World:
        app = create_app(Config(self.environ))
        with app.app_context():
            world = build_world()
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return world

    def at(self, instant: datetime) -> datetime:
        """The same instant, for whoever writes at it."""
        told = self.folder / AHEAD
        told.with_suffix(".new").write_text(str(int((instant - clock.now()).total_seconds())), encoding="ascii")
        told.with_suffix(".new").replace(told)
        return instant

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What a page has no part in: committed when the block ends."""
        with self._app.app_context():
            try:
                yield
                db.session.commit()
            finally:
                db.session.remove()
                db.engine.dispose()
