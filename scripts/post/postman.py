"""The worker that takes letters to the server, in its own process, to be killed without warning; and what the outbox says."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.db import sqlite_driver
from config import ROOT

SPEED = 600
"""How many times faster its clock runs."""


class Postman:
    """A hurried `flask worker` over the database in `folder`. `ours` is the SQL condition of the letters on trial: the worker also does
    what is due by the clock, and its clock runs fast."""

    def __init__(self, folder: Path, environ: Mapping[str, str], port: int, ours: str) -> None:
        self.folder, self.ours = folder, ours
        self.worker: subprocess.Popen[bytes] | None = None
        self.environ = {
            **environ, "MAIL_URL": f"smtp://127.0.0.1:{port}?from=avisos@example.pe", "HURRIED_SINCE": datetime.now(UTC).isoformat(),
        }  # fmt: skip

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "flask", "--app", "scripts.post.hurried:app", "worker"]
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
        return dict(self._rows(f"SELECT state, count(*) FROM notification WHERE {self.ours} GROUP BY state"))

    def queued_ids(self) -> dict[str, list[str]]:
        """The Message-IDs written for each address, in the order in which they were queued."""
        found: dict[str, list[str]] = {}
        for address, message_id in self._rows(f"SELECT address, message_id FROM notification WHERE {self.ours} ORDER BY id"):
            found.setdefault(address, []).append(message_id)
        return found

    def wait_until(self, state: str, count: int, seconds: float) -> None:
        """Until that many letters are in `state`. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while self.states().get(state, 0) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"not everything is {state}: {self.states()}")
            time.sleep(0.1)

    def _rows(self, statement: str) -> list[Any]:
        connection = sqlite_driver.connect(str(self.folder / "minka.db"), timeout=30)
        try:
            return list(connection.execute(statement).fetchall())
        finally:
            connection.close()
