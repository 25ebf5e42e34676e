"""Downloads: public ones cached for ever, restricted ones for their staff, none of them able to run."""

from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.core.permissions import Scope
from app.evidence import services
from app.evidence.rules import FileUpload
from tests.browser import Browser
from tests.cast import INES, MATEO, OLGA, VERA
from tests.factories import files
from tests.world import NOON, World


@pytest.fixture
def kept(app: Flask, world: World) -> Any:
    def keep(name: str, content: bytes, *, is_public: bool, removed: str = "") -> str:
        with app.app_context():
            file = services.attach(
                FileUpload(name, content), subject_kind="activity", subject_id=1, kind=None, title=name, is_public=is_public,
                person_id=world.id_of(INES), now=NOON, scope=Scope(world.space_id, world.process_id),
            )  # fmt: skip
            if removed:
                services.remove_from_public(file, removed, person_id=world.id_of(INES), now=NOON)
            db.session.commit()
            return file.key

    return keep


def test_anybody_downloads_a_public_file_and_browsers_keep_it(browser: Browser, kept: Any) -> None:
    key = kept("Acta de reunión.pdf", files.pdf(), is_public=True)
    response = browser.client.get(f"/documentos/{key}")
    assert response.status_code == 200 and response.data == files.pdf()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "immutable" in response.headers["Cache-Control"] and "public" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content_length == len(files.pdf())
    assert "Set-Cookie" not in response.headers and "Cookie" not in response.headers.get("Vary", "")
    head = browser.client.head(f"/documentos/{key}")
    assert head.status_code == 200 and head.data == b"" and head.content_length == len(files.pdf())
    same = browser.client.get(f"/documentos/{key}", headers={"If-None-Match": response.headers["ETag"]})
    assert same.status_code == 304
    part = browser.client.get(f"/documentos/{key}", headers={"Range": "bytes=0-3"})
    assert part.status_code == 206 and part.data == b"%PDF"


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [("foto.jpg", files.picture(), "inline"), ("voz.wav", files.wav(), "inline"), ("video.mp4", files.mpeg4(), "attachment"),
     ("datos.csv", b"a;b\n", "attachment"), ("acta.docx", files.docx(), "attachment")],
)  # fmt: skip
def test_only_pictures_and_sound_open_in_the_page(browser: Browser, kept: Any, name: str, content: bytes, disposition: str) -> None:
    response = browser.client.get(f"/documentos/{kept(name, content, is_public=True)}")
    assert response.headers["Content-Disposition"].startswith(disposition)
    assert not response.mimetype.startswith(("text/html", "image/svg", "application/xml"))


def test_a_restricted_file_is_for_the_staff_of_its_scope(browser: Browser, kept: Any) -> None:
    key = kept("lista.csv", b"nombre;dni\n", is_public=False)
    outside = browser.client.get(f"/documentos/{key}")
    assert outside.status_code == 303 and outside.headers["Location"].endswith(f"/mesa/documentos/{key}")
    assert browser.client.get(f"/mesa/documentos/{key}").status_code == 303
    for member, status in ((MATEO, 403), (OLGA, 403), (VERA, 403), (INES, 200)):
        response = browser.sign_in(member).client.get(f"/mesa/documentos/{key}")
        assert response.status_code == status, member.name
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_removed_file_is_gone_for_the_public_and_kept_for_the_staff(browser: Browser, kept: Any) -> None:
    key = kept("foto.png", files.picture("PNG"), is_public=True, removed="Salen menores de edad")
    assert browser.client.get(f"/documentos/{key}").status_code == 404
    assert browser.sign_in(INES).client.get(f"/mesa/documentos/{key}").status_code == 200


def test_an_unknown_key_is_not_found(browser: Browser, world: World) -> None:
    for key in ("0" * 32, "..", "%2e%2e%2fminka.db", "x" * 500):
        assert browser.client.get(f"/documentos/{key}").status_code in (301, 308, 404)
