"""Going from page to page in a real browser and asking at each; what is found is kept by question."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.access.house import OpenHouse, Stop
from tests.cast import CastMember

NARROW, PHONE, HALF, HEIGHT = 320, 360, 640, 780
"""CSS pixels: a screen 1,280 wide at 400 % and at 200 %, and between them a telephone."""
AXE = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach(part => { part.open = true; })"
QUESTIONS = Path(__file__).with_name("questions.js")


@dataclass
class Looked:
    """What was found on all the pages, by question."""

    pages: int = 0
    troubles: dict[str, list[str]] = field(default_factory=dict)

    def add(self, question: str, stop: Stop, answers: list[str]) -> None:
        self.troubles.setdefault(question, []).extend(f"{stop.name}: {answer}" for answer in answers)

    def about(self, *questions: str) -> str:
        """Everything found, a line each and no line twice; KeyError for a question nobody asked."""
        return "\n".join(dict.fromkeys(line for question in questions for line in self.troubles[question]))


class Looker:
    """One page of one browser, that goes from stop to stop and asks everything at each."""

    width = NARROW

    def __init__(self, browser: Any, house: OpenHouse) -> None:
        self._browser, self._house = browser, house
        self._pages: dict[CastMember | None, Any] = {}

    def _page_of(self, who: CastMember | None) -> Any:
        if who not in self._pages:
            self._pages[who] = self._context(who)
        return self._pages[who]

    def _context(self, who: CastMember | None) -> Any:
        context = self._browser.new_context(
            base_url=self._house.address, locale="es-PE", timezone_id="America/Lima", viewport={"width": self.width, "height": HEIGHT}
        )  # fmt: skip
        context.set_default_timeout(30_000)
        context.add_init_script(path=QUESTIONS)
        if who is not None:
            context.add_cookies([self._house.cookie_of(who)])
        return context.new_page()

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    def look(self, stops: Iterator[Stop], looked: Looked) -> Looked:
        for stop in stops:
            page = self._page_of(stop.who)
            page.goto(stop.path, wait_until="load")
            page.evaluate(OPEN_EVERYTHING)
            looked.pages += 1
            for question, answers in self._asked(page):
                looked.add(question, stop, answers)
        return looked

    def _asked(self, page: Any) -> Iterator[tuple[str, list[str]]]:
        yield "axe", ask_axe(page)
        yield "reflow", page.evaluate("[...ask.wider(innerWidth), ...ask.cut()]")
        yield "names", page.evaluate("ask.names()")
        page.keyboard.press("Tab")  # from now on the browser shows where the keyboard is
        yield "focus", page.evaluate("ask.unseenFocus()")
        page.evaluate("ask.space(true)")
        yield "spacing", page.evaluate("[...ask.wider(innerWidth), ...ask.cut()]")
        page.evaluate("ask.space(false)")
        page.set_viewport_size({"width": HALF, "height": HEIGHT})
        yield "reflow", page.evaluate("ask.wider(innerWidth)")
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        yield "forced colours", page.evaluate("[...ask.edgeless(), ...ask.hereUnsaid()]")
        yield "motion", page.evaluate("ask.moving()")
        page.emulate_media(media="print", forced_colors="none", reduced_motion="no-preference", color_scheme="dark")
        yield "print", page.evaluate("ask.printed()")
        page.emulate_media(media="screen", color_scheme="light")
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})


class DeskLooker(Looker):
    """A telephone in the hands of the staff: fewer questions, one screen."""

    width = PHONE

    def _asked(self, page: Any) -> Iterator[tuple[str, list[str]]]:
        yield "axe", ask_axe(page)
        yield "reflow", page.evaluate("[...ask.wider(innerWidth), ...ask.cut()]")
        yield "names", page.evaluate("ask.names()")


def ask_axe(page: Any) -> list[str]:
    """Violations of every rule axe has, WCAG 2.2 AA and its good practice, with target size; a line each."""
    page.evaluate(f"if (!window.axe) {{ {AXE_SCRIPT} }}")
    found = page.evaluate(f"axe.run({json.dumps(AXE)}).then(results => results.violations)")
    return [
        f"{violation['id']} ({violation['impact']}) {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found
        for node in violation["nodes"][:3]
    ]
