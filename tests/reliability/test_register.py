"""T04: eight writers, kill -9 among them, on both databases: no gap, no fork, nothing acknowledged is lost.

REGISTER_ACTS=10000 makes it the size of the bar, with six kills; by default it is 400 acts and three kills.
"""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app.audit import queries
from app.core.db import db
from app.factory import create_app
from config import ROOT, Config
from tests.conftest import SECRET

WRITERS, SEED = 8, 20270301
ACTS = int(os.environ.get("REGISTER_ACTS", "400"))
KILLS = 6 if ACTS > 400 else 3
EACH = ACTS // WRITERS
LONGEST_SECONDS = 300 + ACTS / 5  # far more than it takes: this machine is shared
SECONDS_FOR_TEN_THOUSAND = 1.0


@dataclass
class Writer:
    """A process that writes and is written down: what it has acknowledged so far."""

    number: int
    environ: dict[str, str]
    folder: Path
    acknowledged: set[int] = field(default_factory=set)
    process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> Path:
        return self.folder / f"writer-{self.number}"

    def start(self) -> None:
        first = max(self.acknowledged, default=-1) + 1
        with self.said.open("wb") as out:
            command = [sys.executable, "-m", "tests.reliability.writer", str(self.number), str(first), str(EACH)]
            self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **self.environ}, stdout=out)

    def listen(self) -> None:
        lines = self.said.read_bytes().split(b"\n")[:-1]  # the last piece may be half a number
        self.acknowledged |= {int(line) for line in lines}

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.listen()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def _let_them_write(writers: list[Writer]) -> None:
    chance = random.Random(SEED)
    for writer in writers:
        writer.start()
    began, kills = time.monotonic(), 0
    while any(writer.is_running for writer in writers):
        assert time.monotonic() - began < LONGEST_SECONDS, "the writers do not finish"
        time.sleep(0.1)
        for writer in writers:
            writer.listen()
        written = sum(len(writer.acknowledged) for writer in writers)
        running = [writer for writer in writers if writer.is_running]
        if running and kills < KILLS and written > (kills + 1) * ACTS // (KILLS + 2):
            victim = chance.choice(running)
            victim.kill()
            victim.start()
            kills += 1
    for writer in writers:
        writer.listen()
    assert kills == KILLS
    assert all(writer.process is not None and writer.process.returncode == 0 for writer in writers)


def _judge(app: Flask, writers: list[Writer], capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context():
        began = time.perf_counter()
        verdict = queries.verdict()
        seconds = time.perf_counter() - began
        stored = [entry.subject_ref for entry in queries.entries_from(1, 10 * ACTS)]
        assert verdict.is_sound
        assert verdict.good == len(stored) == queries.head()[0], "no gap, no fork"
        assert {f"w{writer.number}-{turn}" for writer in writers for turn in range(EACH)} == set(stored)
        assert len(stored) - len(set(stored)) <= KILLS, "a killed writer repeats at most the act it could not tell about"
        assert all(len(writer.acknowledged) == EACH for writer in writers)
        assert queries.first_unproved() is None and queries.unsigned() == []
        db.session.remove()
    per_ten_thousand = seconds * 10_000 / verdict.good
    with capsys.disabled():
        print(f"\n  {verdict.good} actos en {app.config['SQLALCHEMY_DATABASE_URI'].split(':')[0]}: verificados en {seconds:.3f} s "
              f"({per_ten_thousand:.2f} s por 10 000)")  # fmt: skip
    assert per_ten_thousand < SECONDS_FOR_TEN_THOUSAND * 2, "twice the figure: this machine is shared"


def _writers(url: str, folder: Path, site_folder: Path) -> list[Writer]:
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(site_folder), "DATABASE_URL": url, "SITE_URL": "http://localhost"}
    return [Writer(number, environ, folder) for number in range(WRITERS)]


def _run(app: Flask, url: str, tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    writers = _writers(url, tmp_path, site)
    try:
        _let_them_write(writers)
        _judge(app, writers, capsys)
    finally:
        for writer in writers:
            if writer.is_running:
                writer.kill()


@pytest.mark.slow
def test_eight_writers_and_kills_leave_a_whole_register_on_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    app = create_app(Config({"SECRET_KEY": SECRET, "DATA_DIR": str(site), "SITE_URL": "http://localhost"}))
    with app.app_context():
        upgrade()
        db.session.remove()
    try:
        _run(app, "", tmp_path, site, capsys)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.mark.slow
@pytest.mark.postgres
def test_eight_writers_and_kills_leave_a_whole_register_on_postgresql(
    postgres_app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    url = postgres_app.config["SQLALCHEMY_DATABASE_URI"]
    _run(postgres_app, url, tmp_path, Path(postgres_app.config["DATA_DIR"]), capsys)
