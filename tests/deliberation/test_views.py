"""Commenting, supporting and answering as people do it in the browser; public pages stay the same for everybody."""

from datetime import timedelta

import pytest
from flask import Flask

from app.contributions import services as contributions
from app.contributions.queries import contribution_by_code
from app.core import arrival
from app.core.db import db
from app.deliberation import queries, services
from app.deliberation.rules.comments import Side
from tests.browser import Browser
from tests.cast import ANA, MATEO, ROSA, SARA
from tests.factories.deliberation import said, shown
from tests.world import NOON, World

TEXT = "Conviene, porque de noche juegan los niños y no se ve nada."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def code(app: Flask, world: World) -> str:
    with app.app_context():
        made = shown(world).code
        db.session.commit()
    return made


def a_minute_ago(app: Flask) -> str:
    with app.app_context():
        return arrival.stamp(NOON - timedelta(minutes=1))


def filled(app: Flask, **changes: str) -> dict[str, str]:
    given = {"side": "for", "text": TEXT, "consent": "iniciales", "language": "es", "submission_key": "una-clave-de-dieciseis"}
    return given | {"desde": a_minute_ago(app)} | changes


def test_a_comment_is_published_and_shows_on_the_public_page(app: Flask, browser: Browser, code: str) -> None:
    browser.sign_in(ROSA)
    page = browser.post("deliberation.create_comment", filled(app), code=code, follow=True, status=200)
    assert "PRB-D-0001 ya está publicado" in page and TEXT in page
    public = Browser(app).get("deliberation.comments", code=code)
    assert TEXT in public and "R. Q. H." in public and "Rosa Quispe" not in public
    story = Browser(app).get("portal.contribution", code=code)
    assert "1 comentario" in story and "A favor: 1." in story
    assert TEXT in Browser(app).client.get("/procesos/plan-prueba/comentarios.csv").get_data(as_text=True)
    assert Browser(app).client.get("/procesos/plan-prueba/comentarios.json").get_json()["comments"][0]["aporte"] == code


def test_public_pages_do_not_read_the_session_and_are_answered_304_until_something_changes(app: Flask, browser: Browser, code: str) -> None:
    visitor = Browser(app)
    for path in (f"/aportes/{code}/comentarios", f"/aportes/{code}", "/moderacion", "/procesos/plan-prueba/moderacion"):
        first = visitor.client.get(path)
        assert first.headers["Cache-Control"] == "public, no-cache", path
        assert "Cookie" not in first.headers.get("Vary", "") and "Set-Cookie" not in first.headers, path
        again = visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, path
    tag = visitor.client.get(f"/aportes/{code}").headers["ETag"]
    browser.sign_in(ROSA).post("deliberation.give_support", code=code)
    changed = visitor.client.get(f"/aportes/{code}", headers={"If-None-Match": tag})
    assert changed.status_code == 200 and "1 persona lo apoya" in changed.get_data(as_text=True)
    listed = Browser(app).get("portal.contributions", slug="plan-prueba")
    assert "1 apoyo" in listed


def test_a_visitor_is_asked_to_sign_in_and_comes_back(browser: Browser, code: str) -> None:
    for endpoint in ("new_comment", "support"):
        answer = browser.client.get(browser.url(f"deliberation.{endpoint}", code=code))
        assert answer.status_code == 303 and f"siguiente=/aportes/{code}" in answer.headers["Location"].replace("%2F", "/")


def test_what_was_typed_stays_when_something_is_missing_or_the_session_ended(app: Flask, browser: Browser, code: str) -> None:
    gone = browser.post("deliberation.create_comment", filled(app), code=code, status=422)
    assert "Su sesión se cerró" in gone and TEXT in gone
    browser.sign_in(ROSA)
    page = browser.post("deliberation.create_comment", filled(app, side=""), code=code, status=422)
    assert "Elija si está a favor" in page and TEXT in page
    assert "al menos 10 letras" in browser.post("deliberation.create_comment", filled(app, text="Sí."), code=code, status=422)


def test_what_looks_sent_by_a_machine_is_held_and_its_author_told(app: Flask, browser: Browser, code: str) -> None:
    browser.sign_in(ROSA)
    page = browser.post("deliberation.create_comment", filled(app, sitio_web="http://x.xyz"), code=code, follow=True, status=200)
    assert "lo mira antes de publicarlo" in page
    assert TEXT not in Browser(app).get("deliberation.comments", code=code)
    assert "ya está publicado" not in page and TEXT in browser.get("moderation.mine")


