"""The queue and one contribution, as the moderator uses them."""

import pytest
from flask import Flask

from app.contributions import queries as contributions_read
from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent, Visibility
from app.core.db import db
from app.processes.models import Process
from tests.browser import Browser
from tests.cast import ANA, DARIO, INES, MARCO, OLGA, SARA, CastMember
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def hold(app: Flask, world: World, how_many: int = 1, text: str = "Que haya luz en la cancha.") -> list[str]:
    with app.app_context():
        process = db.session.get(Process, world.process_id)
        draft = ContributionDraft(text=text, consent=NameConsent.ANONYMOUS)
        made = [
            contributions.receive(draft, process, submission_key=f"cola-{n:020}", received_at=NOON, now=NOON).contribution.code
            for n in range(how_many)
        ]
        db.session.commit()
    return made


def visibility(app: Flask, code: str) -> Visibility:
    with app.app_context():
        return contributions_read.contribution_by_code(code).visibility


def seen(page: object) -> str:
    return page.soup.select_one("input[name=seen]")["value"]


def test_among_equals_the_queue_shows_the_oldest_first_thirty_at_a_time(app: Flask, browser: Browser, world: World) -> None:
    codes = hold(app, world, 31)
    browser.sign_in(MARCO)
    page = browser.get("moderation.queue", slug=world.slug)
    shown = [tag.get_text() for tag in page.soup.select("article h2 a")]
    assert shown == codes[:30]
    assert "PRB-C-0031" in browser.get("moderation.queue", slug=world.slug, pagina=2)


def test_what_looks_like_personal_data_is_listed(app: Flask, browser: Browser, world: World) -> None:
    hold(app, world, text="Llámeme al 984 123 456, soy DNI 45678912.")
    page = browser.sign_in(MARCO).get("moderation.queue", slug=world.slug)
    assert [mark.get_text() for mark in page.soup.find_all("mark")] == ["984 123 456", "45678912"]


def test_publishing_and_hiding_from_the_queue(app: Flask, browser: Browser, world: World) -> None:
    first, second = hold(app, world, 2)
    page = browser.sign_in(MARCO).get("moderation.queue", slug=world.slug)
    browser.post("moderation.publish", {"seen": seen(page)}, slug=world.slug, code=first)
    assert visibility(app, first) is Visibility.PUBLIC
    page = browser.get("moderation.queue", slug=world.slug)
    browser.post("moderation.hide", {"seen": seen(page), "reason": "off-topic", "note": "Habla de otra cosa"}, slug=world.slug, code=second)
    assert visibility(app, second) is Visibility.HIDDEN
    assert "No tiene que ver con el proceso" in browser.get("moderation.queue", slug=world.slug, ver="ocultos")
    page = browser.get("moderation.show", slug=world.slug, code=second)
    browser.post("moderation.restore", {"seen": seen(page)}, slug=world.slug, code=second)
    assert visibility(app, second) is Visibility.PUBLIC


def test_hiding_without_a_reason_keeps_the_note(app: Flask, browser: Browser, world: World) -> None:
    (code,) = hold(app, world)
    page = browser.sign_in(MARCO).post("moderation.hide", {"note": "Mi nota"}, slug=world.slug, code=code, status=422)
    assert "Elija por qué se oculta" in page and "Mi nota" in page
    assert visibility(app, code) is Visibility.HELD


def test_the_second_moderator_is_told_what_the_first_did_and_keeps_the_note(app: Flask, browser: Browser, world: World) -> None:
    (code,) = hold(app, world)
    before = seen(browser.sign_in(MARCO).get("moderation.queue", slug=world.slug))
    browser.post("moderation.publish", {"seen": before}, slug=world.slug, code=code)
    page = browser.post(
        "moderation.hide", {"seen": before, "reason": "insult", "note": "Lo que yo vi"}, slug=world.slug, code=code, status=409
    )
    assert "Otra persona se adelantó" in page and "Publicado" in page and "Lo que yo vi" in page
    assert visibility(app, code) is Visibility.PUBLIC


def test_a_contribution_of_another_process_is_not_found_here(app: Flask, browser: Browser, world: World) -> None:
    (code,) = hold(app, world)
    browser.sign_in(MARCO).get("moderation.show", slug="otro", code=code, status=404)


@pytest.mark.parametrize("person", [SARA, INES, ANA, DARIO, OLGA])
def test_only_the_moderator_moderates(app: Flask, browser: Browser, world: World, person: CastMember) -> None:
    (code,) = hold(app, world)
    browser.sign_in(person).get("moderation.queue", slug=world.slug, status=403)
    for act in ("publish", "hide", "restore"):
        browser.post(f"moderation.{act}", {"reason": "insult"}, slug=world.slug, code=code, status=403)
    assert visibility(app, code) is Visibility.HELD


def test_personal_data_are_taken_out_by_marking_them(app: Flask, browser: Browser, world: World) -> None:
    (code,) = hold(app, world, text="Llámeme al 984 123 456, soy DNI 45678912. Que haya luz.")
    page = browser.sign_in(MARCO).get("moderation.show", slug=world.slug, code=code)
    assert [box["value"] for box in page.soup.select("input[name=piece]")] == ["984 123 456", "45678912"]
    nothing = browser.post("moderation.redact", {"seen": seen(page)}, status=422, slug=world.slug, code=code)
    assert "Marque al menos uno" in nothing and visibility(app, code) is Visibility.HELD
    browser.post("moderation.redact", {"seen": seen(page), "piece": ["984 123 456"]}, slug=world.slug, code=code)
    with app.app_context():
        text = contributions_read.contribution_by_code(code).text
    assert text == "Llámeme al [dato retirado], soy DNI 45678912. Que haya luz." and visibility(app, code) is Visibility.PUBLIC
    page = browser.get("moderation.show", slug=world.slug, code=code)
    assert "Publicado sin datos personales" in page and "984 123 456" not in page
    browser.post("moderation.redact", {"seen": seen(page), "piece": ["45678912"]}, slug=world.slug, code=code)
    with app.app_context():
        assert contributions_read.contribution_by_code(code).text == "Llámeme al [dato retirado], soy DNI [dato retirado]. Que haya luz."
    Browser(app).sign_in(SARA).post("moderation.redact", {}, status=403, slug=world.slug, code=code)
