"""The vote of the demo is counted again by anybody with the bundle of its page and Python alone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from tests.browser import Browser

VOTE = "/procesos/presupuesto-participativo-2027/votaciones/vote-por-los-proyectos-de-2027"


@pytest.mark.usefixtures("demo")
def test_the_bundle_of_the_demo_is_downloaded_and_counted_again_as_its_page_says(app: Flask, tmp_path: Path) -> None:
    browser = Browser(app)
    lines = browser.get(f"{VOTE}/conteo").soup.select_one(".count-lines").get_text().split("\n")
    (tmp_path / "conteo.zip").write_bytes(browser.client.get(f"{VOTE}/conteo.zip").data)
    with zipfile.ZipFile(tmp_path / "conteo.zip") as archive:
        archive.extractall(tmp_path)
    found = set()
    commands = [line.split() for line in lines if line.startswith("python3 ")]
    assert len(commands) == 8  # a district each
    for _python, *arguments in commands:
        done = subprocess.run([sys.executable, "-I", "-S", *arguments], cwd=tmp_path, capture_output=True, text=True, env={})
        assert (done.returncode, done.stderr) == (0, "")
        found |= set(done.stdout.split())
    won = browser.get(f"{VOTE}/resultados").soup.select(".count-list__won .count-list__number")
    assert found == {number.get_text(strip=True) for number in won} and 10 < len(found) < 20
