"""Whatever is typed in any field, the answer is a page, never a broken one (reliability.md S49, S50)."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contributions import importing
from app.contributions.importing import FileMap
from app.core.db import db
from app.processes.models import Process
from tests.browser import Browser
from tests.cast import INES
from tests.world import NOON, World

ANY = st.text(max_size=300) | st.sampled_from(["\x00", "\ud800", "‮txt", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰", "=1+1", "<script>", "{{7*7}}", "%s%s", "'\"--", "\U000e0041"])
FIELDS = ("text", "title", "theme_slug", "ubigeo", "place", "place_choice", "language", "proponent_kind", "speaker",
          "organisation", "sector",
          "consent", "email", "phone", "submission_key")  # fmt: skip
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def client(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    yield Browser(app).sign_in(INES)


def encoded(values: dict[str, str]) -> dict[str, bytes]:
    """As a careless program sends it: lone surrogates too."""
    return {name: value.encode("utf-8", "surrogatepass") for name, value in values.items()}


@CALM
@given(values=st.dictionaries(st.sampled_from(FIELDS), ANY))
def test_the_online_form_takes_any_text(client: Browser, values: dict[str, str]) -> None:
    answer = client.client.post("/procesos/plan-prueba/aportes/nuevo", data=_form(values), content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (303, 422, 400)


@CALM
@given(values=st.dictionaries(st.sampled_from(FIELDS), ANY))
def test_the_capture_sheet_takes_any_text(client: Browser, values: dict[str, str]) -> None:
    url = "/mesa/procesos/plan-prueba/actividades/taller-ccorca/captura"
    answer = client.client.post(url, data=_form(values), content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (303, 422, 400)


@CALM
@given(text=ANY)
def test_addresses_take_any_text(client: Browser, text: str) -> None:
    from urllib.parse import quote

    odd = quote(text.encode("utf-8", "surrogatepass"), safe="")
    for url in (f"/recibos/{odd}", f"/procesos/{odd}/aportes/nuevo", f"/procesos/plan-prueba/aportes/nuevo?tema={odd}",
                f"/mesa/procesos/plan-prueba/importar/{odd}",
                f"/mesa/procesos/plan-prueba/actividades/taller-ccorca/captura/{odd}"):  # fmt: skip
        assert client.client.get(url).status_code in (200, 303, 308, 400, 404, 405)


@CALM
@given(content=st.binary(max_size=600) | st.text(max_size=400).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_the_import_takes_any_bytes(app: Flask, world: World, content: bytes) -> None:
    header = b"texto;tipo_proponente;visibilidad\n"
    with app.app_context():
        process = db.session.get(Process, world.process_id)
        for given_bytes in (content, header + content, b"PK\x03\x04" + content):
            found = importing.judge(
                importing.read_table(given_bytes, FileMap()), FileMap(), process.id, workshop_id=None, said_at=NOON, now=NOON
            )
            for problem in found.problems:
                from app.contributions.messages import fault_sentence

                fault_sentence(problem)


@CALM
@given(content=st.text(max_size=300))
def test_a_map_may_be_any_text(content: str) -> None:
    importing.parse_map(content)


def _form(values: dict[str, str]) -> str:
    from urllib.parse import quote_plus

    return "&".join(f"{name}={quote_plus(value)}" for name, value in encoded(values).items())
