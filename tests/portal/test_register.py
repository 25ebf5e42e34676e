"""Following the register by mail, twice confirmed; the letters that carry checkpoints; the proof with a schedule's own text."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit import queries as register
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.notifications import queries as outbox
from app.notifications.models import Notification, Subscription
from app.notifications.rules import NotificationState
from app.portal import cli
from app.processes import queries as processes
from tests.audit.authority import needs_openssl
from tests.browser import Browser
from tests.world import NOON, World

ADDRESS = "Vecina@Example.PE"
LINK = re.compile(r"/registro/seguir/(?:confirmar|dejar)/[\w.-]+")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def letters(app: Flask, kind: str) -> list[Notification]:
    with app.app_context():
        return list(db.session.scalars(select(Notification).where(Notification.kind == kind).order_by(Notification.id)))


def addresses(app: Flask, kind: str = "register") -> list[str]:
    with app.app_context():
        return [row.address for row in outbox.subscribers(kind, 0)]


def link_in(app: Flask, letter: Notification) -> str:
    from app.notifications.rules import mail_server
    from app.notifications.services.delivery import compose

    with app.app_context():
        message = compose(letter, mail_server("smtp://localhost"), clock.now())
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    found = LINK.search(text)
    assert found, text
    return found.group(0)


def follow(app: Flask, browser: Browser) -> str:
    """Ask and confirm; gives the confirmation link."""
    browser.post("portal.follow_register", {"email": ADDRESS})
    link = link_in(app, letters(app, "portal.confirm-following")[-1])
    assert browser.client.post(link).status_code == 200
    return link


def sign(app: Flask, count: int = 1) -> None:
    with app.app_context():
        for _ in range(count):
            audit.record("processes.publish-schedule", "process", "plan", at=NOON)
        db.session.commit()


def run(app: Flask, now: object = NOON) -> str:
    with app.app_context():
        said = cli.mail_register(now)  # type: ignore[arg-type]
        db.session.commit()
    return said


def test_an_address_follows_only_after_its_owner_says_yes(app: Flask, browser: Browser) -> None:
    assert "Reciba los puntos de control por correo" in browser.get("audit.index")
    browser.get("portal.follow_register_form")
    thanks = browser.post("portal.follow_register", {"email": ADDRESS}, follow=True, status=200)
    assert "Revise su correo" in thanks
    assert addresses(app) == []
    link = link_in(app, letters(app, "portal.confirm-following")[0])
    assert "vecina" not in link.lower(), "no address in an address (S55)"
    page = browser.get(link)
    assert addresses(app) == [], "programs open links; only a person presses the button"
    assert "Sí, quiero recibirlos" in page
    assert "Ya sigue el registro" in browser.client.post(link).text
    assert addresses(app) == ["vecina@example.pe"]
    assert browser.client.post(link).status_code == 200 and addresses(app) == ["vecina@example.pe"], "twice is once"


def test_asking_again_says_the_same_and_writes_at_most_once_a_day(app: Flask, browser: Browser) -> None:
    first = browser.post("portal.follow_register", {"email": ADDRESS}).response
    again = browser.post("portal.follow_register", {"email": ADDRESS.lower()}).response
    assert first.headers["Location"] == again.headers["Location"]
    assert len(letters(app, "portal.confirm-following")) == 1
    browser.client.post(link_in(app, letters(app, "portal.confirm-following")[0]))
    after = browser.post("portal.follow_register", {"email": ADDRESS}).response
    assert after.headers["Location"] == first.headers["Location"], "nobody learns who follows (S31)"
    assert len(letters(app, "portal.confirm-following")) == 1


@pytest.mark.parametrize("email", ["", "sin arroba", "a@b", "a@example.pe\nBcc: b@example.pe", "x" * 260 + "@example.pe"])
def test_a_wrong_address_is_shown_again_with_its_reason(app: Flask, browser: Browser, email: str) -> None:
    page = browser.post("portal.follow_register", {"email": email}, status=422)
    assert page.soup.select(".field__error")
    assert letters(app, "portal.confirm-following") == []


def test_a_link_that_is_not_ours_confirms_nothing(app: Flask, browser: Browser) -> None:
    browser.post("portal.follow_register", {"email": ADDRESS})
    link = link_in(app, letters(app, "portal.confirm-following")[0])
    for wrong in (link[:-2], link.replace("confirmar/", "confirmar/x"), link.replace("confirmar", "confirmar") + "x"):
        assert browser.client.post(wrong).status_code == 422
    assert browser.client.post(link.replace("confirmar", "dejar")).status_code == 200, "says the same, and changes nothing"
    assert browser.client.post(link).status_code == 200 and addresses(app) == ["vecina@example.pe"]


def test_a_wish_nobody_confirms_is_forgotten_in_a_week(app: Flask, browser: Browser) -> None:
    browser.post("portal.follow_register", {"email": ADDRESS})
    link = link_in(app, letters(app, "portal.confirm-following")[0])
    run(app, NOON + timedelta(days=7))
    assert addresses(app, "register-unconfirmed") == ["vecina@example.pe"]
    run(app, NOON + timedelta(days=7, seconds=1))
    assert addresses(app, "register-unconfirmed") == []
    assert browser.client.post(link).status_code == 422


def test_followers_get_each_newest_checkpoint_once_and_leave_with_one_button(app: Flask, browser: Browser) -> None:
    sign(app)
    assert run(app) == "", "nobody follows yet"
    follow(app, browser)
    sign(app, 2)
    assert run(app) == "Registro: 1 cartas con el último punto de control."
    assert run(app) == ""
    sent = letters(app, "portal.checkpoint")
    assert [letter.content["size"] for letter in sent] == [3]
    with app.app_context():
        assert sent[0].content["note"] == register.newest_checkpoint().note  # type: ignore[union-attr]
    leave = link_in(app, sent[0])
    assert "/dejar/" in leave
    browser.get(leave)
    assert addresses(app) == ["vecina@example.pe"]
    browser.client.post(leave)
    with app.app_context():
        assert db.session.scalars(select(Subscription)).all() == [], "the address is gone"
    sign(app)
    assert run(app) == ""


def test_a_checkpoint_is_anchored_when_its_letter_has_left_not_before(app: Flask, browser: Browser) -> None:
    follow(app, browser)
    sign(app)
    run(app)
    run(app)
    with app.app_context():
        assert register.newest_anchor() is None
        letter = db.session.scalar(select(Notification).where(Notification.kind == "portal.checkpoint"))
        assert letter is not None
        letter.state, letter.sent_at = NotificationState.SENT, NOON
        db.session.commit()
    run(app)
    with app.app_context():
        anchor = register.newest_anchor()
        assert anchor is not None and (anchor.checkpoint.size, anchor.at) == (1, NOON)
    page = browser.get("audit.index")
    assert "Carta a quienes siguen el registro, actos 1 a 1" in page and "hace 0 minutos" in page


def _published(app: Flask, world: World) -> str:
    """The schedule of the little world enters the register as its publication would write it; gives its text."""
    with app.app_context():
        version = processes.published_versions(world.process_id)[0]
        audit.record("processes.publish-schedule", "process", world.slug, {"version": 1, "sha256": version.sha256}, at=NOON)
        db.session.commit()
        return version.content


@needs_openssl
def test_a_citizen_proves_the_date_of_a_schedule(app: Flask, world: World, browser: Browser, tmp_path: Path) -> None:
    content = _published(app, world)
    for ref in (world.slug, world.code, f"{world.code}-C-0042"):
        response = browser.client.get(f"/registro/prueba.zip?ref={ref}")
        assert response.mimetype == "application/zip"
        with zipfile.ZipFile(io.BytesIO(response.data)) as files:
            assert files.read(f"textos/cronograma-{world.slug}-v1.json").decode() == content
            files.extract("verify.py", tmp_path)
    (tmp_path / "prueba.zip").write_bytes(response.data)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "prueba.zip"], cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"textos/cronograma-{world.slug}-v1.json: es exactamente el que nombra el acto 1" in done.stdout


def test_a_text_that_no_act_names_stays_out(app: Flask, world: World, browser: Browser) -> None:
    sign(app)
    with zipfile.ZipFile(io.BytesIO(browser.client.get(f"/registro/prueba.zip?ref={world.slug}").data)) as files:
        assert [name for name in files.namelist() if name.startswith("textos/")] == []


def test_the_bundle_is_kept_by_caches_until_something_is_added(app: Flask, browser: Browser) -> None:
    sign(app)
    first = browser.client.get("/registro/prueba.zip")
    assert "Set-Cookie" not in first.headers
    assert browser.client.get("/registro/prueba.zip", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    sign(app)
    assert browser.client.get("/registro/prueba.zip", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("ref", ["nadie", "../../etc/passwd", "%00", "PRB' OR 1=1", "x" * 500])
def test_a_reference_nobody_knows_adds_nothing(app: Flask, world: World, browser: Browser, ref: str) -> None:
    sign(app)
    response = browser.client.get("/registro/prueba.zip", query_string={"ref": ref})
    assert response.status_code == 200 and response.headers["Content-Disposition"] == "attachment; filename=prueba.zip"
