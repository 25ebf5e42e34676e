"""Somebody without an account says something on a phone; with a nervous finger, and with a browser that runs no script."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.pages.contributions import Said
from tests.pages.moderation import QueuePage
from tests.pages.portal import ContributionList, HomePage, ProcessPage

pytestmark = pytest.mark.browser
SLUG = neighbourhood.SLUG
STREET_LAMPS = Said("Los postes del pasaje Ukukus no alumbran. Pido un plan de iluminación con fechas.", theme="Escaleras y veredas")
CISTERN = Said("La cisterna de Tica Tica está sin tapa. Pido que la revisen cada mes.", name="Mateo Condori", appears="Anónimo")


def test_a_double_click_makes_one_contribution_that_is_public_after_a_look(visit: Visit) -> None:
    citizen = visit(size=PHONE)
    form = ProcessPage(citizen, SLUG).contribute()
    form.fill(STREET_LAMPS)
    receipt = form.send_twice()
    assert receipt.draws_its_qr
    code, private_link = receipt.code, receipt.private_link
    assert code.startswith(f"{neighbourhood.CODE}-C-")
    assert in_the_list(visit(), "iluminacion") == []  # held until somebody has looked

    marco = visit("marco")
    queue = QueuePage(marco, SLUG)
    assert waiting_with(marco, "pasaje Ukukus") == 1
    queue.publish(code)

    assert in_the_list(visit(size=PHONE), "iluminacion") == [code]
    citizen.goto(private_link)
    assert "Ya es público" in citizen.get_by_role("main").inner_text()


def test_without_javascript_the_same_form_serves(visit: Visit) -> None:
    citizen = visit(size=PHONE, javascript=False)
    form = ProcessPage(citizen, SLUG).contribute()
    form.fill(CISTERN)
    receipt = form.send()
    assert receipt.draws_its_qr
    code = receipt.code
    QueuePage(visit("marco", javascript=False), SLUG).publish(code)
    HomePage(citizen).find(code)
    words = citizen.get_by_role("main").inner_text()
    assert CISTERN.text in words and CISTERN.name not in words


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visit: Visit) -> None:
    citizen = visit(size=PHONE, forgive=("status of 422",))
    form = ProcessPage(citizen, SLUG).contribute()
    form.fill(Said("Que el bus suba hasta la losa de Picchu.", name=""))
    form.send_button.click()
    form.errors.get_by_role("link").click()
    expect(citizen.get_by_label("Su nombre y apellidos")).to_be_focused()
    citizen.keyboard.type("Eusebia Ccoyo")
    assert form.said == "Que el bus suba hasta la losa de Picchu."
    assert form.send().code


def in_the_list(page: Any, words: str) -> list[str]:
    listed = ContributionList(page, SLUG)
    listed.search(words)
    return listed.codes


def waiting_with(page: Any, words: str) -> int:
    return int(page.get_by_role("article").filter(has_text=words).count())
