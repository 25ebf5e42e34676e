"""Letters as PDF/UA where the machine can make them; the same letter as a page to print where it cannot."""

import re
import subprocess
import zlib
from pathlib import Path

import pytest
from flask import Flask
from PIL import ImageFile

from app.core import pdf
from app.core.cache import FragmentCache
from app.core.db import db
from app.letters.documents import qr_drawing
from tests.browser import Browser
from tests.cast import SARA
from tests.factories.letters import answered, corrected, current
from tests.feedback.answers import WHY
from tests.world import NOON, World

NEEDS_PANGO = pytest.mark.skipif(
    not pdf.is_available(), reason="falta Pango: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def code(app: Flask, world: World) -> str:
    with app.app_context():
        contribution = answered(world, email="")
        made = contribution.code
        db.session.commit()
        db.session.remove()
    return made


def unpacked(content: bytes) -> bytes:
    """Every object of a PDF, its streams opened."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return content + b"\n".join(found)


def read(content: bytes, tmp_path: Path, *command: str) -> str:
    """What a tool of poppler says about a PDF."""
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    done = subprocess.run([*command, str(file), *(["-"] if command[0] == "pdftotext" else [])], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


@NEEDS_PANGO
def test_the_public_copy_is_tagged_pdf_ua_without_the_name(browser: Browser, code: str, tmp_path: Path) -> None:
    response = browser.client.get(f"/aportes/{code}/respuesta.pdf")
    assert response.status_code == 200 and response.mimetype == "application/pdf"
    objects = unpacked(response.data)
    assert b'pdfuaid:part="1"' in objects and b"/Lang (es)" in objects
    assert all(mark in objects for mark in (b"/StructTreeRoot", b"/H1", b"/Figure", b"/Alt", b"/DisplayDocTitle true"))
    try:
        facts = read(response.data, tmp_path, "pdfinfo")
        text = " ".join(read(response.data, tmp_path, "pdftotext").split())
    except FileNotFoundError:
        pytest.skip("falta poppler-utils para leer el PDF")
    assert "Tagged:          yes" in facts and f"Respuesta al aporte {code}" in facts and "Encrypted:       no" in facts
    assert "Su pedido de monitores en el desagüe no entra en este plan" in text
    assert "Rosa Quispe" not in text and "mis-aportes" not in text
    squeezed = re.sub(r"[\s-]", "", text)  # an address that did not fit on its line was broken
    assert f"/aportes/{code}/respuesta".replace("-", "") in squeezed and "registro público" in text


@NEEDS_PANGO
def test_the_personal_letter_has_the_name_and_the_private_link(browser: Browser, code: str, tmp_path: Path) -> None:
    response = browser.sign_in(SARA).client.get(f"/mesa/aportes/{code}/carta.pdf")
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    try:
        text = read(response.data, tmp_path, "pdftotext")
    except FileNotFoundError:
        pytest.skip("falta poppler-utils para leer el PDF")
    assert "Rosa Quispe Huamán" in text and "/mis-aportes/" in text.replace("\n", "")


@NEEDS_PANGO
def test_a_pile_is_one_file_with_its_list_to_sign(app: Flask, browser: Browser, world: World, code: str, tmp_path: Path) -> None:
    with app.app_context():
        answered(world, "dos", email="")
        db.session.commit()
        db.session.remove()
    browser.sign_in(SARA).post("letters.print_letters", {"all": "si"}, slug=world.slug)
    response = browser.client.get(f"/mesa/procesos/{world.slug}/cartas/lotes/1.pdf")
    assert response.status_code == 200
    try:
        facts, text = read(response.data, tmp_path, "pdfinfo"), read(response.data, tmp_path, "pdftotext")
    except FileNotFoundError:
        pytest.skip("falta poppler-utils para leer el PDF")
    assert "Pages:           3" in facts, "the list, and one page for each letter"
    assert "Cartas por entregar, lote 1" in text


@NEEDS_PANGO
def test_a_correction_shows_what_changed_on_paper(app: Flask, browser: Browser, world: World, code: str) -> None:
    with app.app_context():
        from tests.factories.letters import found

        corrected(world, found(code), WHY + " Gracias por insistir.")
        db.session.commit()
        db.session.remove()
    page = browser.get("letters.answer_sheet", code=code)
    assert "Esta respuesta corrige la anterior" in page and "Gracias por insistir." in page
    assert browser.client.get(f"/aportes/{code}/respuesta.pdf").status_code == 200


@NEEDS_PANGO
def test_drawing_never_leaves_the_machine(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise AssertionError("a PDF asked the network")

    monkeypatch.setattr("socket.socket.connect", nobody)
    outside = (
        '<html lang="es"><head><title>Hola</title><link rel="stylesheet" href="https://example.org/a.css"></head><body><h1>Hola</h1>'
        '<p><img alt="fuera" src="http://example.org/x.png"><img alt="disco" src="file:///etc/passwd">'
        '<img alt="servidor" src="http://localhost/healthz"></p></body></html>'
    )
    with app.app_context():
        assert pdf.render(outside, "http://localhost/").startswith(b"%PDF-")


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/static/../minka.db", "http://localhost/static/%2e%2e/minka.db", "http://localhost/static//etc/passwd",
        "http://otro.example/static/x.css", "file:///etc/passwd", "http://localhost/aportes/x", "http://localhost:81/static/x.css",
        "ftp://localhost/static/x.css", "http://localhost/static/",
    ],
)  # fmt: skip
def test_only_built_static_files_are_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "x.css").write_text("a{}")
    (tmp_path / "minka.db").write_text("secret")
    assert pdf.static_file(address, "localhost", tmp_path / "static") is None
    assert pdf.static_file("http://localhost/static/x.css", "localhost", tmp_path / "static") == tmp_path / "static" / "x.css"


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.pdf.is_available", lambda: False)


def test_without_pango_the_same_letter_is_a_page_to_print(browser: Browser, world: World, code: str, without_pango: None) -> None:
    assert browser.client.get(f"/aportes/{code}/respuesta.pdf").headers["Location"] == f"/aportes/{code}/respuesta/imprimir"
    page = browser.get("letters.answer_sheet", code=code)
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0" in page and WHY.split(".")[0] in page
    assert "Rosa Quispe" not in page
    browser.sign_in(SARA)
    assert browser.client.get(f"/mesa/aportes/{code}/carta.pdf").headers["Location"] == f"/mesa/aportes/{code}/carta/imprimir"
    assert "Rosa Quispe Huamán" in browser.get("letters.letter_sheet", code=code)
    assert "apt install" in browser.get("letters.deliveries", slug=world.slug)
    browser.post("letters.print_letters", {"all": "si"}, slug=world.slug)
    assert browser.client.get(f"/mesa/procesos/{world.slug}/cartas/lotes/1.pdf").status_code == 302
    with pytest.raises(pdf.PdfUnavailable), browser.app.app_context():
        pdf.render("<p>", "http://localhost/")


def test_while_others_are_drawn_one_is_asked_to_wait(browser: Browser, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> bytes:
        raise pdf.PdfBusy

    monkeypatch.setattr("app.core.pdf.is_available", lambda: True)
    monkeypatch.setattr("app.core.pdf.render", busy)
    monkeypatch.setitem(browser.app.extensions, "minka.cache", FragmentCache(""))
    response = browser.client.get(f"/aportes/{code}/respuesta.pdf")
    assert response.status_code == 503 and response.headers["Retry-After"] == "30"


def test_a_site_that_draws_pdf_still_refuses_damaged_pictures(context: None) -> None:
    pdf.is_available.cache_clear()
    pdf.is_available()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_qr_is_a_drawing_that_needs_no_file() -> None:
    assert qr_drawing("http://localhost/aportes/X/respuesta").startswith("data:image/svg+xml")


def test_the_letter_names_its_entry_in_the_register(app: Flask, world: World, code: str) -> None:
    from app.audit.models import AuditEntry
    from app.letters.documents import public_sheet
    from tests.factories.letters import found

    with app.test_request_context():
        entry = db.session.query(AuditEntry).filter_by(action="feedback.publish").one()
        assert public_sheet(current(found(code))).entry == (entry.seq, entry.hash)
        db.session.rollback()
