"""kill -9 in the middle of writing loses nothing that was acknowledged (reliability.md R01).

R01_KILLS=20 or more also asks that the starts be quick; by default it is eight kills, on a machine that may be busy.
"""

import http.client
import os
import random
import re
import threading
import time
from pathlib import Path

import pytest

from app.core.db import sqlite_driver
from tests.reliability.site import Poster, RunningSite

ROUNDS = int(os.environ.get("R01_KILLS", "8"))
IS_FULL = ROUNDS >= 20
CLIENTS, SEED = 8, 20270301
MARK = re.compile(r"Marca ([0-9a-f]{32})")


def _state(folder: Path) -> tuple[str, list[str], dict[str, int]]:
    """What integrity_check says, the marks that are stored, and half rows by kind."""
    connection = sqlite_driver.connect(str(folder / "minka.db"))
    try:
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        marks = [MARK.search(row[0]).group(1) for row in connection.execute("SELECT text FROM contribution")]  # type: ignore[union-attr]
        half = {
            kind: connection.execute(statement).fetchone()[0]
            for kind, statement in {
                "without author": "SELECT count(*) FROM contribution WHERE id NOT IN (SELECT contribution_id FROM authorship)",
                "author of nothing": "SELECT count(*) FROM authorship WHERE contribution_id NOT IN (SELECT id FROM contribution)",
                "not searchable": "SELECT count(*) FROM contribution WHERE id NOT IN (SELECT rowid FROM contribution_search)",
                "search without text": "SELECT count(*) FROM contribution_search WHERE rowid NOT IN (SELECT id FROM contribution)",
                "number never given": "SELECT count(*) FROM contribution c JOIN code_sequence s "
                "ON s.process_id = c.process_id AND s.series = c.series WHERE c.number > s.last",
            }.items()
        }
        return integrity, marks, half
    finally:
        connection.close()


def _keep_posting(poster: Poster, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            poster.post()
        except (OSError, http.client.HTTPException):
            time.sleep(0.01)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_however_often_it_is_killed(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    site = RunningSite(tmp_path)
    posters = [Poster(site, number) for number in range(CLIENTS)]
    try:
        for _ in range(ROUNDS):
            site.start()
            stop = threading.Event()
            threads = [threading.Thread(target=_keep_posting, args=(poster, stop)) for poster in posters]
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.3, 1.2))
            site.kill()
            stop.set()
            for thread in threads:
                thread.join(timeout=20)
            integrity, marks, half = _state(tmp_path)
            assert integrity == "ok"
            assert half == dict.fromkeys(half, 0)
            acknowledged = {mark for poster in posters for mark in poster.acknowledged}
            assert acknowledged - set(marks) == set(), "acknowledged but missing"
            assert len(marks) == len(set(marks)), "stored twice"
    finally:
        site.kill()
    assert [text for poster in posters for text in poster.refused] == []
    assert sum(len(poster.acknowledged) for poster in posters) > ROUNDS * 2, "too few posts to mean anything"
    if IS_FULL:
        assert sorted(site.starts)[int(len(site.starts) * 0.95) - 1] < 6
    assert min(site.starts[1:]) < 3 * site.starts[0], "it takes longer to start after it was killed"
