"""Spreading the word as anybody, and noting it as the secretariat with one button."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities.models import OutreachAction
from app.activities.rules.outreach import OutreachChannel
from app.audit.models import AuditEntry
from app.compliance.rules.findings import Requirement
from app.core import pdf
from app.core.db import db
from app.evidence.models import Attachment
from app.notices.models import NoticeText
from tests.browser import Browser
from tests.cast import INES, OLGA, ROSA, SARA, VERA
from tests.world import World

SLUG = "plan-prueba"


def _actions(app: Flask) -> list[OutreachAction]:
    with app.app_context():
        rows = list(db.session.scalars(select(OutreachAction).order_by(OutreachAction.id)))
        db.session.expunge_all()
        db.session.remove()
    return rows


def test_the_page_to_spread_is_led_to_from_the_process_and_the_schedule(world: World, browser: Browser) -> None:
    for endpoint in ("portal.process", "processes.schedule"):
        assert browser.get(endpoint, slug=SLUG).soup.find("a", href=f"/procesos/{SLUG}/difundir"), endpoint
    page = browser.get("notices.spread", slug=SLUG)
    assert page.soup.find("a", href=lambda h: h and h.startswith("https://wa.me/?text=%2APlan%20de%20prueba"))
    assert "segundos leído en voz alta" in page.text
    assert all(button.has_attr("hidden") for button in page.soup.select("button[data-copies]"))


@pytest.mark.parametrize("name", ["mensaje.txt", "guion-radio.txt"])
def test_texts_can_be_taken_as_files(world: World, browser: Browser, name: str) -> None:
    response = browser.client.get(f"/procesos/{SLUG}/{name}")
    assert response.mimetype == "text/plain"
    assert "lan de prueba" in response.text
    assert browser.client.get(f"/procesos/{SLUG}/{name}", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_the_poster_is_a_page_and_two_pdfs(world: World, browser: Browser) -> None:
    page = browser.get("notices.poster", slug=SLUG)
    assert page.heading == "Plan de prueba"
    assert page.soup.find("img", alt="Código QR que abre el cronograma")
    for size in ("a4", "a3"):
        response = browser.client.get(f"/procesos/{SLUG}/afiche-{size}.pdf")
        assert response.data.startswith(b"%PDF") if pdf.is_available() else response.status_code == 302


def test_one_click_notes_the_poster_with_its_evidence_and_it_counts(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    page = browser.get("notices.desk", slug=SLUG)
    form = page.soup.find("form", action=f"/mesa/procesos/{SLUG}/avisos/poster/registrar")
    data = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("type") != "file"}
    data |= {s["name"]: s.find("option", selected=True)["value"] for s in form.find_all("select") if s.find("option", selected=True)}
    data |= {t["name"]: t.get_text().strip() for t in form.find_all("textarea")}
    for _twice in range(2):
        browser.post("notices.record_sent", data, slug=SLUG, medium="poster")
    (action,) = _actions(app)
    assert action.channel is OutreachChannel.POSTER
    assert "Plan de prueba" in action.message
    with app.app_context():
        files = list(db.session.scalars(select(Attachment).where(Attachment.subject_kind == "outreach")))
        assert len(files) == (1 if pdf.is_available() else 0)
        assert all(file.is_public for file in files)
        db.session.remove()
    report = browser.client.get(f"/procesos/{SLUG}/requisitos.json").json
    finding = next(one for one in report["requirements"] if one["id"] == Requirement.OUTREACH.value)
    assert finding["facts"]["actions"] + finding["facts"]["late_actions"] == 1


def test_what_was_written_stays_when_something_is_wrong(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    data = {"radio-title": "Aviso en Radio Ccorca", "radio-done_on": "2099-01-01", "radio-sector": "citizen", "radio-ubigeo": "",
            "radio-language": "es", "radio-message": "Vecinas y vecinos, vengan al taller del sábado."}  # fmt: skip
    page = browser.post("notices.record_sent", data, status=422, slug=SLUG, medium="radio")
    assert "Esa fecha todavía no llega" in page.text
    assert page.soup.find("input", {"name": "radio-title"})["value"] == "Aviso en Radio Ccorca"
    assert "del sábado" in page.soup.find("textarea", {"name": "radio-message"}).text
    assert _actions(app) == []


def test_a_text_in_quechua_is_shown_beside_the_spanish_one_and_can_be_taken_back(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    words = "Llaqtamasikuna, hamuychis rimanakuyman."
    for medium in ("poster", "message", "radio"):
        data = {f"{medium}-text-language": "qu", f"{medium}-text-text": words}
        browser.post("notices.save_text", data, slug=SLUG, medium=medium)
    page = browser.get("notices.spread", slug=SLUG)
    assert [tag.get_text() for tag in page.soup.select("pre[lang=qu]")] == [words] * 3
    assert browser.get("notices.poster", slug=SLUG).soup.select_one(".poster [lang=qu]").get_text() == words
    browser.post("notices.save_text", {"radio-text-language": "qu", "radio-text-text": ""}, slug=SLUG, medium="radio")
    assert len(browser.get("notices.spread", slug=SLUG).soup.select("pre[lang=qu]")) == 2
    with app.app_context():
        assert len(db.session.scalars(select(NoticeText)).all()) == 4
        assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "notices.save-text")).all()) == 4
        db.session.remove()


def test_a_language_nobody_knows_is_refused(world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    page = browser.post(
        "notices.save_text", {"radio-text-language": "fr", "radio-text-text": "Bonjour"}, status=422, slug=SLUG, medium="radio"
    )
    assert "Bonjour" in page.soup.find("textarea", {"name": "radio-text-text"}).text


def test_the_desk_is_for_the_team(world: World, browser: Browser) -> None:
    for person, status in ((INES, 200), (VERA, 200), (ROSA, 403), (OLGA, 403)):
        Browser(browser.app).sign_in(person).get("notices.desk", slug=SLUG, status=status)
    for person, status in ((INES, 403), (VERA, 403), (OLGA, 403)):
        Browser(browser.app).sign_in(person).post(
            "notices.save_text", {"radio-text-language": "qu", "radio-text-text": "x"}, status=status, slug=SLUG, medium="radio"
        )
    Browser(browser.app).sign_in(VERA).post("notices.record_sent", {}, status=403, slug=SLUG, medium="radio")
    Browser(browser.app).sign_in(SARA).post("notices.record_sent", {}, status=404, slug=SLUG, medium="paloma")
