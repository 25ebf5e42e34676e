"""The public log, reports, appeals by the private link, bulk acts with a preview, and the person's own page."""

import csv
import io

import pytest
from flask import Flask

from app.contributions.queries import contribution_by_code
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.deliberation import queries as deliberation
from app.moderation import queries, services
from app.moderation.models import ContentReport
from app.moderation.rules import HidingReason
from tests.browser import Browser
from tests.cast import FELIX, GLORIA, MARCO, MATEO, ROSA, SARA
from tests.factories.deliberation import said, shown
from tests.world import NOON, World

RUDE = "Quien propuso esto no sabe ni dónde vive, que se calle."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def made(app: Flask, world: World) -> dict[str, str]:
    """Codes of a contribution and two comments on it."""
    with app.app_context():
        target = shown(world)
        codes = {"contribution": target.code, "rude": said(world, target, ROSA, RUDE).code}
        codes["kind"] = said(world, target, MATEO, "Estoy de acuerdo, hace falta luz.").code
        db.session.commit()
    return codes


def hidden(app: Flask, world: World, code: str, reason: HidingReason = HidingReason.INSULT) -> str:
    """The token of the private page of the act that hid it."""
    with app.app_context():
        act = services.hide(queries.moderated(world.slug, code), reason, "Nota interna", moderator_id=world.id_of(MARCO), now=NOON)
        token = services.appeal_token(act.id)
        db.session.commit()
    return token


