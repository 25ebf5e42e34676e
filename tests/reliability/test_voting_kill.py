"""kill -9 and restarts of PostgreSQL while people vote: no acknowledged ballot is lost, none is half written (reliability.md B06).

B06_KILLS=100 is the full run; by default it is a few. B06_RESTARTS counts restarts of the database server.
"""

import contextlib
import http.client
import os
import random
import re
import subprocess
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from app.core.db import db
from app.factory import create_app
from config import Config
from tests.cluster import _owner, programs, scratch_cluster
from tests.factories.voting import a_token, an_open_vote
from tests.reliability.site import HIDDEN, NAME, VALUE, RunningSite
from tests.world import World, build_world

KILLS, RESTARTS = int(os.environ.get("B06_KILLS", "2")), int(os.environ.get("B06_RESTARTS", "1"))
CLIENTS, SEED, LONGEST_WAIT = 4, 20270301, 30.0
BASE = "/procesos/plan-prueba/votaciones/votacion"


class VotingSite(RunningSite):
    """A site whose only vote is open, with a printed code for every ballot that may be cast."""

    def __init__(self, folder: Path, codes: int, database: str = "") -> None:
        self.database, self.wanted, self.codes = database, codes, list[str]()
        super().__init__(folder)

    def _prepare(self) -> World:
        if self.database:
            self.environ["DATABASE_URL"] = self.database
        app = create_app(Config(self.environ))
        with app.app_context():
            upgrade()
            world = build_world()
            vote = an_open_vote(world)
            self.codes = [a_token(vote, serial) for serial in range(1, self.wanted + 1)]
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return world


@dataclass
class Voter:
    """Somebody who goes from printed code to receipt; whose ballot was acknowledged is counted."""

    site: VotingSite
    acknowledged: int = 0
    tried: int = 0
    troubles: list[str] = field(default_factory=list)
    cookie: str = ""

    def vote(self, code: str) -> None:
        """Raises OSError or HTTPException when the server dies in between."""
        self.tried += 1
        self.cookie = ""
        hidden = self._get(f"{BASE}/votar")
        self._post(f"{BASE}/votar/impreso", hidden | {"token": code, "carried": ""}, 303)
        hidden = self._get(f"{BASE}/votar")
        page = self._post(f"{BASE}/revisar", {"csrf_token": hidden["csrf_token"], "opcion": "1", "accion": "revisar"}, 200)
        if self._post(f"{BASE}/constancia", _hidden(page), 303) is not None:
            self.acknowledged += 1

    def _get(self, path: str) -> dict[str, str]:
        status, body = self._ask("GET", path, None)
        if status != 200:
            raise http.client.HTTPException(f"{path}: {status}")
        return _hidden(body)

    def _post(self, path: str, values: dict[str, str], expected: int) -> str:
        status, body = self._ask("POST", path, values)
        if status != expected:
            if status <= 500 and "demasiados intentos" not in body:
                self.troubles.append(f"{path}: {status} {' '.join(re.sub('<[^>]*>', ' ', body).split())[:300]}")
            raise http.client.HTTPException(f"{path}: {status}")
        return body

    def _ask(self, method: str, path: str, values: dict[str, str] | None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=15)
        headers = {"Cookie": self.cookie, "Referer": f"http://127.0.0.1:{self.site.port}{path}"}
        try:
            if values is None:
                connection.request(method, path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request(method, path, urllib.parse.urlencode(values), headers)
            response = connection.getresponse()
            body = response.read().decode(errors="replace")
            if (given := response.getheader("Set-Cookie")) is not None:
                self.cookie = given.split(";")[0]
            return response.status, body
        finally:
            connection.close()


def _hidden(page: str) -> dict[str, str]:
    found = {}
    for tag in HIDDEN.findall(page):
        name, value = NAME.search(tag), VALUE.search(tag)
        if name:
            found.setdefault(unescape(name.group(1)), unescape(value.group(1)) if value else "")
    return found


def _keep_voting(voter: Voter, codes: list[str], stop: threading.Event) -> None:
    while not stop.is_set() and codes:
        try:
            voter.vote(codes.pop())
        except (OSError, http.client.HTTPException, KeyError):
            time.sleep(0.02)


def _books(url: str) -> tuple[int, int, int]:
    """Ballots, receipts and used codes, read from outside the site."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            ballots, receipts = (connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in ("ballot", "receipt"))
            used = connection.execute(text("SELECT count(*) FROM vote_token WHERE state = 'used'")).scalar_one()
            return ballots, receipts, used
    finally:
        engine.dispose()


def _forgive(url: str) -> None:
    """All voters share one address here, and an entry cut in the middle counts as a try: forget them between rounds."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM vote_attempt"))
    engine.dispose()


