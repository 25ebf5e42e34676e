"""Nothing that leads to a ballot in any output (B11), and no result before it is published (B12)."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from app.scrutiny import queries
from app.scrutiny.models import CountFile
from tests.browser import Browser
from tests.cast import FELIX, GLORIA, INES, ROSA, SARA, VERA
from tests.factories.scrutiny import SHARES, an_ended_vote, closed, counted, neighbours, published
from tests.world import World

WHERE = {"vote": "votacion"}
PUBLIC = ("results", "results_json", "results_csv", "pabulib", "bundle", "count_again", "my_share", "receipts", "receipts_list", "secrecy")
BEFORE = ("results_json", "results_csv", "pabulib", "bundle", "count_again", "my_share")


def ballot_ids() -> set[str]:
    return {name for (name,) in db.session.execute(text("SELECT id FROM ballot"))}


def voter_keys() -> set[str]:
    return {name for (name,) in db.session.execute(text("SELECT voter_key FROM roll"))}


def test_nothing_that_leads_to_a_ballot_is_in_any_output(
    app: Flask, world: World, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        vote = published(an_ended_vote(world, neighbours(), sheet=SHARES, rules={"ballots_published": True}), world)
        secrets = ballot_ids() | voter_keys()
        files = b"".join(row.content for row in db.session.query(CountFile))
        written = " ".join(body for (body,) in db.session.execute(text("SELECT body FROM audit_entry")))
        letters = " ".join(str(row) for row in db.session.execute(text("SELECT kind, content FROM notification")))
        assert queries.published_count(vote.id) is not None
        db.session.remove()
    said = "".join(browser.get(f"scrutiny.{name}", slug=world.slug, **WHERE).html for name in PUBLIC if name != "bundle")
    said += browser.get("scrutiny.project", slug=world.slug, number=1, **WHERE).html
    said += browser.get(f"/procesos/{world.slug}/votaciones/votacion/resultados/mi-parte?p=1&p=3").html
    assert len(secrets) == 60 + 65
    for place in (said, written, letters, caplog.text, files.decode("latin-1")):
        assert not any(secret in place for secret in secrets)
    assert "Elegidos" in said


def test_no_page_of_the_desk_shows_a_ballot_beside_a_person(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        counted(an_ended_vote(world, neighbours()), world)
        secrets = ballot_ids() | voter_keys()
        db.session.remove()
    for person in (SARA, FELIX, GLORIA, INES, VERA):
        browser.sign_in(person)
        page = browser.get("scrutiny.desk", slug=world.slug, **WHERE).html
        assert not any(secret in page for secret in secrets)
        assert not re.search(r"\d+ votos", page) and "Ampliar la posta" not in page  # who signs has not seen who wins
        browser.sign_out()


@pytest.mark.parametrize("step", ["open", "closed", "counted"])
def test_no_route_tells_a_result_before_it_is_published(step: str, app: Flask, world: World, browser: Browser) -> None:
    make = {"open": lambda vote, _world: vote, "closed": closed, "counted": counted}[step]
    with app.app_context():
        make(an_ended_vote(world, neighbours()), world)
        db.session.commit()
        db.session.remove()
    for person in (None, ROSA, SARA, FELIX, VERA):
        if person:
            browser.sign_in(person)
        for name in BEFORE:
            browser.get(f"scrutiny.{name}", slug=world.slug, status=404, **WHERE)
        browser.get("scrutiny.project", slug=world.slug, number=1, status=404, **WHERE)
        page = browser.get("scrutiny.results", slug=world.slug, **WHERE)
        assert "Antes, nadie los ve" in page and not re.search(r"\d+ votos", page.html)
        if person:
            browser.sign_out()


def test_the_bundle_is_served_as_it_was_made(app: Flask, world: World, browser: Browser, tmp_path: Path) -> None:
    with app.app_context():
        vote = published(an_ended_vote(world, neighbours(), sheet=SHARES), world)
        kept = queries.file_of(vote.id, "conteo.zip")
        assert kept is not None
        content = kept.content
        db.session.remove()
    response = browser.client.get(f"/procesos/{world.slug}/votaciones/votacion/conteo.zip")
    assert response.data == content and response.headers["Content-Type"] == "application/zip"
