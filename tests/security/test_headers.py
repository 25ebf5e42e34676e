"""What every answer carries, and what no public page carries (S12, S13, S14, S19)."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import ANA, INES, MARCO, SARA, STAFF
from tests.security.rich import SPEAKER, RichWorld
from tests.security.walk import READING, Door, client_of, doors, knock

FOREIGN = "evil.example"
OPEN_FORMATS = {
    "application/json", "text/csv", "text/plain", "text/x-python", "application/atom+xml", "text/calendar", "application/zip",
}  # fmt: skip
"""What other sites may read: data, proofs and the program that checks them. Never a page, which could carry a form."""
SPOOFS = (
    {"Host": FOREIGN}, {"Host": f"localhost.{FOREIGN}"}, {"Host": f"localhost@{FOREIGN}"}, {"X-Forwarded-Host": FOREIGN},
    {"X-Forwarded-Host": f"localhost, {FOREIGN}"}, {"Forwarded": f"host={FOREIGN}"}, {"X-Host": FOREIGN}, {"X-Original-URL": f"//{FOREIGN}/"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": FOREIGN}, {"X-Forwarded-Server": FOREIGN}, {"X-Rewrite-Url": "/mesa"},
)  # fmt: skip


def _assert_headers(headers: object, where: str) -> None:
    policy = headers["Content-Security-Policy"]  # type: ignore[index]
    for expected in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert expected in policy or "sandbox" in policy, where
    assert "unsafe" not in policy and "*" not in policy, where
    assert headers["X-Content-Type-Options"] == "nosniff", where  # type: ignore[index]
    assert headers["Referrer-Policy"], where  # type: ignore[index]
    assert headers["Permissions-Policy"], where  # type: ignore[index]
    assert "Server" not in headers and "X-Powered-By" not in headers, where  # type: ignore[operator]


def test_every_route_answers_with_the_headers(app: Flask, rich: RichWorld) -> None:
    for person in (None, SARA):
        client = client_of(app, rich, person)
        for door in doors(app, rich, READING):
            _assert_headers(knock(client, door, app).headers, door.name)


def test_errors_answer_with_the_headers(app: Flask, rich: RichWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    answers = {
        404: client.get("/no-existe"),
        405: client.delete("/procesos"),
        413: client.post("/ingresar", data=b"x" * (app.config["MAX_CONTENT_LENGTH"] + 1), content_type="text/plain"),
    }
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "portal.home", _broken)
    answers[500] = client.get("/")
    for status, response in answers.items():
        assert response.status_code in (status, 400 if status == 413 else status), status
        _assert_headers(response.headers, str(status))
    assert "Traceback" not in answers[500].text and "boom" not in answers[500].text


def _broken(**_: object) -> str:
    raise ZeroDivisionError("boom")


def test_static_files_answer_with_the_headers(app: Flask, rich: RichWorld) -> None:
    page = app.test_client().get("/").text
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert sheet
    response = app.test_client().get(sheet.group(1))
    assert response.status_code == 200
    _assert_headers(response.headers, "static")
    assert "immutable" in response.headers["Cache-Control"]


def test_over_tls_browsers_are_told_to_stay_there(app: Flask, rich: RichWorld) -> None:
    assert "max-age=31536000" in app.test_client().get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in app.test_client().get("/").headers


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "PATCH", "PROPFIND", "FOO", "CONNECT"])
@pytest.mark.parametrize("path", ["/", "/mesa", "/ingresar", "/no-existe"])
def test_methods_nobody_uses_are_refused(app: Flask, rich: RichWorld, method: str, path: str) -> None:
    assert app.test_client().open(path, method=method).status_code == 405


@pytest.mark.parametrize("headers", SPOOFS, ids=[next(iter(h)) for h in SPOOFS])
def test_the_host_header_changes_no_link(app: Flask, rich: RichWorld, headers: dict[str, str]) -> None:
    for path in ("/", "/procesos", f"/procesos/{rich.slug}", "/ingresar", "/mesa", f"/procesos/{rich.slug}/cronograma.ics"):
        response = app.test_client().get(path, headers=headers)
        assert FOREIGN not in response.text, path
        assert FOREIGN not in response.headers.get("Location", ""), path
        if FOREIGN in headers.get("Host", ""):
            assert response.status_code == 400


def _is_public(app: Flask, door: Door) -> bool:
    return app.view_functions[door.endpoint].access.permission is None


def _text(response: TestResponse) -> str:
    return response.get_data().decode("utf-8", "replace")


def _is_personal(html: str) -> bool:
    return "csrf_token" in html


def test_public_pages_are_the_same_for_everybody(app: Flask, rich: RichWorld) -> None:
    """No cookie, no name, no token: a cache may keep them. A page with a form is private and says so."""
    for door in doors(app, rich, READING):
        if not _is_public(app, door):
            continue
        stranger = knock(app.test_client(), door, app)
        if stranger.status_code != 200:
            continue
        if _is_personal(_text(stranger)):
            assert stranger.headers["Cache-Control"] == "no-store", door.name
            assert "Cookie" in stranger.headers["Vary"], door.name
            continue
        assert "Set-Cookie" not in stranger.headers, door.name
        if stranger.headers.get("Cache-Control") == "no-store":  # a receipt: whoever holds its address sees the same
            continue
        signed_in = knock(client_of(app, rich, SARA), door, app)
        if door.endpoint not in ("healthz",):
            assert signed_in.get_data() == stranger.get_data(), f"{door.name} depends on who looks"


def test_public_pages_do_not_name_the_people_behind_the_desk(app: Flask, rich: RichWorld) -> None:
    """Nobody is named by working here, and who spoke asked to be anonymous."""
    for door in doors(app, rich, READING):
        if _is_public(app, door):
            html = _text(knock(app.test_client(), door, app))
            for name in (SPEAKER, INES.name, MARCO.name, ANA.name):
                assert name not in html, f"{door.name} names {name}"
            for person in STAFF:
                assert person.email not in html, f"{door.name} prints the address of {person.name}"


def test_private_pages_are_kept_nowhere(app: Flask, rich: RichWorld) -> None:
    client = client_of(app, rich, SARA)
    for door in doors(app, rich, READING):
        if not _is_public(app, door):
            response = knock(client, door, app)
            assert response.headers["Cache-Control"] == "no-store", door.name
            assert "Cookie" in response.headers["Vary"], door.name


def test_only_open_data_may_be_read_from_other_sites(app: Flask, rich: RichWorld) -> None:
    for door in doors(app, rich, READING):
        response = knock(client_of(app, rich, SARA), door, app, headers={"Origin": f"https://{FOREIGN}"})
        allowed = response.headers.get("Access-Control-Allow-Origin")
        assert "Access-Control-Allow-Credentials" not in response.headers, door.name
        if allowed:
            assert allowed == "*" and _is_public(app, door), door.name
            assert response.mimetype in OPEN_FORMATS, door.name
