"""A letter by e-mail, a private link, an answer that does not convince: what is said back is answered and changes something."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.journeys.mailbox import Mailbox
from tests.pages.feedback import Workbench
from tests.pages.letters import DeskReplies, MinePage, RepliesPage
from tests.pages.portal import HomePage
from tests.pages.signing import PublicationPage, SignaturesPage

pytestmark = pytest.mark.browser
SLUG, CODE, ADDRESS = "plan-cusco-2027", "CUS27-C-0026", "mancco@example.pe"
REASONS = "Un consejo que opine puede empezar con los municipios escolares, que ya existen: no hace falta esperar otro plan."
SAID_BACK = "Tiene razón: los municipios escolares ya existen. La respuesta se corrigió y la gerencia los convoca desde marzo de 2027."
ADDED = " Mientras tanto, los municipios escolares serán convocados desde marzo de 2027."


def test_an_answer_that_does_not_convince_is_replied_to_and_changes(visit: Visit, site: DemonstrationSite, mailbox: Mailbox) -> None:
    site.send_mail(mailbox.port)
    letter = mailbox.words_to(ADDRESS, CODE)
    assert "El enlace es privado" in letter
    citizen = visit(size=PHONE, forgive=("status of 422",))
    citizen.goto(private_link(letter))
    mine = MinePage(citizen)
    assert "consejo" in mine.words_about(CODE)

    form = mine.reply_to(CODE)
    form.say("No estoy de acuerdo", "No.")
    expect(form.errors).to_contain_text("Escriba sus razones")
    assert form.words.input_value() == "No."
    form.say("No estoy de acuerdo", REASONS)
    assert REASONS in MinePage(citizen).words_about(CODE)

    DeskReplies(visit("marco")).everything().open(CODE).let_read()
    felix = visit("felix")
    DeskReplies(felix).open(CODE).answer(SAID_BACK)
    correct(visit, CODE)
    DeskReplies(felix).everything().open(CODE).point_to_the_change()

    site.send_mail(mailbox.port)
    assert SAID_BACK in mailbox.words_to(ADDRESS, SAID_BACK)
    citizen.reload()
    words = mine.words_about(CODE)
    assert SAID_BACK in words and "Por esta réplica la respuesta cambió (versión 2" in words


def test_another_citizen_reads_it_with_the_code_alone_and_may_not_reply(visit: Visit) -> None:
    other = visit(size=PHONE, javascript=False)
    answer = HomePage(other).find("cus27-t01-0011").read_answer()
    assert "Comunidad Campesina de Ccorca" in answer.words
    other.get_by_role("main").get_by_role("link", name=re.compile("réplica", re.I)).first.click()
    replies = RepliesPage(other)
    assert "la comunidad tiene razón" in replies.words and "Qué cambió por esta réplica" in replies.words
    expect(other.get_by_role("main").get_by_role("textbox")).to_have_count(0)


def test_who_lost_the_letter_asks_for_the_link_again(visit: Visit, site: DemonstrationSite, mailbox: Mailbox) -> None:
    citizen = visit(size=PHONE, javascript=False)
    citizen.goto("/")
    citizen.get_by_role("link", name="Ver todo lo que aporté y responder").click()
    citizen.get_by_label("Su correo").fill("priVAS@example.pe")
    citizen.get_by_role("button", name="Enviarme el enlace").click()
    expect(citizen.get_by_role("main")).to_contain_text("en unos minutos le llega un enlace privado")
    site.send_mail(mailbox.port)
    citizen.goto(private_link(mailbox.words_to("privas@example.pe", "/mis-aportes/")))
    assert "Ciclovía" in MinePage(citizen).words_about("CUS27-C-0022")


def correct(visit: Visit, code: str) -> None:
    """The public answer again, with why: a new version that both sectors sign."""
    sara = visit("sara")
    sara.goto(f"/mesa/aportes/{code}/responder")
    bench = Workbench(sara)
    bench.add("Por qué, dirigido", ADDED)
    bench.write("Por qué se corrige lo publicado", "Una réplica señaló que los municipios escolares ya existen.")
    bench.send_to_review()
    expect(bench.errors).to_have_count(0)
    for signer in ("gloria", "felix"):
        SignaturesPage(visit(signer), SLUG).sign(code)
    PublicationPage(sara, SLUG).publish(code)


def private_link(letter: str) -> Any:
    """The path of the link, on whatever host the site was given."""
    found = re.search(r"https?://\S+?(/mis-aportes/\S+)", letter)
    assert found, letter
    return found.group(1)
