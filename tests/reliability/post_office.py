"""A mail server that closes and opens again, and a worker that is killed without warning."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from flask_migrate import upgrade

from app.core.clock import now
from app.core.db import db, sqlite_driver
from app.factory import create_app
from app.notifications.services import NewLetter, queue_many
from config import ROOT, Config
from tests.conftest import SECRET
from tests.factories.letters import answered, current
from tests.reliability.site import free_port
from tests.world import build_world

OURS = "dedupe_key LIKE 'r08:%'"
"""The worker also does what is due by the clock, and its clock runs fast: letters of other kinds are not counted."""
TWICE = 20
"""How many people get two letters: these must arrive in the order in which they were written."""


class PostOffice:
    """Keeps every letter it accepts, in order. `doomed` is a process to kill between taking the next letter and saying so."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[tuple[str, str]] = []
        self.doomed: subprocess.Popen[bytes] | None = None
        self._controller: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=default)
        if not str(message["To"]).startswith("persona"):
            return "250 accepted"
        self.letters.append((str(message["To"]), str(message["Message-ID"])))
        if self.doomed is not None:
            os.killpg(self.doomed.pid, signal.SIGKILL)
            self.doomed = None
        return "250 accepted"

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    def wait_for(self, count: int, seconds: float = 90.0) -> None:
        """Until it has taken that many letters, repeated ones included."""
        end = time.monotonic() + seconds
        while len(self.letters) < count:
            assert time.monotonic() < end, f"no letter arrives any more: {len(self.letters)} of {count}"
            time.sleep(0.005)

    def doom(self, worker: "subprocess.Popen[bytes]", seconds: float = 90.0) -> None:
        """Kill the worker as soon as the next letter is taken and before it learns so; returns when it is done."""
        end, self.doomed = time.monotonic() + seconds, worker
        while self.doomed is not None:
            assert time.monotonic() < end, "no letter arrives any more"
            time.sleep(0.005)


class Outbox:
    """A scratch site whose outbox holds `count` letters to as many people, twenty of whom get two; and its worker."""

    def __init__(self, folder: Path, port: int, count: int) -> None:
        self.folder, self.worker = folder, None
        self.environ = {
            "SECRET_KEY": SECRET, "DATA_DIR": str(folder), "SITE_URL": "http://localhost",
            "MAIL_URL": f"smtp://127.0.0.1:{port}?from=avisos@example.pe", "HURRIED_SINCE": datetime.now(UTC).isoformat(),
            "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "pycache"),
        }  # fmt: skip
        self._fill(count)

    def _fill(self, count: int) -> None:
        app = create_app(Config(self.environ))
        with app.app_context():
            upgrade()
            world = build_world()
            db.session.commit()
            answer = current(answered(world, email=""))
            content = {
                "code": "PRB-C-0001", "title": "Monitores", "process": "Plan de prueba", "space": "Municipalidad de Prueba",
                "said": "Pido monitores.", "outcome": "not_adopted", "text": answer.text, "version": 1, "organisation": "Gerencia de Obras",
                "reply_to": "foro@example.pe", "reply_until": "martes 30 de marzo", "said_language": "es",
                "link": "http://localhost/aportes/PRB-C-0001/respuesta",
            }  # fmt: skip
            letters = [NewLetter(f"persona{n}@example.pe", "contribution", 1, content, f"r08:{n}") for n in range(count - TWICE)]
            letters += [NewLetter(f"persona{n}@example.pe", "contribution", 1, content, f"r08:{n}:otra") for n in range(TWICE)]
            assert queue_many("feedback.answered", letters, at=now()) == count
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "flask", "--app", "tests.reliability.hurried:app", "worker"]
        nowhere = subprocess.DEVNULL
        self.worker = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **self.environ}, start_new_session=True, stdout=nowhere, stderr=nowhere
        )
        return self.worker

    def kill(self) -> None:
        """SIGKILL: nothing is said goodbye to, nothing is written down."""
        if self.worker is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()
            self.worker = None

    def states(self) -> dict[str, int]:
        return dict(self._rows(f"SELECT state, count(*) FROM notification WHERE {OURS} GROUP BY state"))

    def queued_ids(self) -> dict[str, list[str]]:
        """The Message-IDs written for each address, in the order in which they were queued."""
        found: dict[str, list[str]] = {}
        for address, message_id in self._rows(f"SELECT address, message_id FROM notification WHERE {OURS} ORDER BY id"):
            found.setdefault(address, []).append(message_id)
        return found

    def wait_until_sent(self, count: int, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.states().get("sent", 0) < count:
            assert time.monotonic() < end, f"not everything is sent: {self.states()}"
            time.sleep(0.1)

    def _rows(self, statement: str) -> list[Any]:
        connection = sqlite_driver.connect(str(self.folder / "minka.db"), timeout=30)
        try:
            return list(connection.execute(statement).fetchall())
        finally:
            connection.close()
