"""The twenty-one questions over a whole process, as the desk reads them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, update

from app.core.db import db
from app.letters import queries, services
from app.letters.rules.deliveries import DeliveryNote, DeliveryStep
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from tests.browser import Browser
from tests.cast import DARIO, GLORIA, ROSA, SARA, VERA
from tests.factories.letters import answered, current
from tests.feedback.answers import say
from tests.feedback.bulk import fill
from tests.feedback.test_agreement_views import committed
from tests.world import NOON, World


@pytest.mark.parametrize(("person", "status"), [(SARA, 200), (GLORIA, 200), (VERA, 200), (DARIO, 403), (ROSA, 403)])
def test_quality_is_read_by_staff_and_the_reviewer(app: Flask, world: World, browser: Browser, person, status: int) -> None:
    browser.sign_in(person).get("letters.quality", slug=world.slug, status=status)


def test_the_quality_of_a_process_leads_to_each_answer_that_does_not_pass(app: Flask, world: World, browser: Browser) -> None:
    code, _, _ = committed(app, world, "published")
    with app.app_context():
        waiting = say(world, "espera").code
        db.session.commit()
    browser.sign_in(SARA)
    page = browser.get("letters.quality", slug=world.slug)
    assert [row.select_one("th").get_text().split(".")[0] for row in page.soup.select("tbody tr")] == [f"Q{n}" for n in range(1, 22)]
    assert "1 de 2" in page
    assert "Nada" in page
    page = browser.get("letters.quality", slug=world.slug, control="Q1")
    assert page.soup.select_one(f"#control a[href='/mesa/aportes/{waiting}/responder']")
    assert code not in page.soup.select_one("#control").get_text()


def test_the_quality_of_a_process_is_told_again_when_an_answer_changes(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    assert "Sin casos" in browser.get("letters.quality", slug=world.slug)
    committed(app, world, "review")
    assert "1 de 1" in browser.get("letters.quality", slug=world.slug)


def statements(app: Flask, act) -> int:
    counted = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    act()
    return len(counted)


def test_quality_asks_the_same_questions_for_ten_answers_as_for_three_hundred(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        fill(world, 300)
        db.session.commit()
        db.session.remove()
    browser.sign_in(SARA)
    assert statements(app, lambda: browser.get("letters.quality", slug=world.slug)) < 60


def test_an_answer_arrives_by_mail_or_by_hand(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        mailed, handed, waiting = answered(world, "uno"), answered(world, "dos", email=""), answered(world, "tres", email="")
        db.session.execute(update(Notification).where(Notification.kind == "feedback.answered").values(state=NotificationState.SENT))
        note = DeliveryNote(DeliveryStep.HANDED_OVER, date(2027, 3, 20), "A su hija Elena")
        services.record(current(handed), note, person_id=world.id_of(SARA), now=NOON)
        assert queries.arrived(world.process_id) == {mailed.code: True, handed.code: True, waiting.code: False}
        code = waiting.code
        db.session.commit()
        db.session.remove()
    page = browser.sign_in(SARA).get("letters.quality", slug=world.slug, control="Q21")
    assert "2 de 3" in page
    assert [link["href"] for link in page.soup.select("#control li a")] == [f"/mesa/aportes/{code}/carta"]
