"""The site as `make run` serves it: the commands' own demonstration on a scratch folder, plus a process that is open today."""

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from app.accounts import queries as accounts
from app.budgeting import queries as rounds
from app.budgeting.rules import RoundState
from app.contributions import services as contributions
from app.core import clock
from app.core.db import db
from app.demo import importing
from app.factory import create_app
from app.feedback import cli as feedback
from app.spaces import queries as spaces
from config import ROOT, Config
from tests.factories.budgeting import bring_to
from tests.journeys import neighbourhood
from tests.reliability.site import RunningSite


class DemonstrationSite(RunningSite):
    """Two workers of granian; `address` is where they answer."""

    serves = "wsgi:app"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.address = self.environ["SITE_URL"]
        self.environ["DEMO"] = "1"
        written = importing.read(importing.PEOPLE)
        self.password = written["password"]
        self.emails = {person["key"]: person["email"] for person in written["person"]}

    def send_mail(self, port: int) -> None:
        """One round of the worker with a mail server on this port."""
        self.work(MAIL_URL=f"smtp://127.0.0.1:{port}?from=avisos@example.pe")

    def work(self, **mail: str) -> None:
        """One round of the worker, as an operator starts it."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **self.environ, **mail}, check=True, capture_output=True, timeout=120)

    def private_link(self, code: str, email: str) -> str:
        """The path that the letter about a contribution leads to."""
        app = create_app(Config(self.environ))
        with app.app_context():
            return f"/mis-aportes/{contributions.address_token(code, email, until=clock.now() + timedelta(days=1))}"

    def bring_round_to(self, slug: str, state: RoundState) -> None:
        """The round of that process in that state, as if every guard on the way had been met."""
        app = create_app(Config(self.environ))
        with app.app_context():
            round_ = rounds.round_of(slug)
            assert round_ is not None
            bring_to(round_, state)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    def publish_what_is_due(self, at: datetime) -> None:
        """What the worker does at that hour with the batches that were scheduled."""
        app = create_app(Config(self.environ))
        with app.app_context():
            feedback.publish_scheduled(at)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    def _prepare(self) -> None:
        """The demonstration is loaded once by each worker of a run and copied for every site it starts."""
        kept = self.folder.parent / "demonstration"
        if not kept.exists():
            self._load()
            shutil.copytree(self.folder, kept)
        shutil.copytree(kept, self.folder, dirs_exist_ok=True)

    def _load(self) -> None:
        app = create_app(Config(self.environ))
        runner = app.test_cli_runner()
        for command in (["db", "upgrade"], ["demo", "load"]):
            done = runner.invoke(args=command, catch_exceptions=False)
            assert done.exit_code == 0, done.output
        with app.app_context():
            space = spaces.space_by_slug("cusco")
            sara, felix = (accounts.person_by_email(f"{key}@demo.example.pe") for key in ("sara", "felix"))
            assert space and sara and felix
            neighbourhood.open_process(space, secretariat_id=sara.id, civil_id=felix.id, now=clock.now())
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
