"""Following by mail from the page of a thing to the private page and out again; news as pages, Atom and calendars."""

import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select

from app.activities.models import Activity
from app.activities.rules import ActivityState
from app.audit import services as audit
from app.core.db import db
from app.follows import services
from app.follows.cli import take_news, tell_followers
from app.follows.models import Follower
from app.follows.queries import paces_of
from app.follows.rules import NewsKind, Pace, Rhythm, Subject, SubjectKind
from app.notifications.cli import deliver_due
from app.notifications.models import Notification
from app.processes.models import Opportunity, Process
from tests.browser import Browser
from tests.cast import ROSA
from tests.notifications.test_delivery import Mailbox, mailbox
from tests.world import NOON, World

__all__ = ["mailbox"]  # the fixture
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "lectora@example.pe"


def _schedule(app: Flask, version: int = 2, now: datetime = NOON) -> None:
    with app.app_context():
        audit.record("processes.publish-schedule", "process", "plan-prueba", {"version": version}, at=now, role="secretaría")
        db.session.commit()
        db.session.remove()


def _token(app: Flask, kind: str) -> str:
    with app.app_context():
        letter = db.session.scalars(select(Notification).where(Notification.kind == kind).order_by(Notification.id.desc())).first()
        db.session.remove()
    assert letter is not None
    return str(letter.content["token"])


def _following(app: Flask, browser: Browser, rhythm: str = "at-once") -> str:
    """Ask, confirm, and give the token of the private page."""
    browser.post("follows.take_process", {"email": ADDRESS, "rhythm": rhythm}, slug="plan-prueba")
    page = browser.post("follows.confirm", status=200, token=_token(app, "follows.confirm"))
    found = re.search(r"/seguir/mi-pagina/([^\"]+)", page.html)
    assert found
    return found[1]


def _followers(app: Flask) -> int:
    with app.app_context():
        count = db.session.scalar(select(func.count()).select_from(Follower)) or 0
        db.session.remove()
    return count


def test_a_neighbour_follows_confirms_chooses_and_leaves(app: Flask, world: World, browser: Browser) -> None:
    assert "Seguir" in browser.get("portal.process", slug="plan-prueba").text
    assert "Plan de prueba" in browser.get("follows.ask_process", slug="plan-prueba").text
    browser.post("follows.take_process", {"email": ADDRESS, "rhythm": "weekly"}, slug="plan-prueba")
    token = _token(app, "follows.confirm")
    assert "Sí, quiero seguirlo" in browser.get("follows.confirm_form", token=token).text
    page = browser.post("follows.confirm", status=200, token=token)
    assert "Listo, ya lo sigue" in page.text
    mine = _following(app, browser)
    shown = browser.get("follows.mine", token=mine)
    assert "Plan de prueba" in shown.text
    assert shown.response.headers["Cache-Control"] == "no-store"
    assert 'name="referrer" content="no-referrer"' in shown.html
    chosen = {kind.value: "never" for kind in NewsKind} | {"plan": "daily"}
    browser.post("follows.choose_paces", chosen, token=mine)
    with app.app_context():
        assert paces_of(1)[NewsKind.PLAN] is Pace.DAILY
        db.session.remove()
    browser.post("follows.stop", {"kind": "process", "ref": "plan-prueba"}, token=mine)
    assert _followers(app) == 0
    assert "ya no abre" in browser.get("follows.mine", status=404, token=mine).heading


def test_a_wrong_address_stays_written_with_its_reason(world: World, browser: Browser) -> None:
    page = browser.post("follows.take_process", {"email": "sin-arroba", "rhythm": "daily"}, status=422, slug="plan-prueba")
    assert "Revise el correo" in page.text
    assert page.soup.find("input", {"name": "email"})["value"] == "sin-arroba"
    assert page.soup.find("input", {"name": "rhythm", "value": "daily"}).has_attr("checked")


def test_an_unknown_rhythm_is_refused(world: World, browser: Browser) -> None:
    browser.post("follows.take_process", {"email": ADDRESS, "rhythm": "cada-hora"}, status=422, slug="plan-prueba")


def test_never_in_everything_keeps_the_choices_and_says_what_to_do(app: Flask, world: World, browser: Browser) -> None:
    mine = _following(app, browser)
    page = browser.post("follows.choose_paces", {kind.value: "never" for kind in NewsKind}, status=422, token=mine)
    assert "Dejar de seguir todo" in page.text
    assert page.soup.find("select", {"name": "plan"}).find("option", selected=True)["value"] == "never"


