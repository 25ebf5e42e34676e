"""A real server on a scratch folder, to be killed without warning; and a person who posts through the public form."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from flask_migrate import upgrade

from app.core.db import db
from app.factory import create_app
from config import ROOT, Config
from scripts.post.office import free_port
from tests.conftest import SECRET
from tests.world import World, build_world

LONGEST_START_SECONDS = 120.0
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
NAME, VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')


class RunningSite:
    """Workers of granian in their own process group."""

    serves = "tests.reliability.noon:app"
    workers = 2

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder / "site.log"
        self.environ = {
            "SECRET_KEY": SECRET, "DATA_DIR": str(folder), "SITE_URL": f"http://127.0.0.1:{self.port}",
        }  # fmt: skip
        self.world = self._prepare()
        self._server: subprocess.Popen[bytes] | None = None
        self.starts: list[float] = []

    def _prepare(self) -> World:
        app = create_app(Config(self.environ))
        with app.app_context():
            upgrade()
            world = build_world()
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return world

    def start(self) -> None:
        """Returns when the site answers."""
        began = time.monotonic()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers",
            str(self.workers), "--blocking-threads", "4", "--backlog", "2048", "--backpressure", "1024", "--no-ws", "--log-level", "error",
            self.serves,
        ]  # fmt: skip
        self._server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **self.environ},
            start_new_session=True,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
        )
        while not self.is_answering():
            if time.monotonic() - began > LONGEST_START_SECONDS:
                self.kill()
                raise RuntimeError("the site does not start")
            time.sleep(0.02)
        self.starts.append(time.monotonic() - began)

    def is_answering(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def memory(self) -> int:
        """Bytes held by the server and its workers now."""
        assert self._server is not None
        held = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                told = status.read_text().rpartition(")")[2].split()
                if int(told[2]) == self._server.pid:  # its process group
                    held += int(told[21]) * os.sysconf("SC_PAGE_SIZE")
        return held

    def kill(self) -> None:
        """SIGKILL to the whole group: no worker says goodbye."""
        if self._server is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None


@dataclass
class Poster:
    """Somebody who fills in the public form again and again; a post without answer is sent again with the same key."""

    site: RunningSite
    number: int
    acknowledged: list[str] = field(default_factory=list)
    pending: tuple[str, str, dict[str, str]] | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/procesos/{self.site.world.slug}/aportes/nuevo"

    def fill(self) -> None:
        """Read the form and decide what to say; kept until it is acknowledged."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=15)
        try:
            connection.request("GET", self.path)
            response = connection.getresponse()
            page = response.read().decode()
            if response.status != 200:
                raise RuntimeError(f"the form answers {response.status}")
            cookie = (response.getheader("Set-Cookie") or "").split(";")[0]
        finally:
            connection.close()
        values = {}
        for tag in HIDDEN.findall(page):
            name, value = NAME.search(tag), VALUE.search(tag)
            if name:
                values[unescape(name.group(1))] = unescape(value.group(1)) if value else ""
        mark = uuid.uuid4().hex
        values |= {"text": f"Pedimos que la posta atienda de noche. Marca {mark}.", "title": f"Posta {mark[:8]}"}
        self.pending = (mark, cookie, values | FIXED)

    def post(self) -> None:
        """Raises OSError when the server dies before it answers."""
        if self.pending is None:
            self.fill()
        assert self.pending is not None
        mark, cookie, values = self.pending
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=15)
        try:
            connection.request(
                "POST", self.path, urllib.parse.urlencode(values),
                {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Referer": f"http://127.0.0.1:{self.site.port}{self.path}"},
            )  # fmt: skip
            response = connection.getresponse()
            body = response.read().decode(errors="replace")
        finally:
            connection.close()
        if response.status == 303:
            self.acknowledged.append(mark)
            self.pending = None
        elif response.status in (429, 503):
            time.sleep(0.05)
        else:
            self.refused.append(f"{response.status}: {' '.join(re.sub('<[^>]*>', ' ', body).split())[:600]}")
            self.pending = None


FIXED = {
    "proponent_kind": "persona", "speaker": "Ana Prueba", "consent": "anonimo", "language": "es", "theme_slug": "agua", "ubigeo": "080102",
    "organisation": "", "sector": "", "email": "", "phone": "",
}  # fmt: skip
