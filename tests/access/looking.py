"""Going from page to page in a real browser and asking at each; what is found is kept by question."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.access.house import OpenHouse, Stop

NARROW, HALF, HEIGHT = 320, 640, 780
"""CSS pixels: a screen 1,280 wide at 400 % and at 200 %."""
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

    def __init__(self, browser: Any, house: OpenHouse) -> None:
        self._pages = {signed: self._context(browser, house, signed) for signed in (False, True)}

    def _context(self, browser: Any, house: OpenHouse, is_signed_in: bool) -> Any:
        context = browser.new_context(
            base_url=house.address, locale="es-PE", timezone_id="America/Lima", viewport={"width": NARROW, "height": HEIGHT}
        )  # fmt: skip
        context.set_default_timeout(30_000)
        context.add_init_script(path=QUESTIONS)
        if is_signed_in:
            context.add_cookies([house.cookie])
        return context.new_page()

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    def look(self, stops: Iterator[Stop], looked: Looked) -> Looked:
        for stop in stops:
            page = self._pages[stop.is_signed_in]
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


def ask_axe(page: Any) -> list[str]:
    """Violations of every rule axe has, WCAG 2.2 AA and its good practice, with target size; a line each."""
    page.evaluate(f"if (!window.axe) {{ {AXE_SCRIPT} }}")
    found = page.evaluate(f"axe.run({json.dumps(AXE)}).then(results => results.violations)")
    return [
        f"{violation['id']} ({violation['impact']}) {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found
        for node in violation["nodes"][:3]
    ]
