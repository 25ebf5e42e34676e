"""What the server gives to a sheet that works without signal: a copy without anybody's words, a worker, a fresh token."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db
from tests.browser import Browser
from tests.cast import INES, LUIS, ROSA
from tests.world import NOON, World

AT = {"slug": "plan-prueba", "activity": "taller-ccorca"}
SHEET = "/mesa/procesos/plan-prueba/actividades/taller-ccorca/captura"
SAID = {"text": "Que el agua llegue todos los días.", "speaker": "Juana Mamani", "consent": "iniciales", "language": "es",
        "submission_key": "11111111-2222-4333-8444-555555555555"}  # fmt: skip
WANTS_JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def saved(browser: Browser) -> str:
    return browser.client.post(SHEET, data=SAID, headers=WANTS_JSON).get_json()["code"]


def test_the_copy_that_stays_on_the_device_holds_nobodys_words_and_no_token(
    app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(browser.sign_in(INES))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = browser.get("contributions.capture_kept", **AT)
    assert "Hoja de captura" in page and INES.name in page
    assert "Juana Mamani" not in page.html and "Que el agua llegue" not in page.html and "csrf_token" not in page.html
    assert "Que el agua llegue" in browser.get("contributions.capture", **AT)


def test_only_who_captures_gets_the_copy_and_the_token(browser: Browser, world: World) -> None:
    for address in (f"{SHEET}/equipo", f"{SHEET}/sesion"):
        assert browser.client.get(address).status_code == 303
    for person in (ROSA, LUIS):
        browser.sign_in(person)
        for address in (f"{SHEET}/equipo", f"{SHEET}/sesion"):
            assert browser.client.get(address).status_code == 403
        browser.sign_out()
    who = browser.sign_in(INES).client.get(f"{SHEET}/sesion")
    assert who.get_json()["person"] == str(world.id_of(INES)) and who.get_json()["csrf"]
    assert who.headers["Cache-Control"] == "no-store" and "Access-Control-Allow-Origin" not in who.headers


def test_the_worker_may_keep_sheets_and_nothing_above_them(browser: Browser, world: World) -> None:
    script = browser.client.get("/captura-sin-senal")
    assert script.mimetype == "text/javascript" and script.headers["Service-Worker-Allowed"] == "/mesa/procesos/"
    text = script.get_data(as_text=True)
    assets = json.loads(text.split("ASSETS = ", 1)[1].split(";\n", 1)[0])
    assert all(browser.client.get(address).status_code == 200 for address in assets)
    again = browser.client.get("/captura-sin-senal", headers={"If-None-Match": script.headers["ETag"]})
    assert again.status_code == 304 and again.headers["Service-Worker-Allowed"] == "/mesa/procesos/"


def test_every_static_file_of_the_sheet_is_kept(browser: Browser, world: World) -> None:
    page = browser.sign_in(INES).get("contributions.capture_kept", **AT)
    tags = page.soup.select("script[src], link[rel=stylesheet], link[rel=icon], link[rel=preload]")
    used = {tag.get("src") or tag.get("href") for tag in tags}
    text = browser.client.get("/captura-sin-senal").get_data(as_text=True)
    assert used and used <= set(json.loads(text.split("ASSETS = ", 1)[1].split(";\n", 1)[0]))


def test_the_manifest_names_the_sheet_and_says_nothing_private(browser: Browser, world: World) -> None:
    manifest = browser.client.get("/procesos/plan-prueba/actividades/taller-ccorca/captura.webmanifest")
    content = json.loads(manifest.get_data(as_text=True))
    assert manifest.mimetype == "application/manifest+json" and content["start_url"] == content["scope"] == SHEET
    browser.get("contributions.capture_manifest", slug="plan-prueba", activity="no-existe", status=404)


def test_the_same_key_twice_is_one_row_and_other_words_are_refused(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(INES)
    assert saved(browser) == saved(browser)
    other = browser.client.post(SHEET, data=SAID | {"text": "Otra cosa, con la misma clave."}, headers=WANTS_JSON)
    assert other.status_code == 422 and other.get_json()["errors"]
    with app.app_context():
        assert len(db.session.scalars(select(Contribution)).all()) == 1


def test_a_correction_over_a_text_that_changed_is_told_and_not_written(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(INES)
    code = saved(browser)
    mine = SAID | {"text": "Que el agua llegue de día.", "before": SAID["text"]}
    first = browser.client.post(f"{SHEET}/{code}", data=mine, headers=WANTS_JSON)
    assert first.status_code == 200 and "Que el agua llegue de día." in first.get_json()["html"]
    again = browser.client.post(f"{SHEET}/{code}", data=mine, headers=WANTS_JSON)  # its answer was lost on the way
    assert again.status_code == 200
    late = SAID | {"text": "Que el agua llegue de noche.", "before": SAID["text"]}
    refused = browser.client.post(f"{SHEET}/{code}", data=late, headers=WANTS_JSON)
    assert refused.status_code == 409 and refused.get_json()["text"] == "Que el agua llegue de día."
    page = browser.post("contributions.update_row", late, status=409, code=code, **AT)
    assert "Otra persona corrigió este aporte" in page and "Que el agua llegue de noche." in page.html
    with app.app_context():
        assert db.session.scalars(select(Contribution.text)).all() == ["Que el agua llegue de día."]
