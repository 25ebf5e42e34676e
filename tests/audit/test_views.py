"""The page and the data of the register."""

import hashlib
import json

from flask import Flask
from sqlalchemy import event, text

from app.audit import services
from app.core.db import db
from tests.browser import Browser
from tests.world import NOON


def write(app: Flask, count: int, ref: str = "plan-prueba", action: str = "processes.publish-schedule") -> None:
    with app.app_context():
        for n in range(count):
            services.record(action, "process", ref, {"version": n + 1, "short_notice": False}, at=NOON, role="secretaría")
        db.session.commit()


def test_an_empty_register_says_so(browser: Browser) -> None:
    assert "Todavía no hay actos públicos." in browser.get("audit.index")


def test_acts_are_sentences_newest_first_thirty_to_a_page(app: Flask, browser: Browser) -> None:
    write(app, 31)
    page = browser.get("audit.index")
    assert "31. Secretaría: publicó el cronograma (proceso)" in page and "2. Secretaría" in page
    assert len(page.soup.select("ol.stack > li")) == 30
    second = browser.get("audit.index", pagina=2)
    assert "1. Secretaría: publicó el cronograma" in second and "a 31 de 31" in second


def test_it_is_filtered_by_reference_and_by_act(app: Flask, browser: Browser) -> None:
    write(app, 1)
    write(app, 1, "CUS27-C-0042", "feedback.publish")
    assert len(browser.get("audit.index", referencia="CUS27").soup.select("ol.stack > li")) == 1
    assert len(browser.get("audit.index", acto="feedback.publish").soup.select("ol.stack > li")) == 1
    assert "No hay actos con ese filtro." in browser.get("audit.index", referencia="nada")


def test_anybody_can_recompute_the_chain_from_the_data(app: Flask, browser: Browser) -> None:
    write(app, 3)
    data = json.loads(browser.get("audit.index_json").html)
    prev = "0" * 64
    for entry in data["entries"]:
        assert entry["prev"] == prev
        prev = hashlib.sha256("\0".join(("minka-register:v1", str(entry["seq"]), entry["prev"], entry["body"])).encode()).hexdigest()
        assert prev == entry["hash"]
    assert data["head"] == {"seq": 3, "hash": prev} and data["next"] is None
    later = json.loads(browser.get("audit.index_json", desde=3).html)
    assert [entry["seq"] for entry in later["entries"]] == [3]


def test_the_page_is_public_and_answers_304(app: Flask, browser: Browser) -> None:
    write(app, 1)
    first = browser.get("audit.index").response
    assert first.headers["Cache-Control"] == "public, no-cache" and "Set-Cookie" not in first.headers
    browser.get("audit.index", headers={"If-None-Match": first.headers["ETag"]}, status=304)


def sign(app: Flask) -> None:
    with app.app_context():
        services.record("processes.publish-schedule", "process", "plan", at=NOON)
        services.check_register(NOON)
        db.session.commit()


def test_the_state_is_seen_at_a_glance(app: Flask, browser: Browser) -> None:
    sign(app)
    page = browser.get("audit.index")
    assert "Último punto de control actos 1 a 1" in page
    assert "Última constancia de fuera ninguna" in page
    assert "Todavía nadie de fuera guarda un punto de control." in page
    assert page.soup.select("#estado .notice--warn")
    assert [a["href"] for a in page.soup.select("#comprobar ~ ol a")][:1] == ["/registro/prueba.zip"]


def test_an_altered_register_turns_the_page_red(app: Flask, browser: Browser) -> None:
    sign(app)
    with app.app_context():
        db.session.execute(text("DROP TRIGGER audit_entry_no_update"))
        db.session.execute(text("UPDATE audit_entry SET body = replace(body, 'plan', 'plam')"))
        services.check_register(NOON)
        db.session.commit()
    page = browser.get("audit.index")
    assert "El registro fue alterado" in page and page.soup.select("#estado .notice--stop")


def test_notes_key_list_and_feed_are_open_data(app: Flask, browser: Browser) -> None:
    sign(app)
    data = json.loads(browser.get("audit.checkpoints_json").html)
    note = data["checkpoints"][0]["note"]
    plain = browser.client.get("/registro/puntos-de-control/1.txt")
    assert plain.text == note and plain.mimetype == "text/plain" and plain.headers["Access-Control-Allow-Origin"] == "*"
    assert browser.client.get("/registro/clave.txt").text.split() == data["keys"]
    feed = browser.client.get("/registro.atom")
    assert feed.mimetype == "application/atom+xml" and note.split("\n")[2] in feed.text
    assert b"openssl" in browser.client.get("/registro/verify.py").data
    for path in ("/registro.atom", "/registro/puntos-de-control.json", "/registro/clave.txt", "/registro/verify.py"):
        tag = browser.client.get(path).headers["ETag"]
        assert browser.client.get(path, headers={"If-None-Match": tag}).status_code == 304, path


def test_a_checkpoint_that_is_not_there_is_not_found(app: Flask, browser: Browser) -> None:
    sign(app)
    browser.get("/registro/puntos-de-control/2.txt", status=404)


def test_the_page_asks_the_same_few_things_however_long_the_register_is(app: Flask, browser: Browser) -> None:
    counted: list[str] = []
    with app.app_context():
        engine = db.engine

    def count(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", count)
    try:
        sizes = []
        for more in (1, 60):
            write(app, more)
            sign(app)
            counted.clear()
            browser.get("audit.index")
            sizes.append(len(counted))
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert sizes[0] == sizes[1] <= 14


def test_codes_are_told_in_words_and_kept_as_they_are_in_the_text_that_is_signed(app: Flask, browser: Browser) -> None:
    with app.app_context():
        services.record("compliance.attest", "space", "prueba", {"statement": "official-site", "method": "systems"}, at=NOON, role="FC")
        db.session.commit()
    page = browser.get("audit.index")
    entry = page.soup.select_one("ol.stack > li")
    assert "Cómo lo sabe: sistemas; atestigua que: es la página oficial." in entry.get_text()
    assert entry.h3.get_text().split(". ", 1)[1].startswith("Foro, por la sociedad civil: ")
    assert '"statement":"official-site"' in entry.code.get_text() + entry.get_text()
