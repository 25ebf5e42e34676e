"""Where contributions come from: the map and the table say the same, and both add up."""

import pytest

from app.core.db import db
from app.territories import services as territories
from tests.feedback.answers import ADOPTED, approve, make_plan, publish, say
from tests.world import NOON


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def said(app, world):
    """Three of Ccorca, one of them answered; one of the province; one of Piura; one of nowhere; one that nobody has let through."""
    with app.app_context():
        territories.load_peru()
        make_plan(world)
        for n, ubigeo in enumerate(("080102", "080102", "080102", "0801", "200101", None)):
            one = say(world, f"clave-mapa-{n}-aaaaaaa", text=f"Que se arregle el camino número {n} antes de las lluvias de este año.")
            one.ubigeo = ubigeo
            if n == 0:
                publish(world, approve(world, one, ADOPTED))
        say(world, "clave-mapa-9-aaaaaaa", text="Esto todavía no lo ha mirado nadie del equipo.", publish=False).ubigeo = "080102"
        db.session.commit()


def rows(page):
    return {
        cells[0]: cells[1:]
        for cells in ([cell.get_text(" ", strip=True) for cell in row.select("th,td")] for row in page.soup.select("tbody tr"))
    }


def test_the_table_says_how_many_and_adds_up(browser, world, said):
    found = rows(browser.get("portal.map", slug=world.slug))
    assert found["Ccorca"] == ["3", "1"]
    assert found["Saylla"] == ["0", "0"]
    assert found["Sin decir en qué parte"] == found["De otros lugares"] == found["Sin lugar indicado"] == ["1", "0"]
    assert sum(int(received) for received, _ in found.values()) == 6


def test_a_tile_leads_to_what_it_counts(browser, world, said):
    page = browser.get("portal.map", slug=world.slug)
    tile = page.soup.find("a", attrs={"aria-label": "Ccorca: 3 aportes"})
    assert "3 aportes" in browser.get(tile["href"])
    empty = page.soup.find(attrs={"aria-label": "Saylla: 0 aportes"})
    assert empty.name == "g", "nothing to read there, nowhere to go"


def test_a_map_of_somewhere_else_is_not_found(browser, world, said):
    browser.get("portal.map", slug=world.slug, en="2001", status=404)
    browser.get("portal.map", slug=world.slug, en="0801xx", status=404)
    assert "Volver al mapa completo" in browser.get("portal.map", slug=world.slug, en="080102")


def test_a_map_of_nothing_says_what_to_do_instead(browser, world, app):
    with app.app_context():
        territories.load_peru()
        db.session.commit()
    page = browser.get("portal.map", slug=world.slug)
    assert "Todavía no hay aportes públicos que mostrar" in page
    assert page.soup.select("svg.territory-map, tbody tr") == []
