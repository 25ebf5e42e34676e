"""The scrutiny through its pages: the desk step by step, a table keyed by hand, and the result as everybody reads it."""

import io
import json
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.db import db
from app.scrutiny import queries
from app.scrutiny.views import shown
from app.territories import services as territories
from app.voting.services import keys
from tests.browser import Browser
from tests.cast import FELIX, GLORIA, INES, ROSA, SARA, VERA
from tests.factories.files import pdf
from tests.factories.scrutiny import AFTER, SEED, SHARES, an_ended_vote, neighbours, published
from tests.factories.voting import on_roll
from tests.world import NOON, World

DOCUMENTS = ("40506070", "40506071", "40506072")


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`time(AFTER)`: the clock of the site says so."""

    def says(instant: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    says(AFTER)
    return says


@pytest.fixture
def where(world: World) -> dict[str, str]:
    return {"slug": world.slug, "vote": "votacion"}


def test_a_scrutiny_from_its_table_to_the_published_result(
    app: Flask, world: World, browser: Browser, where: dict[str, str], time: Any
) -> None:
    with app.app_context():
        vote = an_ended_vote(world, neighbours(24))
        for document in DOCUMENTS:
            on_roll(vote, document)
        assert keys.voter_key(vote, DOCUMENTS[0])
        db.session.commit()
        db.session.remove()
    time(NOON)
    browser.sign_in(SARA)
    assert "Escriba el número" in browser.post("scrutiny.open_table", {"number": "0", "place": "Colegio"}, status=422, **where)
    browser.post("scrutiny.open_table", {"number": "3", "place": "Colegio Garcilaso", "members": "Ada Poma"}, **where)
    table = where | {"number": 3}
    assert "no está en el padrón" in browser.post("scrutiny.load_marks", {"documents": "99999999"}, status=422, **table)
    browser.post("scrutiny.load_marks", {"documents": "\n".join(DOCUMENTS)}, **table)
    browser.post("scrutiny.attach_acta", {"file": (io.BytesIO(pdf()), "acta.pdf")}, **table)
    browser.post("scrutiny.close", status=422, **where)
    time(AFTER)
    browser.sign_in(SARA)  # eleven days later
    assert "Faltan los totales de las mesas 3" in browser.post("scrutiny.close", status=422, **where)
    browser.sign_out()
    typed = {"signatures": "3", "in_box": "3", "valid": "2", "blank": "1", "spoilt": "0", "votes_1": "1", "votes_2": "1", "votes_3": ""}
    for person in (INES, GLORIA):
        browser.sign_in(person)
        page = browser.post("scrutiny.key_table", typed | {"in_box": "4"}, status=422, **table)
        assert "diferencia: 1" in page and page.soup.find("input", {"name": "in_box"})["value"] == "4"
        browser.post("scrutiny.key_table", typed, **table)
        browser.sign_out()
    browser.sign_in(SARA)
    assert "La mesa está lista" in browser.get("scrutiny.table", **table)
    browser.post("scrutiny.close", **where)
    assert "Usted ya dio su firma" in browser.post("scrutiny.close", status=422, **where)
    browser.sign_out()
    browser.sign_in(FELIX)
    browser.post("scrutiny.close", **where)
    page = browser.get("scrutiny.desk", **where)
    assert "Las cuentas cuadran" in page and "el orden en que se votó ya no está" in page.html.lower()
    assert "no tiene la forma" in browser.post("scrutiny.read_seed", {"seed": "1"}, status=422, **where)
    browser.post("scrutiny.read_seed", {"seed": SEED}, **where)
    browser.sign_out()
    browser.sign_in(SARA)
    assert "no es igual" in browser.post("scrutiny.read_seed", {"seed": SEED[::-1]}, status=422, **where)
    browser.post("scrutiny.read_seed", {"seed": SEED}, **where)
    browser.post("scrutiny.count", **where)
    assert "encontró los mismos ganadores" in browser.get("scrutiny.desk", **where)
    browser.sign_out()
    for person, endpoint in ((GLORIA, "sign_for_government"), (FELIX, "sign_for_non_government")):
        browser.sign_in(person)
        browser.post(f"scrutiny.{endpoint}", **where)
        browser.sign_out()
    page = browser.get("scrutiny.results", **where)
    assert "Elegidos" in page and "En papel" in page and "Alumbrado" in page


def test_the_result_says_why_in_words_in_a_picture_and_in_tables(
    app: Flask, world: World, browser: Browser, where: dict[str, str], time: Any
) -> None:
    with app.app_context():
        published(an_ended_vote(world, neighbours(), sheet=SHARES), world)
        db.session.remove()
    page = browser.get("scrutiny.results", **where)
    assert len(page.soup.select("svg.chart[role=img] title")) == 1
    assert "Los elegidos cuestan" in page and "papeletas" in page and "Con otra regla" in page
    assert all(cell.get("data-label") for cell in page.soup.select(".data-table tbody td"))
    loser = next(item for item in page.soup.select(".count-list li") if "count-list__won" not in item.get("class", []))
    told = browser.get(loser.select_one("a")["href"])
    assert "Qué le faltó" in told and told.soup.select("svg.chart")
    data = json.loads(browser.get("scrutiny.results_json", **where).html)
    assert data["recounted_alike"] is True and data["seed"] == SEED
    rows = browser.get("scrutiny.results_csv", **where).html.splitlines()
    assert len(rows) == 5 and rows[0].startswith("\ufeffnumero;titulo")
    assert "python3 recount.py" not in browser.get("scrutiny.count_again", **where)  # ballots stay sealed: nobody announced them
    assert browser.get("scrutiny.pabulib", **where).html.startswith("META")
    browser.get("scrutiny.project", number=99, status=404, **where)


def test_the_map_of_the_result_says_of_each_territory_how_many_got_something(
    app: Flask, world: World, browser: Browser, where: dict[str, str], time: Any
) -> None:
    with app.app_context():
        territories.load_peru()
        vote = published(an_ended_vote(world, neighbours(), sheet=SHARES), world)
        row = queries.published_count(vote.id)
        assert row is not None
        said = shown.map_values(shown.places(row.result))
        db.session.commit()
        db.session.remove()
    page = browser.get("scrutiny.results", **where)
    drawn = page.soup.select_one("#por-territorio").find_parent("section").select_one("svg.territory-map")
    assert drawn is not None and drawn["aria-label"] == "Votantes con algún proyecto suyo elegido, por territorio"
    assert len(said) >= 2 and {value["text"] for value in said.values()} <= {text.get_text() for text in drawn.select("text, tspan")}
    assert all(value["words"] in str(drawn) for value in said.values())


def test_anybody_reads_where_a_share_went(app: Flask, world: World, browser: Browser, where: dict[str, str], time: Any) -> None:
    with app.app_context():
        vote = published(an_ended_vote(world, neighbours(), sheet=SHARES), world)

        row = queries.published_count(vote.id)
        assert row is not None
        winner = row.result["winners"][0]
        db.session.remove()
    address = f"/procesos/{world.slug}/votaciones/votacion/resultados/mi-parte"
    assert browser.get(address).soup.select("input[type=checkbox]")
    page = browser.get(f"{address}?p={winner}&p=99&p=x")
    assert "Su parte: S/" in page.html and "elegido" in page
    assert page.response.headers["Cache-Control"].startswith("no-store") or "no-store" in page.response.headers["Cache-Control"]


def test_two_readings_that_differ_are_shown_only_to_the_third(
    app: Flask, world: World, browser: Browser, where: dict[str, str], time: Any
) -> None:
    with app.app_context():
        vote = an_ended_vote(world, neighbours(24), sheet=SHARES)
        for document in DOCUMENTS:
            on_roll(vote, document)
        db.session.commit()
        db.session.remove()
    table = where | {"number": 3}
    time(NOON)
    browser.sign_in(SARA)
    browser.post("scrutiny.open_table", {"number": "3", "place": "Colegio"}, **where)
    browser.post("scrutiny.load_marks", {"documents": "\n".join(DOCUMENTS)}, **table)
    browser.post("scrutiny.attach_acta", {"file": (io.BytesIO(pdf()), "acta.pdf")}, **table)
    browser.sign_out()
    time(AFTER)
    typed = {"signatures": "3", "in_box": "3", "valid": "2", "blank": "0", "spoilt": "1", "ballots": "1: 1, 3\n2: 4"}
    for person, papers in ((INES, "1: 1, 3\n2: 4"), (GLORIA, "1: 1, 3\n2: 2")):
        browser.sign_in(person)
        assert "Línea 1" in browser.post("scrutiny.key_table", typed | {"ballots": "uno"}, status=422, **table)
        browser.post("scrutiny.key_table", typed | {"ballots": papers}, **table)
        browser.sign_out()
    for person, sees in ((INES, False), (FELIX, True)):
        browser.sign_in(person)
        assert ("Papeleta 2" in browser.get("scrutiny.settling", **table)) is sees
        browser.sign_out()
    browser.sign_in(FELIX)
    browser.post("scrutiny.settle_table", typed | {"reason": "La papeleta 2 marca el 4, se lee."}, **table)
    assert "La papeleta 2 marca el 4" in browser.get("scrutiny.table", **table)


def test_who_reads_the_desk_and_who_does_not(app: Flask, world: World, browser: Browser, where: dict[str, str]) -> None:
    with app.app_context():
        an_ended_vote(world, [])
        db.session.commit()
        db.session.remove()
    browser.get("scrutiny.desk", status=303, **where)
    browser.sign_in(ROSA)
    browser.get("scrutiny.desk", status=403, **where)
    browser.sign_out()
    browser.sign_in(VERA)
    assert "1. Mesas de papel" in browser.get("scrutiny.desk", **where)
    browser.post("scrutiny.close", status=403, **where)
