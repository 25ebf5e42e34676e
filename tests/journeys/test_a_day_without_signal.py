"""The capture sheet on a device of its own, the cable cut at every step: no row is lost and no row is doubled."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db
from tests.cast import INES, SARA
from tests.journeys.cable import Cable
from tests.journeys.device import SHEET, cable, device  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
SENT, WAITING = "#recogidos-lista li", "#por-enviar li[data-state=kept]"


def texts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Contribution.text).order_by(Contribution.number)))


def say(page: Any, words: str, waiting: int | None = None) -> None:
    page.fill("#text", words)
    page.fill("#speaker", "Juana Mamani")
    page.press("#text", "Control+Enter")
    expect(page.locator("#text")).to_have_value("")
    if waiting is not None:
        expect(page.locator(WAITING)).to_have_count(waiting)


def all_sent(page: Any, how_many: int) -> None:
    expect(page.locator("#sync")).to_have_attribute("data-kind", "clear", timeout=20_000)
    expect(page.locator(WAITING)).to_have_count(0)
    expect(page.locator(f"{SENT}, #por-enviar li[data-state=sent]")).to_have_count(how_many)


def test_it_opens_after_a_restart_without_signal_and_sends_when_it_comes_back(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    laptop.made_ready()
    laptop.switch_off()
    cable.cut()
    page = laptop.switch_on()
    laptop.open(page)
    assert "Hoja de captura" in page.inner_text("h1")
    say(page, "Primero, sin señal: que haya agua.", waiting=1)
    say(page, "Segundo, sin señal: que llegue el bus.", waiting=2)
    assert "Sin señal" in page.inner_text("#sync") and "guardado en este equipo" in page.inner_text("#por-enviar")
    laptop.switch_off()
    page = laptop.switch_on()  # still nothing: both are there, and may wait for days
    laptop.open(page)
    expect(page.locator(WAITING)).to_have_count(2)
    assert texts(app) == []
    cable.mend()
    all_sent(page, 2)  # by itself
    assert "enviado" in page.inner_text("#por-enviar") or page.locator(SENT).count() == 2
    assert [text[:7] for text in texts(app)] == ["Primero", "Segundo"]


def test_a_row_half_written_when_the_device_dies_is_there_again(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    cable.cut()
    page.fill("#text", "Que arreglen el puente de")
    laptop.switch_off()
    page = laptop.switch_on()
    laptop.open(page)
    assert page.input_value("#text") == "Que arreglen el puente de"
    say(page, "Que arreglen el puente de Ccorca.", waiting=1)
    page.reload()
    page.wait_for_selector("#captura[data-started]")
    assert page.input_value("#text") == ""
    cable.mend()
    all_sent(page, 1)
    assert texts(app) == ["Que arreglen el puente de Ccorca."]


def test_a_request_lost_before_the_server_is_sent_again(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    page = device().made_ready()
    cable.loses_requests = True
    say(page, "Que limpien el canal de riego.", waiting=1)
    page.wait_for_timeout(800)
    assert texts(app) == []
    cable.mend()
    page.click("#enviar-ahora")
    all_sent(page, 1)
    assert texts(app) == ["Que limpien el canal de riego."]


def test_an_answer_lost_after_the_server_stored_it_does_not_double(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    page = device().made_ready()
    cable.loses_answers = True
    say(page, "Que haya turno de noche en la posta.")
    page.wait_for_timeout(1_500)
    assert texts(app) == ["Que haya turno de noche en la posta."]
    expect(page.locator(WAITING)).to_have_count(1)  # nobody told this device yet
    cable.mend()
    all_sent(page, 1)
    assert texts(app) == ["Que haya turno de noche en la posta."]


def test_an_answer_lost_and_the_device_switched_off_does_not_double(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    cable.loses_answers = True
    say(page, "Que la feria tenga baños.")
    page.wait_for_timeout(1_500)
    laptop.switch_off()
    cable.mend()
    page = laptop.switch_on()
    laptop.open(page)
    all_sent(page, 1)
    assert texts(app) == ["Que la feria tenga baños."]


def test_a_row_corrected_before_its_answer_came_arrives_corrected_once(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    cable.loses_answers = True
    say(page, "Que el mercado abra el domnigo.")
    page.wait_for_timeout(1_500)
    cable.cut()
    page.click("#por-enviar li[data-state=kept] button")
    assert page.input_value("#text") == "Que el mercado abra el domnigo."
    say(page, "Que el mercado abra el domingo.", waiting=1)
    laptop.switch_off()
    page = laptop.switch_on()
    laptop.open(page)
    cable.mend()
    page.click("#enviar-ahora")
    all_sent(page, 1)
    assert texts(app) == ["Que el mercado abra el domingo."]


def test_somebody_else_corrected_it_meanwhile_and_both_texts_are_shown(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    page = device().made_ready()
    cable.loses_answers = True
    say(page, "Que haya luz en la cancha.")
    page.wait_for_timeout(1_500)
    cable.cut()
    page.click("#por-enviar li[data-state=kept] button")
    say(page, "Que haya luz en la cancha y en el parque.", waiting=1)
    with app.app_context():
        row = db.session.scalars(select(Contribution)).one()
        row.text = "Que haya luz en la cancha de Ccorca."
        db.session.commit()
    cable.mend()
    page.click("#enviar-ahora")
    conflict = page.locator("#por-enviar li[data-state=conflict]")
    expect(conflict).to_have_count(1, timeout=20_000)
    assert "Que haya luz en la cancha de Ccorca." in conflict.inner_text() and "y en el parque" in conflict.inner_text()
    conflict.get_by_role("button", name="Poner lo mío").click()
    all_sent(page, 1)
    assert texts(app) == ["Que haya luz en la cancha y en el parque."]


def test_a_cut_in_the_middle_of_the_pile_keeps_order_and_number(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    page = device().made_ready()
    cable.cut()
    said = [f"Pedido número {n} de la asamblea." for n in range(1, 7)]
    for n, words in enumerate(said, start=1):
        say(page, words, waiting=n)
    cable.mend()
    cable.posts_let_through = 2
    page.click("#enviar-ahora")
    expect(page.locator(WAITING)).to_have_count(4, timeout=20_000)
    cable.mend()
    page.click("#enviar-ahora")
    all_sent(page, 6)
    assert texts(app) == said


def test_two_tabs_of_one_device_share_one_pile(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    first = laptop.made_ready()
    second = laptop.tab()
    laptop.open(second)
    cable.cut()
    first.fill("#text", "Lo que se escribe en la primera")
    second.fill("#text", "Lo que se escribe en la segunda")
    say(first, "De la primera: que haya agua.")
    say(second, "De la segunda: que haya luz.", waiting=2)
    expect(first.locator(WAITING)).to_have_count(2)
    first.fill("#text", "A medias en la primera")
    second.fill("#text", "A medias en la segunda")
    second.reload()
    second.wait_for_selector("#captura[data-started]")
    assert second.input_value("#text") == "A medias en la segunda"
    cable.mend()
    first.click("#enviar-ahora")
    second.click("#enviar-ahora")
    all_sent(first, 2)
    assert sorted(texts(app)) == ["De la primera: que haya agua.", "De la segunda: que haya luz."]


def test_two_devices_on_the_same_sheet_bring_everything_once(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    pages = [device("laptop").made_ready(), device("telefono").made_ready()]
    cable.cut()
    for name, page in zip(("laptop", "teléfono"), pages, strict=True):
        for n in range(1, 3):
            say(page, f"Desde el {name}, pedido {n}.", waiting=n)
    cable.mend()
    for page in pages:
        page.click("#enviar-ahora")
    for page in pages:
        expect(page.locator("#sync")).to_have_attribute("data-kind", "clear", timeout=20_000)
    assert len(texts(app)) == 4 and len(set(texts(app))) == 4


def test_a_session_that_ended_loses_nothing_and_goes_on_after_signing_in(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    cable.cut()
    say(page, "Dicho mientras la sesión se terminaba.", waiting=1)
    laptop.context.clear_cookies()
    cable.mend()
    page.click("#enviar-ahora")
    expect(page.locator("#sync")).to_have_attribute("data-kind", "signed-out", timeout=20_000)
    assert "ingrese otra vez" in page.inner_text("#sync")
    say(page, "Y se puede seguir anotando sin sesión.", waiting=2)
    page.reload()  # the kept sheet opens also now
    page.wait_for_selector("#captura[data-started]")
    expect(page.locator(WAITING)).to_have_count(2)
    page.click("#sync a")
    page.fill("#email", INES.email)
    page.fill("#password", INES.password)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(f"{SHEET}$"))
    all_sent(page, 2)
    assert len(texts(app)) == 2


def test_with_nothing_waiting_the_sheet_still_says_how_to_sign_in(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    laptop.context.clear_cookies()
    page.reload()
    page.wait_for_selector("#captura[data-started]")
    expect(page.locator("#sync")).to_have_attribute("data-kind", "signed-out", timeout=20_000)
    assert "Ingresar y enviar" in page.inner_text("#sync") and "0" not in page.inner_text("#sync")


def test_signing_out_with_rows_unsent_warns_and_they_stay(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    page.route(f"**{SHEET}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    say(page, "Dicho antes de salir.", waiting=1)
    page.click(".top__leave")
    page.wait_for_url(re.compile("/$"))
    assert laptop.warned == 1 and texts(app) == []
    laptop.sign_in(laptop.tab())
    page = laptop.tab()
    laptop.open(page)
    all_sent(page, 1)
    assert texts(app) == ["Dicho antes de salir."]


def test_an_old_token_of_the_morning_is_renewed(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    laptop.context.clear_cookies()
    laptop.sign_in(laptop.tab())  # another session: the first tab holds a token of one that is gone
    say(page, "Con una hoja abierta desde la mañana.")
    all_sent(page, 1)
    assert texts(app) == ["Con una hoja abierta desde la mañana."]


def test_rows_of_another_person_wait_for_her_or_are_taken_over_in_the_open(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    cable.cut()
    say(page, "Anotado por Inés sin señal.", waiting=1)
    laptop.context.clear_cookies()
    cable.mend()
    other = laptop.tab()
    laptop.sign_in(other, SARA)
    expect(other.locator("#de-otra")).to_be_visible()
    other.wait_for_timeout(1_000)
    assert texts(app) == []
    other.click("#de-otra button")
    all_sent(other, 1)
    assert texts(app) == ["Anotado por Inés sin señal."]


def test_a_copy_in_a_file_never_doubles(app: Flask, cable: Cable, device: Any, tmp_path: Path) -> None:  # noqa: F811
    laptop, telephone = device("laptop"), device("telefono")
    page, other = laptop.made_ready(), telephone.made_ready()
    cable.cut()
    say(page, "Guardado también en un archivo.", waiting=1)
    with page.expect_download() as saved:
        page.click("#guardar-copia")
    copy = tmp_path / "copia.json"
    saved.value.save_as(copy)
    cable.mend()
    other.click("summary:has-text('Recuperar')")
    other.set_input_files("#traer-copia", copy)
    all_sent(other, 1)
    page.click("#enviar-ahora")
    all_sent(page, 1)
    assert texts(app) == ["Guardado también en un archivo."]


def test_a_refused_row_says_why_and_does_not_stop_the_others(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    cable.cut()
    say(page, "corto", waiting=1)
    say(page, "Esta sí se entiende bien.", waiting=2)
    cable.mend()
    page.click("#enviar-ahora")
    wrong = page.locator("#por-enviar li[data-state=wrong]")
    expect(wrong).to_have_count(1, timeout=20_000)
    assert "con problema" in wrong.inner_text()
    expect(page.locator("#sync")).to_have_attribute("data-kind", "wrong")
    wrong.get_by_role("button", name="Corregir").click()
    say(page, "corto pero ya completo")
    all_sent(page, 2)
    assert sorted(texts(app)) == ["Esta sí se entiende bien.", "corto pero ya completo"]


def test_a_name_that_is_missing_is_asked_while_the_person_is_there(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    page = device().made_ready()
    cable.cut()
    page.fill("#text", "Que la posta abra los sábados.")
    page.press("#text", "Control+Enter")
    expect(page.locator("#speaker")).to_be_focused()
    expect(page.locator("#captura")).to_contain_text("elija que el aporte aparezca como anónimo")
    expect(page.locator("#text")).to_have_value("Que la posta abra los sábados.")
    page.select_option("#consent", "anonimo")
    page.press("#text", "Control+Enter")
    expect(page.locator(WAITING)).to_have_count(1)
    cable.mend()
    page.click("#enviar-ahora")
    all_sent(page, 1)


def test_the_sheet_can_be_installed(app: Flask, cable: Cable, device: Any) -> None:  # noqa: F811
    laptop = device()
    page = laptop.made_ready()
    session = laptop.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == [] and SHEET in manifest["data"]
    problems = [p["errorId"] for p in session.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [p for p in problems if p != "in-incognito"] == []