def test_the_log_says_what_why_and_how_it_ended_and_never_who(app: Flask, browser: Browser, world: World, made: dict[str, str]) -> None:
    hidden(app, world, made["rude"])
    for page in (browser.get("moderation.log", slug=world.slug), browser.get("moderation.site_log")):
        assert made["rude"] in page and "Ocultado" in page and "Insulta o amenaza a personas" in page
        assert "Marco" not in page and "Rosa" not in page and RUDE not in page and "Nota interna" not in page
    rows = list(csv.DictReader(io.StringIO(browser.client.get("/moderacion.csv").get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert [(row["acto"], row["codigo"], row["razon"]) for row in rows] == [("hide", made["rude"], "insult")]
    told = browser.client.get(f"/procesos/{world.slug}/moderacion.json").get_json()
    assert told["counts"]["reasons"]["insult"] == 1 and told["log"][0]["codigo"] == made["rude"]
    assert "Con ese código no hay actos" in browser.get("moderation.log", slug=world.slug, codigo=made["kind"])
    assert "Lo que se hizo con" in browser.get("moderation.log", slug=world.slug, codigo=made["rude"])


def test_the_log_is_linked_from_where_its_reader_looks(app: Flask, browser: Browser, world: World, made: dict[str, str]) -> None:
    log = f"/procesos/{world.slug}/moderacion"
    pages = [browser.get("portal.process", slug=world.slug), browser.get("deliberation.comments", code=made["contribution"])]
    assert all(page.soup.find("a", href=log) for page in pages)
    assert browser.get("portal.home").soup.find("a", href="/moderacion")
    hidden(app, world, made["contribution"], HidingReason.OFF_TOPIC)
    stone = browser.get("portal.contribution", code=made["contribution"], status=410)
    assert stone.soup.find("a", href=f"{log}?codigo={made['contribution']}") and "derecho a una respuesta" in stone


def test_anybody_reports_without_account_and_it_stays_public(app: Flask, browser: Browser, world: World, made: dict[str, str]) -> None:
    assert "Elija qué regla rompe" in browser.post("moderation.report", {"words": "Mire bien"}, code=made["rude"], status=422)
    page = browser.post("moderation.report", {"reason": "insult", "words": "Insulta"}, code=made["rude"], status=200)
    assert "Gracias" in page and RUDE in browser.get("deliberation.comments", code=made["contribution"])
    browser.post("moderation.report", {"reason": "insult"}, code=made["rude"], status=200)
    with app.app_context():
        assert db.session.query(ContentReport).count() == 1
    browser.sign_in(MARCO)
    queue = browser.get("moderation.queue", slug=world.slug, ver="denunciados")
    assert made["rude"] in queue and "1 denuncia" in queue and "Insulta o amenaza a personas: Insulta" in queue
    assert "1 denuncia o comentario por mirar" in browser.get("desk.index")
    browser.post("moderation.keep", slug=world.slug, code=made["rude"])
    assert made["rude"] not in browser.get("moderation.queue", slug=world.slug, ver="denunciados").soup.main.find_all("article")
    assert "Se queda, tras revisar denuncias" in browser.get("moderation.log", slug=world.slug)
    browser.get("moderation.report_form", code="PRB-D-9999", status=404)


def test_an_author_appeals_once_by_the_private_link_and_somebody_else_decides(
    app: Flask, browser: Browser, world: World, made: dict[str, str]
) -> None:
    token = hidden(app, world, made["rude"])
    page = browser.get("moderation.appeal_form", token=token)
    assert RUDE in page and "Insulta o amenaza a personas" in page and page.response.headers["Cache-Control"] == "no-store"
    assert "al menos 10 letras" in browser.post("moderation.appeal", {"text": "No."}, token=token, status=422)
    browser.post("moderation.appeal", {"text": "Critiqué la idea, no a una persona."}, token=token)
    assert "Espera a que la resuelva" in browser.get("moderation.appeal_form", token=token)
    assert "Ya apeló este acto" in browser.post("moderation.appeal", {"text": "Otra vez lo mismo."}, token=token, status=422)
    browser.get("moderation.appeal_form", token=token[:-2] + "xx", status=404)
    marco = Browser(app).sign_in(MARCO)
    assert "la resuelve otra persona" in marco.get("moderation.appeals", slug=world.slug)
    given = {"outcome": "overturned", "reason": "Se criticaba la idea y no a la persona."}
    own = marco.post("moderation.decide_appeal", given, slug=world.slug, code=made["rude"], status=422)
    assert "Usted hizo este acto" in own and "Se criticaba la idea" in own
    Browser(app).sign_in(SARA).post("moderation.decide_appeal", given, slug=world.slug, code=made["rude"], status=403)
    Browser(app).sign_in(GLORIA).get("moderation.appeals", slug=world.slug, status=403)
    felix = Browser(app).sign_in(FELIX)
    assert "1 apelación por resolver" in felix.get("desk.index")
    felix.post("moderation.decide_appeal", given, slug=world.slug, code=made["rude"])
    assert RUDE in Browser(app).get("deliberation.comments", code=made["contribution"])
    assert "Se criticaba la idea" in browser.get("moderation.appeal_form", token=token)
    assert "Se revocó" in Browser(app).get("moderation.log", slug=world.slug)


def test_the_person_reads_on_their_own_page_what_was_done_and_where_to_appeal(
    app: Flask, browser: Browser, world: World, made: dict[str, str]
) -> None:
    token = hidden(app, world, made["rude"])
    mine = browser.sign_in(ROSA).get("moderation.mine")
    assert RUDE in mine and "Ocultado" in mine and mine.soup.find("a", href=f"/apelaciones/{token}")
    assert RUDE not in Browser(app).sign_in(MATEO).get("moderation.mine")


def test_bulk_acts_are_previewed_and_then_done(app: Flask, browser: Browser, world: World, made: dict[str, str]) -> None:
    browser.sign_in(MARCO)
    nothing = browser.post("moderation.preview", {"act": "hide", "reason": "insult"}, slug=world.slug, status=422)
    assert "Marque al menos uno" in nothing
    chosen = {"act": "hide", "reason": "insult", "code": [made["rude"], made["kind"], "PRB-D-0099"]}
    page = browser.post("moderation.preview", chosen, slug=world.slug, status=200)
    items = [tag["value"] for tag in page.soup.select("input[name=item]")]
    assert "Todavía no se hizo nada" in page and len(items) == 2
    with app.app_context():
        assert deliberation.comment_by_code(made["rude"]).visibility is Visibility.PUBLIC
    sent = {"act": "hide", "reason": "insult", "item": items, "note": ""}
    done = browser.post("moderation.apply", sent, slug=world.slug, follow=True, status=200)
    assert "Hecho en 2" in done
    again = browser.post("moderation.apply", sent, slug=world.slug, follow=True, status=200)
    assert "cambiaron después de la vista previa" in again
    with app.app_context():
        assert {deliberation.comment_by_code(made[key]).visibility for key in ("rude", "kind")} == {Visibility.HIDDEN}


def test_a_moderator_warns_suspends_and_lifts(app: Flask, browser: Browser, world: World, made: dict[str, str]) -> None:
    browser.sign_in(MARCO)
    where = {"slug": world.slug, "code": made["rude"]}
    kept = browser.post("moderation.suspend", {"reason": "insult", "days": "400", "note": "Tercera vez"}, **where, status=422)
    assert "de 1 a 90" in kept and "Tercera vez" in kept
    browser.post("moderation.warn", {"reason": "insult"}, **where)
    browser.post("moderation.suspend", {"reason": "insult", "days": "7"}, **where)
    assert "Rosa Quispe Huamán" in browser.get("moderation.suspensions", slug=world.slug)
    assert "Levantar la suspensión" in browser.get("moderation.show", **where)
    browser.post("moderation.lift", **where)
    assert "Ninguna cuenta está suspendida" in browser.get("moderation.suspensions", slug=world.slug)
    log = Browser(app).get("moderation.log", slug=world.slug)
    assert "Advertencia a una cuenta" in log and "una cuenta, sin nombre" in log and made["rude"] not in log
    browser.post("moderation.warn", {"reason": "insult"}, slug=world.slug, code=made["contribution"], status=404)


def test_a_repeated_contribution_is_retired_and_its_page_leads_to_the_other(
    app: Flask, browser: Browser, world: World, made: dict[str, str]
) -> None:
    with app.app_context():
        other = shown(world, "otro", "Que haya luz en la cancha de la comunidad, de seis a nueve.").code
        db.session.commit()
    browser.sign_in(MARCO)
    alike = browser.get("desk.alike", slug=world.slug)
    assert made["contribution"] in alike and other in alike
    browser.post("desk.pass_on", {"first": made["contribution"], "second": other}, slug=world.slug)
    sara = Browser(app).sign_in(SARA)
    assert "Moderación cree que dicen lo mismo" in sara.get("feedback.group_suggestions", slug=world.slug)
    sara.post("feedback.settle_suggestion", {"codigo": [made["contribution"], other]}, slug=world.slug)
    assert "Moderación cree" not in sara.get("feedback.group_suggestions", slug=world.slug)
    wrong = browser.post("moderation.retire", {"favoured": "PRB-C-0099"}, slug=world.slug, code=other, status=422)
    assert "el que se queda" in wrong and "PRB-C-0099" in wrong.html
    browser.post("moderation.retire", {"favoured": made["contribution"]}, slug=world.slug, code=other)
    stone = Browser(app).get("portal.contribution", code=other, status=410)
    assert stone.soup.find("a", href=f"/aportes/{made['contribution']}") and "Dice lo mismo que otro" in stone
    with app.app_context():
        assert contribution_by_code(other).code == other