def test_asking_for_the_page_says_the_same_to_everybody(app: Flask, world: World, browser: Browser) -> None:
    _following(app, browser)
    answers = [browser.post("follows.send_page", {"email": email}).response.headers["Location"] for email in (ADDRESS, "nadie@example.pe")]
    assert answers[0] == answers[1]
    assert "Plan de prueba" in browser.get("follows.mine", token=_token(app, "follows.page")).text
    with app.app_context():
        assert [n.address for n in db.session.scalars(select(Notification).where(Notification.kind == "follows.page"))] == [ADDRESS]
        db.session.remove()


@pytest.mark.parametrize("token", ["nada", "WyJ4Il0.xxxx"])
def test_a_link_of_nobody_opens_nothing(world: World, browser: Browser, token: str) -> None:
    browser.get("follows.mine", status=404, token=token)
    browser.post("follows.confirm", status=422, token=token)
    browser.post("follows.choose_paces", {}, status=404, token=token)


def test_the_letter_has_text_html_and_one_click_to_leave(app: Flask, world: World, mailbox: Mailbox) -> None:
    subject = Subject(SubjectKind.PROCESS, "plan-prueba")
    services.follow_with_account(subject, person_id=world.id_of(ROSA), email=ROSA.email, now=NOON)
    for version in (2, 3):
        audit.record("processes.publish-schedule", "process", "plan-prueba", {"version": version}, at=NOON)
    db.session.commit()
    take_news(NOON)
    tell_followers(NOON)
    db.session.commit()
    deliver_due(lambda: NOON)
    (letter,) = mailbox.letters
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[attr-defined]
    assert letter["Subject"] == "2 novedades de lo que sigue"
    assert text.index("versión 3") < text.index("versión 2")
    assert "http://localhost/procesos/plan-prueba/cronograma" in text
    assert "versión 3" in html
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://localhost/seguir/dejar/")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client = app.test_client()
        path = address.removeprefix("http://localhost")
        assert client.post(path).status_code == 400
        assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(Follower)) == 0


def test_other_letters_carry_no_way_to_leave(app: Flask, world: World, mailbox: Mailbox) -> None:
    services.ask_to_follow(Subject(SubjectKind.PROCESS, "plan-prueba"), ADDRESS, Rhythm.DAILY, title="Plan de prueba", now=NOON)
    db.session.commit()
    deliver_due(lambda: NOON)
    assert mailbox.letters[0]["List-Unsubscribe"] is None


def test_with_an_account_one_button_is_enough(world: World, browser: Browser) -> None:
    browser.sign_in(ROSA)
    form = browser.get("follows.own_ask", clase="theme", ref="plan-prueba/agua").soup.select_one("main form")
    browser.post("follows.own_take", {field["name"]: field["value"] for field in form.find_all("input")})
    assert "Agua y saneamiento" in browser.get("follows.own").text
    browser.post("follows.own_stop", {"kind": "theme", "ref": "plan-prueba/agua"})
    browser.post("follows.own_take", {"clase": "process", "ref": "plan-prueba"})
    assert "Plan de prueba" in browser.get("follows.own").text
    browser.post("follows.own_paces", {kind.value: "daily" for kind in NewsKind})
    browser.post("follows.own_stop", {"kind": "process", "ref": "plan-prueba"})
    assert "Todavía no sigue nada" in browser.get("follows.own").text


@pytest.mark.parametrize(
    ("kind", "ref"), [("", ""), ("process", "no-existe"), ("theme", "plan-prueba"), ("nada", "x"), ("territory", "99")]
)
def test_an_account_cannot_follow_what_is_not_there(app: Flask, world: World, browser: Browser, kind: str, ref: str) -> None:
    browser.sign_in(ROSA)
    browser.get("follows.own_ask", status=303, clase=kind, ref=ref)
    browser.post("follows.own_take", {"clase": kind, "ref": ref})
    assert _followers(app) == 0


FEEDS: list[tuple[str, dict[str, Any]]] = [
    ("site", {}),
    ("process", {"slug": "plan-prueba"}),
    ("theme", {"slug": "plan-prueba", "theme": "agua"}),
    ("territory", {"ubigeo": "08"}),
]


