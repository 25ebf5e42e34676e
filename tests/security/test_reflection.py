"""Nothing a visitor puts in an address comes back as markup (S01), breaks the site (S49, S50) or is taken as a wildcard (S06)."""

import re
import time

import pytest
from flask import Flask

from tests.cast import SARA
from tests.security.rich import RichWorld
from tests.security.walk import READING, Door, client_of, doors, knock

MARKER = "\"'><i id=zz7>"
RAW = re.compile(r"<i id=zz7>|id=zz7>(?!&)")
PARAMETERS = (
    "q", "pagina", "tema", "territorio", "canal", "sector", "idioma", "taller", "respondido", "resultado", "siguiente", "orden", "desde", "hasta",
    "estado", "de", "a", "version", "codigo", "vista", "format", "callback", "lang", "_method", "next", "url", "id", "filtro", "motivo",
    "entidad", "proceso", "compara", "token", "clave", "dni", "buscar", "accion", "objeto", "verbo",
)  # fmt: skip
JUNK = (
    "%00", "a%00b", "%FF%FE", "%C0%80", "%ED%A0%80", "%E2%80%AE", "%F0%9F%98%80" * 30, "%EF%BF%BF", "%0d%0aSet-Cookie:%20x=1", "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e", "%25%32%65", "e%CC%81" * 50 + "%CC%B5" * 300, "'%20OR%201=1--", "1;DROP%20TABLE%20person", "${7*7}", "{{7*7}}", "%s%s%n", "-1", "0",
    "999999999999999999999999", "1e309", "NaN", "true", "[]", "a" * 3000, "%", "%zz", "+", "*", "(((((", '"', "\\",
)  # fmt: skip


def _varied(door: Door) -> list[dict[str, object]]:
    """The arguments with the marker in each place of the address that takes any text, in turn."""
    return [{**door.arguments, name: MARKER} for name in door.arguments if f"<{name}>" in door.rule.rule]


@pytest.mark.slow
def test_no_parameter_comes_back_as_markup(app: Flask, rich: RichWorld) -> None:
    query = dict.fromkeys(PARAMETERS, MARKER)
    for person in (None, SARA):
        client = client_of(app, rich, person)
        for door in doors(app, rich, READING):
            for arguments in ({**door.arguments}, *_varied(door)):
                response = knock(client, Door(door.rule, READING, arguments), app, query_string=query)
                assert response.status_code < 500, f"{door.name}: {response.text[:200]}"
                if response.mimetype == "text/html":
                    assert not RAW.search(response.text), f"{door.name} reflects {arguments}"
                assert "zz7" not in response.headers.get("Location", "").split("?")[0], door.name


def test_junk_in_the_query_never_breaks_a_page(app: Flask, rich: RichWorld) -> None:
    """Every parameter holds another piece of junk, in six shifts, so that each meets several."""
    client = client_of(app, rich, SARA)
    shifts = ["&".join(f"{name}={JUNK[(n + shift * 5) % len(JUNK)]}" for n, name in enumerate(PARAMETERS)) for shift in range(6)]
    for door in doors(app, rich, READING):
        path = door.path(app)
        for query in shifts:
            response = client.get(f"{path}?{query}", buffered=True)
            assert response.status_code < 500, f"{path}?{query[:200]}"
            assert "Set-Cookie: x=1" not in str(response.headers)


def test_junk_in_the_path_never_breaks_a_page(app: Flask, rich: RichWorld) -> None:
    client = client_of(app, rich, SARA)
    for door in doors(app, rich, READING):
        for name, value in door.arguments.items():
            if isinstance(value, str):
                for junk in JUNK:
                    path = door.path(app).replace(f"/{value}", f"/{junk}", 1)
                    assert client.get(path).status_code < 500, f"{path} ({name})"


@pytest.mark.parametrize("cookie", ["x", "é", "\xff\xfe", "a" * 4000, ".eJw.x.y", "null", "{}", "%00"])
def test_junk_in_the_cookie_is_a_stranger(app: Flask, rich: RichWorld, cookie: str) -> None:
    response = app.test_client().get("/mesa", headers={"Cookie": f"minka={cookie}"})
    assert response.status_code in (303, 400)


@pytest.mark.parametrize(
    "session_id",
    ["", "1", "x" * 101, "0.0", "1.0", "é", "\x00", "' OR 1=1 --", "%", 7, None, ["x"], {"a": 1}],
)
def test_a_made_up_session_is_a_stranger(app: Flask, rich: RichWorld, session_id: object) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = session_id
    assert client.get("/mesa").status_code == 303


@pytest.mark.parametrize(
    "wildcard",
    ["%", "_", "%%%", "\\", "*", "^", '"', "a* OR b*", "NEAR(a b)", "stems:x", "-x", "(", "{x}", "x AND", "x & !y", "x <-> y", ":*", "|"],
)
def test_wildcards_and_operators_are_searched_literally(app: Flask, rich: RichWorld, wildcard: str) -> None:
    page = app.test_client().get(f"/procesos/{rich.slug}/aportes", query_string={"q": "zzzinexistente " + wildcard})
    assert page.status_code == 200
    assert rich.code_of_contribution not in page.text


def test_a_search_never_takes_long(app: Flask, rich: RichWorld) -> None:
    for words in ("a " * 4000, "ñ" * 8000, "((" * 2000, "agua" * 2000):
        began = time.perf_counter()
        response = app.test_client().get(f"/procesos/{rich.slug}/aportes", query_string={"q": words})
        assert response.status_code in (200, 400, 414)
        assert time.perf_counter() - began < 1.5
