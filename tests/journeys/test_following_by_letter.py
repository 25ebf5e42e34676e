"""Somebody without an account follows a process and a theme by letter, is told what is new, and stops when they want."""

import re

import pytest
from playwright.sync_api import expect

from tests.access.looking import ask_axe
from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.journeys.mailbox import Mailbox
from tests.journeys.test_a_comment_is_moderated import a_public_contribution
from tests.journeys.test_without_a_mouse import press, type_in

pytestmark = pytest.mark.browser
ADDRESS = "seguidora@example.pe"


def link_in(letter: str, part: str) -> str:
    """The path of the first link of a letter that has this part."""
    found = re.search(rf"https?://[^/\s]+({re.escape(part)}\S*)", letter)
    assert found, letter
    return found.group(1)


def test_a_process_is_followed_read_about_and_left(visit: Visit, site: DemonstrationSite, mailbox: Mailbox) -> None:
    reader = visit(size=PHONE, javascript=False)
    reader.goto(f"/procesos/{neighbourhood.SLUG}")
    reader.get_by_role("link", name="Seguir por correo").click()
    reader.get_by_label("Correo").fill(ADDRESS)
    reader.get_by_role("radio", name="Todo al momento").check()
    reader.get_by_role("button", name="Seguir", exact=True).click()
    reader.get_by_role("heading", level=1).wait_for()

    site.send_mail(mailbox.port)
    asked = mailbox.words_to(ADDRESS, "confírmelo")
    reader.goto(link_in(asked, "/seguir/confirmar/"))
    reader.get_by_role("button", name="Sí, quiero seguirlo").click()
    expect(reader.get_by_text("Listo, ya lo sigue")).to_be_visible()

    code = a_public_contribution(visit)
    site.send_mail(mailbox.port)
    news = mailbox.words_to(ADDRESS, neighbourhood.TITLE)
    assert code in news or "aporte" in news

    reader.goto(link_in(news, "/seguir/mi-pagina/"))
    expect(reader.get_by_text(neighbourhood.TITLE).first).to_be_visible()
    reader.get_by_role("button", name=f"Dejar de seguir {neighbourhood.TITLE}").click()
    expect(reader.get_by_role("main")).not_to_contain_text(neighbourhood.TITLE)
    expect(reader.get_by_text("Su dirección se borró de la lista")).to_be_visible()


@pytest.mark.parametrize("start", [f"/procesos/{neighbourhood.SLUG}/temas/agua", "/territorios/080101"], ids=["theme", "territory"])
def test_a_theme_or_a_territory_is_asked_for_with_the_keyboard(visit: Visit, start: str) -> None:
    page = visit()
    page.goto(start)
    press(page, "link", "Seguir por correo")
    page.get_by_role("heading", level=1, name="Seguir por correo").wait_for()
    type_in(page, "Correo", "otra@example.pe")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/seguir/gracias"))
    assert ask_axe(page) == []