@pytest.mark.parametrize(("kind", "args"), FEEDS, ids=[kind for kind, _ in FEEDS])
def test_every_feed_is_atom_and_announced_by_its_page(app: Flask, world: World, browser: Browser, kind: str, args: dict[str, Any]) -> None:
    _schedule(app)
    page = browser.get(f"follows.{kind}", **args)
    href = page.soup.find("link", {"rel": "alternate", "type": "application/atom+xml"})["href"]
    response = browser.client.get(href)
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)  # noqa: S314 - made by this application
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
        assert (feed.findtext(f"{ATOM}{name}") or "").strip()
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"http://localhost{href}", "alternate": f"http://localhost{browser.url(f'follows.{kind}', **args)}"}
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == (0 if kind == "theme" else 1)
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"tag:localhost,2026:registro:\d+", entry.findtext(f"{ATOM}id") or "")
        datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
        assert "versión 2" in (entry.findtext(f"{ATOM}title") or "")
    known = {"If-None-Match": response.headers["ETag"]}
    assert browser.client.get(href, headers=known).status_code == 304
    _schedule(app, 3)
    assert browser.client.get(href, headers=known).status_code == 200


def test_an_entry_keeps_its_id_once_the_worker_took_it(app: Flask, world: World, browser: Browser) -> None:
    _schedule(app)
    before = re.findall(r"<id>tag:.*?</id>", browser.client.get("/novedades.atom").text)
    with app.app_context():
        take_news(NOON)
        db.session.commit()
        db.session.remove()
    assert re.findall(r"<id>tag:.*?</id>", browser.client.get("/novedades.atom").text) == before != []


def _events(browser: Browser, endpoint: str, **args: Any) -> dict[str, Any]:
    calendar = Calendar.from_ical(browser.get(endpoint, **args).response.data)
    return {str(e["UID"]): e for e in calendar.walk("VEVENT")}


def test_a_subscribed_calendar_strikes_out_what_is_cancelled_under_the_same_uid(app: Flask, world: World, browser: Browser) -> None:
    uid = "plan-prueba.taller-ccorca@localhost"
    for endpoint, args in (("follows.process_calendar", {"slug": "plan-prueba"}), ("follows.territory_calendar", {"ubigeo": "0801"})):
        before = _events(browser, endpoint, **args)[uid]
        assert before["STATUS"] == "CONFIRMED"
        with app.app_context():
            opportunity = db.session.get_one(Opportunity, world.opportunities["taller-ccorca"])
            opportunity.is_withdrawn = True
            db.session.get_one(Process, world.process_id).public_revision += 1
            db.session.commit()
            db.session.remove()
        after = _events(browser, endpoint, **args)[uid]
        assert after["STATUS"] == "CANCELLED"
        assert after["SEQUENCE"] == before["SEQUENCE"] + 1
        with app.app_context():
            db.session.get_one(Opportunity, world.opportunities["taller-ccorca"]).is_withdrawn = False
            db.session.commit()
            db.session.remove()


def test_an_activity_whose_record_says_it_was_not_held_is_cancelled_too(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        db.session.add(
            Activity(process_id=world.process_id, opportunity_id=world.opportunities["taller-ccorca"], number=1,
                     state=ActivityState.CANCELLED, created_at=NOON)
        )  # fmt: skip
        db.session.commit()
        db.session.remove()
    assert _events(browser, "follows.process_calendar", slug="plan-prueba")["plan-prueba.taller-ccorca@localhost"]["STATUS"] == "CANCELLED"


def test_the_calendar_of_a_territory_holds_only_what_happens_there(world: World, browser: Browser) -> None:
    assert list(_events(browser, "follows.territory_calendar", ubigeo="080101")) == []
    assert len(_events(browser, "follows.territory_calendar", ubigeo="080102")) == 1


def test_the_news_of_a_territory_say_what_is_coming_there(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        opportunity = db.session.get_one(Opportunity, world.opportunities["taller-ccorca"])
        opportunity.starts_at = opportunity.ends_at = datetime.now(NOON.tzinfo) + timedelta(days=3)
        db.session.commit()
        db.session.remove()
    page = browser.get("follows.territory", ubigeo="0801")
    assert "Taller de Ccorca" in page.text
    assert "webcal://localhost/territorios/0801/calendario.ics" in page.html


def test_what_does_not_exist_cannot_be_followed(world: World, browser: Browser) -> None:
    browser.get("follows.ask_process", status=404, slug="no-existe")
    browser.get("follows.theme", status=404, slug="plan-prueba", theme="no-existe")
    browser.get("follows.territory", status=404, ubigeo="99")
    browser.get("follows.ask_contribution", status=404, code="PRB-C-9999")


def test_public_pages_of_news_are_the_same_for_everybody(app: Flask, world: World, browser: Browser) -> None:
    for endpoint, args in (("follows.site", {}), ("follows.process", {"slug": "plan-prueba"}), ("follows.territory", {"ubigeo": "08"})):
        response = browser.get(endpoint, **args).response
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"] == "public, no-cache"
