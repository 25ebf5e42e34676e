"""What a town hall pins to its door: answers, a contribution, a schedule, a map, a receipt."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.house import OpenHouse
from tests.access.looking import QUESTIONS

pytestmark = pytest.mark.browser
PINNED = ("feedback.index", "feedback.show", "portal.contribution", "processes.schedule", "portal.map")
PALE_LINKS = """() => [...document.querySelectorAll("main a[href]")].filter(link => link.checkVisibility()).filter(link => {
  const look = getComputedStyle(link), dark = look.color.match(/\\d+/g).slice(0, 3).map(Number);
  return Math.max(...dark) > 120 || !look.textDecorationLine.includes("underline") && !link.closest("svg, h2, h3, .status-badge, li, td");
}).map(link => link.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def paper(chromium: Any, house: OpenHouse) -> Iterator[Any]:
    """A page as it is printed on A4, from a screen that is dark."""
    context = chromium.new_context(base_url=house.address, viewport={"width": 794, "height": 1123}, color_scheme="dark")
    context.add_init_script(path=QUESTIONS)
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    context.close()


def address_of(house: OpenHouse, name: str) -> str:
    return next(stop.path for stop in house.stops if stop.name == name)


@pytest.mark.parametrize("name", PINNED)
def test_it_carries_what_it_says_and_where_it_is(paper: Any, house: OpenHouse, name: str) -> None:
    path = address_of(house, name)
    paper.goto(path)
    assert paper.evaluate("ask.printed()") == []
    assert paper.locator("form").filter(visible=True).count() == 0
    assert paper.evaluate(PALE_LINKS) == []
    assert paper.locator(".on-paper").inner_text().endswith(path)
    assert paper.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    paper.emulate_media(media="screen")
    assert not paper.locator(".on-paper").is_visible()
    paper.emulate_media(media="print", color_scheme="dark")


def test_a_receipt_is_printed_with_its_code_and_its_link_and_nothing_to_press(paper: Any, house: OpenHouse) -> None:
    paper.goto(address_of(house, "contributions.receipt"))
    assert paper.evaluate("ask.printed()") == []
    assert paper.locator("form").filter(visible=True).count() == 0
    assert paper.locator(".receipt__link").is_visible() and paper.get_by_role("code").first.is_visible()
