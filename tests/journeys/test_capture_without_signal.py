"""A facilitator types while the connection drops and comes back: nothing is lost, nothing is doubled."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from app.contributions.models import Contribution
from app.core.db import db
from tests.cast import INES
from tests.world import NOON, World

pytestmark = pytest.mark.browser
SHEET = "/mesa/procesos/plan-prueba/actividades/taller-ccorca/captura"


@pytest.fixture
def site(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(site: str, chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    page.goto(f"{site}/ingresar")
    page.fill("#email", INES.email)
    page.fill("#password", INES.password)
    page.click("main button[type=submit]")
    page.goto(f"{site}{SHEET}")
    yield page
    page.close()


def texts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Contribution.text).order_by(Contribution.number)))


def count(page: Any, selector: str, how_many: int) -> None:
    from playwright.sync_api import expect

    expect(page.locator(selector)).to_have_count(how_many, timeout=15_000)


def say(page: Any, words: str) -> None:
    page.fill("#text", words)
    page.fill("#speaker", "Juana Mamani")
    page.press("#text", "Control+Enter")


def test_rows_typed_without_signal_arrive_once_in_order(app: Flask, page: Any) -> None:
    say(page, "Primero, con señal: que haya luz.")
    page.wait_for_selector("#recogidos-lista li")
    page.context.set_offline(True)
    say(page, "Segundo, sin señal: que haya agua.")
    say(page, "Tercero, sin señal: que llegue el bus.")
    count(page, "#por-enviar li", 2)
    assert "Sin señal" in page.inner_text("#sync")
    page.fill("#text", "Cuarto, a medio escribir")
    page.wait_for_timeout(600)
    page.context.set_offline(False)
    page.reload()
    count(page, "#recogidos-lista li", 3)
    assert page.input_value("#text") == "Cuarto, a medio escribir"
    assert page.locator("#por-enviar li").count() == 0
    assert [text[:7] for text in texts(app)] == ["Primero", "Segundo", "Tercero"]


def test_an_answer_lost_on_the_way_back_does_not_double(app: Flask, page: Any) -> None:
    lost = {"left": 1}

    def lose_the_answer(route: Any) -> None:
        if route.request.method == "POST" and lost["left"]:
            lost["left"] -= 1
            route.fetch()  # the server received and saved it
            route.abort()  # the answer never arrives
        else:
            route.continue_()

    page.route(f"**{SHEET}", lose_the_answer)
    say(page, "Que limpien el canal de riego.")
    page.wait_for_selector("#recogidos-lista li", timeout=15_000)
    assert texts(app) == ["Que limpien el canal de riego."]


def test_a_refused_row_steps_aside_and_can_be_mended(app: Flask, page: Any) -> None:
    say(page, "corto")
    page.wait_for_selector("#por-enviar .field__error")
    say(page, "Esta sí se entiende bien.")
    page.wait_for_selector("#recogidos-lista li")
    page.click("#por-enviar button")
    assert page.input_value("#text") == "corto"
    say(page, "corto pero ya completo")
    count(page, "#recogidos-lista li", 2)
    assert len(texts(app)) == 2


def test_the_sheet_reports_no_error_and_keeps_its_policy(page: Any) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.reload()
    say(page, "Que se avise por la radio en quechua.")
    page.wait_for_selector("#recogidos-lista li")
    assert errors == []
