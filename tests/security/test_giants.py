"""Requests too large to be meant are refused at once (S48), and text nobody can read breaks nothing (S49, S50)."""

import io
import json
import resource

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.cast import ANA, CARMEN, FELIX, MATEO, MILA, SARA
from tests.security.rich import RichWorld
from tests.security.walk import WRITING, client_of, doors, knock
from tests.timing import timed

MEGABYTE = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
MOST_TIMES_ORDINARY = 25  # an ordinary refusal costs one password hash; building the giant is part of what is timed
MOST_GROWTH_MB = 60
OF_A_ROUND = (MILA, CARMEN, MATEO)  # try only what is theirs
ROUND = {"budgeting", "projects", "voting", "scrutiny", "agreements", "vigilance"}
STRANGE = (
    "\x00",
    "a\x00b",
    "\u202e",
    "\u200b",
    "x" + "\u0335" * 500,
    "\ufffe",
    "\U000e0041",
    "𝕊𝕒𝕣𝕒",
    "＝1+1",
    "\r\nBcc: x@y",
    "{{7*7}}",
    "' OR 1=1--",
    "😀" * 500,
    "ﷺ" * 200,
)
KEYS = (
    "text",
    "title",
    "email",
    "password",
    "name",
    "speaker",
    "organisation",
    "reason",
    "note",
    "q",
    "submission_key",
    "revision",
    "slug",
    "siguiente",
)


def _giants() -> dict[str, dict[str, object]]:
    many_parts = {f"k{n}": "v" for n in range(5_000)}
    nested = "[" * 100_000 + "]" * 100_000
    return {
        "body": {"data": b"x" * (17 * MEGABYTE), "content_type": FORM},
        "field": {"data": b"email=" + b"x" * (3 * MEGABYTE), "content_type": FORM},
        "keys": {"data": "&".join(f"k{n}=v" for n in range(40_000)).encode(), "content_type": FORM},
        "same-key": {"data": b"email=a&" * 100_000, "content_type": FORM},
        "parts": {"data": many_parts, "content_type": "multipart/form-data"},
        "multipart-field": {"data": {"email": "x" * (3 * MEGABYTE)}, "content_type": "multipart/form-data"},
        "endless-boundary": {"data": b"--" + b"x" * MEGABYTE, "content_type": "multipart/form-data; boundary=" + "b" * 5_000},
        "no-boundary": {"data": b"x" * 1000, "content_type": "multipart/form-data"},
        "broken-multipart": {
            "data": b"--b\r\nContent-Disposition: form-data; name=" + b'"' * 50_000,
            "content_type": "multipart/form-data; boundary=b",
        },
        "json": {"data": json.dumps({"email": "x" * (10 * MEGABYTE)}).encode(), "content_type": "application/json"},
        "deep-json": {"data": nested.encode(), "content_type": "application/json"},
        "file": {"data": {"file": (io.BytesIO(b"x" * (17 * MEGABYTE)), "a.pdf")}, "content_type": "multipart/form-data"},
        "long-name": {"data": {"file": (io.BytesIO(b"x"), "a" * 100_000 + ".pdf")}, "content_type": "multipart/form-data"},
        "password": {"data": {"email": SARA.email, "password": "x" * MEGABYTE}, "content_type": "multipart/form-data"},
    }


GIANTS = _giants()


def _timed(app: Flask, options: dict[str, object]) -> tuple[TestResponse, float]:
    client = app.test_client()
    return timed(lambda: client.post("/ingresar", **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", sorted(GIANTS))
def test_a_giant_request_is_refused_quickly(app: Flask, rich: RichWorld, shape: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    response, took = _timed(app, GIANTS[shape])
    assert 400 <= response.status_code < 500, f"{shape}: {response.status_code}"
    ordinary = min(_timed(app, {"data": {"email": SARA.email, "password": "no es esta clave"}})[1] for _ in range(3))
    assert took < MOST_TIMES_ORDINARY * ordinary, f"{shape}: {took:.2f} s against {ordinary:.3f} s of a wrong password"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before < MOST_GROWTH_MB, shape


def test_a_very_long_address_or_header_is_answered(app: Flask, rich: RichWorld) -> None:
    client = app.test_client()
    for path, headers in (
        ("/" + "a" * 60_000, {}),
        ("/procesos?" + "a=b&" * 20_000, {}),
        ("/", {"X-Long": "x" * MEGABYTE}),
        ("/", {"Cookie": "a=b; " * 5_000}),
    ):
        assert client.get(path, headers=headers).status_code < 500


@pytest.mark.slow
def test_strange_text_in_any_field_breaks_nothing(app: Flask, rich: RichWorld, nothing_is_kept: None) -> None:
    broken = set()
    for person in (None, SARA, ANA, FELIX, *OF_A_ROUND):
        client = client_of(app, rich, person)
        for door in doors(app, rich, WRITING):
            if door.endpoint == "accounts.sign_out" or (person in OF_A_ROUND and door.endpoint.split(".")[0] not in ROUND):
                continue
            for shift in range(0, len(STRANGE), 3):
                data = {key: STRANGE[(n + shift) % len(STRANGE)] for n, key in enumerate(KEYS)}
                response = knock(client, door, app, data=data)
                if response.status_code >= 500:
                    broken.add((door.name, response.text[:120]))
    assert broken == set()


@pytest.mark.parametrize(
    "body", [b"\xff\xfe=\xff", b"email=%FF&password=%ED%A0%80", b"email=\xc3\x28", b"%00=%00", b"email=a%00b&password=x", b"=&=&=", b"&&&&"]
)
def test_bytes_that_are_no_text_are_refused(app: Flask, rich: RichWorld, body: bytes) -> None:
    response = app.test_client().post("/ingresar", data=body, content_type=FORM)
    assert 400 <= response.status_code < 500


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=80), max_size=6))
def test_any_text_in_the_public_form_breaks_nothing(app: Flask, rich: RichWorld, nothing_is_kept: None, data: dict[str, str]) -> None:
    response = app.test_client().post(f"/procesos/{rich.slug}/aportes/nuevo", data=data, content_type="multipart/form-data")
    assert response.status_code < 500
