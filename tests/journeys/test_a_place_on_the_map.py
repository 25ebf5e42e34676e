"""A citizen points at a district on a map that nobody pays for until they open it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.access.looking import ask_axe
from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.pages.contributions import ContributionForm, Said

pytestmark = pytest.mark.browser
FORM = f"/procesos/{neighbourhood.SLUG}/aportes/nuevo"
SAID = Said("El camino a la escuela se inunda cada enero. Pido una alcantarilla.")


def test_the_map_is_asked_for_only_when_it_is_opened(visit: Visit) -> None:
    page = visit(size=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto(FORM)
    assert page.locator("svg.territory-map").count() == 0
    assert not [address for address in asked if "map.css" in address or address.startswith("POST")]
    ContributionForm(page).fill(SAID)
    page.get_by_role("button", name="Elegir en un mapa").press("Enter")
    expect(page.get_by_role("group", name="Cusco, Cusco")).to_be_visible()
    assert [address for address in asked if "map.css" in address]
    assert page.get_by_label("¿Qué quiere decir?").input_value() == SAID.text, "nothing typed is lost"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_district_is_chosen_with_the_arrow_keys(visit: Visit, javascript: bool) -> None:
    page = visit(size=PHONE, javascript=javascript)
    page.goto(FORM)
    form = ContributionForm(page)
    form.fill(SAID)
    page.get_by_role("button", name="Elegir en un mapa").press("Enter")
    expect(page.get_by_role("radio", name="Saylla")).to_be_visible()
    if javascript:
        expect(page.locator("#lugar-elegido :focus")).to_have_count(1)
    page.get_by_role("radio", name="Poroy").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Cusco", exact=True)).to_be_checked()
    page.get_by_role("radio", name="Ccorca").check()
    assert_nothing_overlaps(page)
    if javascript:
        assert ask_axe(page) == []
    form.send()
    expect(page.get_by_text("Ccorca", exact=False).first).to_be_visible()


def test_closing_the_map_keeps_what_was_chosen(visit: Visit) -> None:
    page = visit(size=PHONE)
    page.goto(FORM)
    page.get_by_role("button", name="Elegir en un mapa").click()
    page.get_by_role("radio", name="Wanchaq").check()
    page.get_by_role("button", name="Cerrar el mapa").click()
    expect(page.get_by_role("combobox", name="Distrito")).to_have_value("080108")


def assert_nothing_overlaps(page: Any) -> None:
    boxes = [label.bounding_box() for label in page.locator(".territory-map__choice").all()]
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes), boxes
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            assert apart or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
