"""The copy of the site: whole, closed on itself, public only, and provable."""

import hashlib
import html
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask

from app.core.db import db
from app.reports import services
from tests.feedback.answers import approve, make_plan, publish, say
from tests.world import NOON, World


@pytest.fixture
def copied(app: Flask, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, services.Copy]:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    with app.app_context():
        make_plan(world)
        publish(world, approve(world, say(world, "Que la posta de Ccorca atienda los sábados.")))
        db.session.commit()
        db.session.remove()
    return tmp_path / "copia", services.build(app, tmp_path / "copia", now=NOON)


def test_every_link_leads_to_a_file_that_is_there(copied: tuple[Path, services.Copy]) -> None:
    folder, made = copied
    assert made.failed == []
    followed = 0
    for page in folder.rglob("*.html"):
        for link in re.findall(r'\s(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            if not link.startswith(("#", "mailto:", "http", "webcal:", "data:")):
                followed += 1
                assert (page.parent / unquote(html.unescape(link).partition("#")[0])).resolve().is_file(), (page, link)
    assert followed > 100


def test_the_answers_the_data_and_the_style_are_in_it(copied: tuple[Path, services.Copy], world: World) -> None:
    folder, _ = copied
    for name in (
        "index.html",
        f"procesos/{world.slug}/respuestas/index.html",
        f"procesos/{world.slug}/respuestas.csv",
        "static/css/public.css",
    ):
        assert (folder / name).is_file(), name
    assert "Copia fija del" in (folder / "index.html").read_text(encoding="utf-8")


def test_nothing_that_needs_a_person_or_a_server_is_in_it(copied: tuple[Path, services.Copy]) -> None:
    folder, made = copied
    assert not any(address.startswith(("/mesa", "/ingresar", "/recibos")) or "/nuevo" in address for address in made.files)
    assert not any(
        "<form" in page.read_text(encoding="utf-8") or "<script" in page.read_text(encoding="utf-8") for page in folder.rglob("*.html")
    )


def test_its_sums_name_every_file(copied: tuple[Path, services.Copy]) -> None:
    folder, _ = copied
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == value for name, value in sums.items())


def test_a_folder_with_something_in_it_is_left_alone(app: Flask, world: World, tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text("mía")
    with pytest.raises(FileExistsError):
        services.build(app, tmp_path, now=NOON)
    assert [p.name for p in tmp_path.iterdir()] == ["nota.txt"]
