"""The page and the data of the register."""

import hashlib
import json

from flask import Flask

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
