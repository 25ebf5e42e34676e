"""The pages on which the plan is written."""

import pytest
from flask import Flask

from app.core.db import db
from tests.browser import Browser
from tests.cast import ROSA, SARA
from tests.feedback.answers import make_plan
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def test_a_milestone_is_edited_on_the_page_of_its_commitment(browser: Browser, app: Flask, world: World) -> None:
    with app.app_context():
        make_plan(world)
        db.session.commit()
    at = {"slug": world.slug, "number": 1}
    browser.sign_in(SARA)
    page = browser.get("plans.show_commitment", **at)
    assert page.soup.select_one("[name='hito-1-1-title']")["value"] == "Primer informe"
    assert page.soup.select_one("[name='hito-1-1-due_on']")["value"] == "2027-12-01" and not page.soup.select("details[open]")
    empty = {"hito-1-1-title": "", "hito-1-1-due_on": "2028-02-01"}
    wrong = browser.post("plans.edit_milestone", empty, status=422, milestone="1.1", **at)
    assert wrong.soup.select_one("details[open] .error-summary")
    assert wrong.soup.select_one("select[name=organisation] option[selected]")["value"] == "gerencia-obras"
    sound = {"hito-1-1-title": "Informe con mapas", "hito-1-1-due_on": "2028-02-01", "hito-1-1-responsible": "Catastro"}
    browser.post("plans.edit_milestone", sound, milestone="1.1", **at)
    page = browser.get("plans.show_commitment", **at)
    assert "Informe con mapas" in page and "Hito 1.1 guardado." in page and "Catastro" in page
    browser.post("plans.edit_milestone", sound, status=404, milestone="1.9", **at)
    Browser(app).sign_in(ROSA).post("plans.edit_milestone", sound, status=403, milestone="1.1", **at)