def _judge(site: VotingSite, voters: list[Voter], url: str, *, rounds: int) -> None:
    _forgive(url)
    ballots, receipts, used = _books(url)
    acknowledged = sum(voter.acknowledged for voter in voters)
    assert ballots == receipts == used, "half a vote was written"
    assert acknowledged <= ballots, "acknowledged and lost"
    assert ballots - acknowledged <= CLIENTS * rounds, "more without answer than could be on their way"
    assert [trouble for voter in voters for trouble in voter.troubles] == []


@pytest.mark.slow
def test_b06_no_acknowledged_ballot_is_lost_however_often_the_site_is_killed(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    site = VotingSite(tmp_path, codes=120 * KILLS + 60)
    url = f"sqlite:///{tmp_path / 'minka.db'}"
    voters, codes = [Voter(site) for _ in range(CLIENTS)], list(site.codes)
    try:
        for turn in range(1, KILLS + 1):
            site.start()
            _round(voters, codes, chance.uniform(0.05, 0.8), site.kill)
            _judge(site, voters, url, rounds=turn)
            print(f"kill {turn}: acknowledged {sum(voter.acknowledged for voter in voters)}, stored {_books(url)[0]}", flush=True)
    finally:
        site.kill()
    assert sum(voter.acknowledged for voter in voters) > KILLS, "too few ballots to mean anything"


@pytest.mark.slow
@pytest.mark.postgres
def test_b06_a_restart_of_the_database_loses_no_ballot(tmp_path: Path) -> None:
    with scratch_cluster(lasting=True) as cluster:
        if cluster is None or programs() is None:
            pytest.skip("No hay PostgreSQL para reiniciar")
        site = VotingSite(tmp_path, codes=400 * RESTARTS + 100, database=cluster)
        voters, codes = [Voter(site) for _ in range(CLIENTS)], list(site.codes)
        try:
            site.start()
            for turn in range(1, RESTARTS + 1):
                _round(voters, codes, 0.3, lambda: _restart(cluster), go_on=2.0)
                _judge(site, voters, cluster, rounds=turn)
        finally:
            site.kill()
        assert sum(voter.acknowledged for voter in voters) > RESTARTS
        print(f"acknowledged {sum(voter.acknowledged for voter in voters)}, stored {_books(cluster)[0]}, restarts {RESTARTS}")


def _round(voters: list[Voter], codes: list[str], seconds: float, blow: object, go_on: float = 0.0) -> None:
    """Everybody votes; some time after the first receipts the blow falls; then some go on."""
    before, patience = sum(voter.acknowledged for voter in voters), time.monotonic() + LONGEST_WAIT
    stop = threading.Event()
    threads = [threading.Thread(target=_keep_voting, args=(voter, codes, stop)) for voter in voters]
    for thread in threads:
        thread.start()
    while sum(voter.acknowledged for voter in voters) < before + 2 and time.monotonic() < patience:
        time.sleep(0.02)
    time.sleep(seconds)
    blow()  # type: ignore[operator]
    time.sleep(go_on)
    stop.set()
    for thread in threads:
        thread.join(timeout=40)


def _restart(url: str) -> None:
    """Stop the scratch server at once and start it again."""
    engine = create_engine(url)
    with engine.connect() as connection:
        data = connection.execute(text("SHOW data_directory")).scalar_one()
        options = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in ("port", "unix_socket_directories")}
    engine.dispose()
    told = f"-p {options['port']} -c listen_addresses=127.0.0.1 -c unix_socket_directories={options['unix_socket_directories']}"
    command = [f"{programs()}/pg_ctl", "-D", data, "-o", f"{told} -c max_connections=60", "-l", f"{data}/../log", "-m", "immediate", "-w"]
    quiet = {"user": _owner(), "cwd": str(Path(data).parent), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run([*command, "restart"], check=True, timeout=60, **quiet)  # type: ignore[call-overload]
