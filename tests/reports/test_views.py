"""The report in its five forms."""

import csv
import io
import zipfile

import pytest
from flask import Flask

from app.audit import queries as register
from app.audit import services as audit
from app.core import pdf, storage
from app.core.cache import FragmentCache
from app.core.db import db
from app.processes import queries as processes
from app.reports import services
from tests.browser import Browser
from tests.feedback.answers import approve, make_plan, publish, say
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own pages: another test's process may have the same number and revision."""
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    monkeypatch.setitem(app.extensions, "minka.cache", FragmentCache(""))


@pytest.fixture
def reported(app: Flask, world: World) -> World:
    """One answered, one waiting, one held back by moderation."""
    with app.app_context():
        make_plan(world)
        publish(world, approve(world, say(world, "uno")))
        say(world, "dos", text="Que la posta atienda los sábados por la mañana.")
        say(world, "tres", text="Esto todavía no lo miró nadie.", publish=False)
        db.session.commit()
        db.session.remove()
    return world


def test_the_page_tells_what_was_heard_decided_and_why(browser: Browser, reported: World) -> None:
    page = browser.get("reports.show", slug=reported.slug)
    for words in ("Se recibieron 3 aportes", "1 de 3", "Monitores del desagüe", "PRB-C-0002", "21 días antes del inicio"):
        assert words in page, words
    assert "Esto todavía no lo miró nadie" not in page.html
    assert "Rosa Quispe" not in page.html


def test_each_form_names_the_signed_checkpoint_it_can_be_checked_against(app: Flask, browser: Browser, reported: World) -> None:
    with app.app_context():
        audit.daily_checkpoint(NOON)
        audit.sign_waiting(NOON)
        db.session.commit()
        signed = register.newest_checkpoint()
        assert signed is not None
        db.session.remove()
    assert signed.short_hash in browser.get("reports.show", slug=reported.slug).html
    assert signed.short_hash in browser.client.get(f"/procesos/{reported.slug}/informe.json").get_json()["prueba"]
    with zipfile.ZipFile(io.BytesIO(browser.client.get(f"/procesos/{reported.slug}/informe.docx").data)) as word:
        assert signed.short_hash in word.read("word/document.xml").decode()


def test_the_annex_has_every_code_once(browser: Browser, reported: World) -> None:
    answer = browser.client.get(f"/procesos/{reported.slug}/informe.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert [row["codigo"] for row in rows] == ["PRB-C-0001", "PRB-C-0002", "PRB-C-0003"]
    assert [row["decision"] for row in rows] == ["not_adopted", "", ""]


def test_the_data_reconcile(browser: Browser, reported: World) -> None:
    content = browser.client.get(f"/procesos/{reported.slug}/informe.json").get_json()
    assert content["cuadra"] is True
    assert content["total"]["recibidos"] == 3
    assert content["esperan_respuesta"] == ["PRB-C-0002", "PRB-C-0003"]


def test_word_opens_it(browser: Browser, reported: World) -> None:
    from docx import Document

    answer = browser.client.get(f"/procesos/{reported.slug}/informe.docx")
    assert zipfile.is_zipfile(io.BytesIO(answer.data))
    document = Document(io.BytesIO(answer.data))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Qué escuchamos, qué decidimos y por qué" in words
    assert "PRB-C-0001. Monitores del desagüe" in words
    assert len(document.tables[-1].rows) == 4


def test_the_same_page_is_not_sent_twice(browser: Browser, reported: World) -> None:
    for ending in ("", ".json", ".csv", ".docx"):
        first = browser.client.get(f"/procesos/{reported.slug}/informe{ending}")
        again = browser.client.get(f"/procesos/{reported.slug}/informe{ending}", headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304), ending


def test_without_the_system_library_there_is_a_page_to_print(browser: Browser, reported: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    answer = browser.client.get(f"/procesos/{reported.slug}/informe.pdf")
    assert answer.mimetype == "text/html"
    assert "apt install" in answer.get_data(as_text=True)
    assert "PRB-C-0001" in answer.get_data(as_text=True)


@pytest.mark.skipif(not pdf.is_available(), reason="Falta Pango; para probarlo: sudo sh scripts/test-services.sh --install")
class TestThePdf:
    @pytest.fixture(autouse=True)
    def nothing_kept(self, app: Flask) -> None:
        """The folder of files outlives a test."""
        with app.app_context():
            for name in storage.names():
                if name.startswith("reports/"):
                    storage.delete(name)

    def test_a_short_report_is_drawn_at_once(self, browser: Browser, reported: World) -> None:
        answer = browser.client.get(f"/procesos/{reported.slug}/informe.pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")

    def test_a_long_one_is_drawn_by_the_worker_once_and_kept(
        self, app: Flask, browser: Browser, reported: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.reports.services.printing.DRAWN_AT_ONCE", 2)
        waiting = browser.client.get(f"/procesos/{reported.slug}/informe.pdf")
        assert "se está preparando" in waiting.get_data(as_text=True)
        with app.app_context():
            assert reported.slug in services.draw_reports(NOON)
            assert services.draw_reports(NOON) == ""
            process = processes.public_process_by_slug(reported.slug)
            assert process is not None
            assert storage.get(f"reports/{process.id}-{process.public_revision}.pdf").startswith(b"%PDF-")
            db.session.remove()
        assert browser.client.get(f"/procesos/{reported.slug}/informe.pdf").mimetype == "application/pdf"

    def test_nobody_waits_for_the_database_while_it_is_drawn(self, app: Flask, reported: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.reports.services.printing.DRAWN_AT_ONCE", 2)
        written = []

        def draw(_content: object) -> bytes:
            with db.engine.begin() as other:
                other.exec_driver_sql("PRAGMA busy_timeout=0")
                written.append(other.exec_driver_sql("UPDATE process SET public_revision = public_revision").rowcount)
            return b"%PDF-"

        monkeypatch.setattr("app.reports.services.printing.draw", draw)
        with app.app_context():
            assert reported.slug in services.draw_reports(NOON)
            db.session.remove()
        assert written == [written[0]] and written[0] > 0

    def test_short_reports_are_not_even_gathered_by_the_worker(self, app: Flask, reported: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def gather(*_: object) -> None:
            raise AssertionError

        monkeypatch.setattr("app.reports.services.printing.gather", gather)
        with app.app_context():
            assert services.draw_reports(NOON) == ""
            db.session.remove()

    def test_one_the_storage_lost_is_drawn_again(
        self, app: Flask, browser: Browser, reported: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.reports.services.printing.DRAWN_AT_ONCE", 2)
        monkeypatch.setattr("app.reports.services.printing.draw", lambda _content: b"%PDF-")
        address = f"/procesos/{reported.slug}/informe.pdf"
        with app.app_context():
            services.draw_reports(NOON)
            process = processes.public_process_by_slug(reported.slug)
            assert process is not None
            storage.delete(f"reports/{process.id}-{process.public_revision}.pdf")
            db.session.remove()
        assert "se está preparando" in browser.client.get(address).get_data(as_text=True)
        with app.app_context():
            assert reported.slug in services.draw_reports(NOON)
            db.session.remove()
        assert browser.client.get(address).data.startswith(b"%PDF-")
