"""A mail server that closes, asks to wait, hangs up and opens again; it keeps every letter it takes, in order."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

PATIENCE_SECONDS = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Moods:
    """How many of the next letters of ours the server treats badly: told to wait (451), hung up on before it keeps the letter, hung up
    on after it kept it and before it says so."""

    wait: int = 0
    drop_before: int = 0
    drop_after: int = 0

    def take(self) -> str:
        """The name of the mood the next letter meets; empty when it is well received."""
        for name in ("wait", "drop_before", "drop_after"):
            left = getattr(self, name)
            if left:
                setattr(self, name, left - 1)
                return name
        return ""


class PostOffice:
    """`is_ours` chooses the letters on trial, by their address; the others are taken and forgotten. `is_known` says which addresses
    exist: to the others it answers 550, for ever. `doomed` is a process to kill between taking the next letter and saying so."""

    def __init__(self, is_ours: Callable[[str], bool], is_known: Callable[[str], bool] = lambda _address: True) -> None:
        self.port = free_port()
        self.is_ours, self.is_known = is_ours, is_known
        self.letters: list[tuple[str, str]] = []
        self.moods = Moods()
        self.doomed: subprocess.Popen[bytes] | None = None
        self._controller: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802 - aiosmtpd's name
        if not self.is_known(address):
            return "550 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 accepted"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=default)
        if not self.is_ours(str(message["To"])):
            return "250 accepted"
        mood = self.moods.take()
        if mood == "wait":
            return "451 try again later"
        if mood == "drop_before":
            server.transport.abort()
            return "421 gone"
        self.letters.append((str(message["To"]), str(message["Message-ID"])))
        if mood == "drop_after":
            server.transport.abort()
            return "421 gone"
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

    def wait_for(self, count: int, seconds: float = PATIENCE_SECONDS) -> None:
        """Until it has taken that many letters, repeated ones included. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while len(self.letters) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"no letter arrives any more: {len(self.letters)} of {count}")
            time.sleep(0.005)

    def doom(self, worker: "subprocess.Popen[bytes]", seconds: float = PATIENCE_SECONDS) -> None:
        """Kill the worker as soon as the next letter is taken and before it learns so; returns when it is done. Raises TimeoutError."""
        end, self.doomed = time.monotonic() + seconds, worker
        while self.doomed is not None:
            if time.monotonic() > end:
                raise TimeoutError("no letter arrives any more")
            time.sleep(0.005)
