"""Where ballots stay sealed, observers count them again at the office, and everybody reads that the package was opened."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask

from app.audit.models import AuditEntry
from app.budgeting.counting.parameters import Completion, Parameters, Rule
from app.core.db import db
from app.scrutiny import queries
from tests.factories.scrutiny import an_ended_vote, counted, neighbours, published
from tests.world import World

SHEET = Parameters(Rule.EQUAL_SHARES, Completion.NONE)
LONELY = [*neighbours(), ("080101", (1, 2, 4))]


def unseal(app: Flask, world: World, folder: Path) -> Result:
    return app.test_cli_runner().invoke(args=["scrutiny", "unseal", world.slug, "votacion", str(folder)])


def a_published_vote(app: Flask, world: World) -> dict[str, Any]:
    with app.app_context():
        vote = published(an_ended_vote(world, LONELY, sheet=SHEET), world)
        row = queries.published_count(vote.id)
        assert row is not None and not row.result["with_ballots"]
        told = dict(row.result)
        db.session.remove()
    return told


def test_observers_count_every_ballot_again_with_the_hundred_lines(app: Flask, world: World, tmp_path: Path) -> None:
    told = a_published_vote(app, world)
    done = unseal(app, world, tmp_path / "sede")
    assert done.exit_code == 0, done.output
    assert told["sealed_sha256"] in done.output
    command = next(line for line in done.output.splitlines() if line.startswith("python3 ")).split()
    again = subprocess.run([sys.executable, "-I", "-S", *command[1:]], capture_output=True, text=True)
    assert (again.returncode, again.stderr) == (0, "") and sorted(again.stdout.split()) == sorted(told["winners"])
    with app.app_context():
        acts = [json.loads(entry.body) for entry in db.session.query(AuditEntry)]
    opened = [act for act in acts if act["action"] == "scrutiny.unseal"]
    assert len(opened) == 1 and told["sealed_sha256"] in json.dumps(opened[0])


def test_ballots_that_are_not_those_of_the_count_are_not_written(app: Flask, world: World, tmp_path: Path) -> None:
    with app.app_context():
        vote = published(an_ended_vote(world, LONELY, sheet=SHEET), world)
        row = queries.published_count(vote.id)
        assert row is not None
        row.result = row.result | {"sealed_sha256": "0" * 64}
        db.session.commit()
        db.session.remove()
    done = unseal(app, world, tmp_path / "sede")
    assert done.exit_code == 1 and "no tiene la huella" in done.output and not (tmp_path / "sede").exists()


def test_before_the_result_is_published_nothing_is_opened(app: Flask, world: World, tmp_path: Path) -> None:
    with app.app_context():
        counted(an_ended_vote(world, LONELY, sheet=SHEET), world)
        db.session.remove()
    done = unseal(app, world, tmp_path / "sede")
    assert done.exit_code == 1 and "No hay una votación publicada" in done.output and not (tmp_path / "sede").exists()


def test_the_counter_of_a_bundle_without_ballots_says_where_they_are_counted(
    app: Flask, world: World, browser: Any, tmp_path: Path
) -> None:
    a_published_vote(app, world)
    made = tmp_path / "conteo.zip"
    made.write_bytes(browser.client.get(f"/procesos/{world.slug}/votaciones/votacion/conteo.zip").data)
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "abierto")
    done = subprocess.run([sys.executable, "recount.py"], cwd=tmp_path / "abierto", capture_output=True, text=True)
    assert done.returncode == 1 and "LEAME-PRIMERO.txt" in done.stderr and "Traceback" not in done.stderr
    assert "en la sede" in (tmp_path / "abierto" / "LEAME-PRIMERO.txt").read_text(encoding="utf-8")