def test_a_support_is_given_once_and_taken_back(app: Flask, browser: Browser, code: str) -> None:
    browser.sign_in(ROSA)
    for _press in range(3):
        page = browser.post("deliberation.give_support", code=code, follow=True, status=200)
    assert "1 persona apoya" in page and "Usted lo apoya" in page and code in browser.get("moderation.mine")
    assert "0 personas apoyan" in browser.post("deliberation.withdraw_support", code=code, follow=True, status=200)


def test_outside_the_phases_the_pages_say_so(app: Flask, browser: Browser, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(days=15))
    browser.sign_in(ROSA)
    assert "no se reciben comentarios" in browser.get("deliberation.new_comment", code=code)
    assert "no se reciben apoyos" in browser.get("deliberation.support", code=code)
    assert "no se reciben comentarios ni apoyos" in Browser(app).get("deliberation.comments", code=code)
    refused = browser.post("deliberation.create_comment", filled(app), code=code, status=422)
    assert "no se reciben comentarios ni apoyos" in refused and TEXT in refused


def test_an_official_answers_a_question_from_the_desk(app: Flask, browser: Browser, world: World, code: str) -> None:
    with app.app_context():
        asked = said(world, contribution_by_code(code), MATEO, "¿Quién pagará la luz de la cancha?", side=Side.QUESTION).code
        db.session.commit()
    browser.sign_in(ANA)
    assert "1 pregunta de la ciudadanía sin respuesta" in browser.get("desk.index")
    assert asked in browser.get("deliberation.questions", slug=world.slug)
    empty = browser.post("deliberation.answer", {"text": "La paga la gerencia.", "post": ""}, slug=world.slug, code=asked, status=422)
    assert "La paga la gerencia." in empty
    browser.post("deliberation.answer", {"text": "La paga la Gerencia de Obras.", "post": "Gerenta"}, slug=world.slug, code=asked)
    public = Browser(app).get("deliberation.comments", code=code)
    assert "Respuesta oficial" in public and "Ana Torres Medina, Gerenta. Gerencia de Obras" in public
    browser.get("deliberation.questions", slug=world.slug)  # reads what was flashed
    assert asked not in browser.get("deliberation.questions", slug=world.slug)
    assert asked in browser.get("deliberation.questions", slug=world.slug, ver="contestadas")
    Browser(app).sign_in(ROSA).get("deliberation.questions", slug=world.slug, status=403)


def test_comments_are_filtered_by_side_and_a_hidden_one_leaves_its_tombstone(app: Flask, browser: Browser, world: World, code: str) -> None:
    with app.app_context():
        target = contribution_by_code(code)
        said(world, target, ROSA, TEXT)
        against = said(world, target, MATEO, "No conviene: antes hay que arreglar el agua.", side=Side.AGAINST)
        services.hide_comment(against)
        gone = against.code
        db.session.commit()
    everything = browser.get("deliberation.comments", code=code)
    assert gone in everything and "antes hay que arreglar" not in everything and "Moderación retiró este comentario" in everything
    assert TEXT not in browser.get("deliberation.comments", code=code, lado="en-contra")
    assert "antes hay que arreglar" not in browser.client.get("/procesos/plan-prueba/comentarios.json").get_data(as_text=True)


def test_a_hidden_contribution_takes_no_comments(app: Flask, browser: Browser, world: World, code: str) -> None:
    with app.app_context():
        contributions.hide(contribution_by_code(code), now=NOON)
        db.session.commit()
    browser.sign_in(ROSA)
    for endpoint in ("comments", "new_comment", "support"):
        browser.get(f"deliberation.{endpoint}", code=code, status=404)


def test_a_suspended_person_reads_until_when(app: Flask, browser: Browser, world: World, code: str) -> None:
    with app.app_context():
        services.suspend(world.id_of(ROSA), world.space_id, 3, now=NOON)
        db.session.commit()
    browser.sign_in(ROSA)
    assert "Por ahora no puede comentar aquí" in browser.get("deliberation.new_comment", code=code)
    assert "Por ahora no puede apoyar aquí" in browser.get("deliberation.support", code=code)
    browser.post("deliberation.give_support", code=code, status=422)
    with app.app_context():
        assert queries.support_counts([contribution_by_code(code).id]) == {}
    assert "no puede comentar" not in Browser(app).sign_in(SARA).get("deliberation.new_comment", code=code)
