"""The bar of tabs shows the pages of a round that have something published, and only those."""

from flask import Flask

from app.core.db import db
from tests.browser import Browser
from tests.factories.budgeting import a_round, an_agent
from tests.world import World


def _tabs(browser: Browser, slug: str) -> list[str]:
    page = browser.get(f"/procesos/{slug}/presupuesto")
    return [link.get_text() for link in page.soup.select("nav.round-tabs a")]


def test_a_round_without_agents_has_no_tab_for_them(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        round_ = a_round(world)
        db.session.commit()
        assert _tabs(browser, world.slug)[0] == "Presupuesto"
        assert "Agentes" not in _tabs(browser, world.slug)
        an_agent(round_, 1)
        db.session.commit()
    assert _tabs(browser, world.slug)[:2] == ["Presupuesto", "Agentes"]
