"""Contributions that say the same: what the desk suggests, the group that is made, and its review by somebody else."""

from typing import Any

from tests.pages.desk import Desk
from tests.pages.processes import button, link


class SuggestionsPage:
    def __init__(self, page: Any) -> None:
        self.page = page
        Desk(page).go("Grupos de aportes")
        link(page, "Ver cuáles dicen lo mismo").click()
        page.get_by_role("heading", level=1, name="¿Dicen lo mismo?").wait_for()

    def codes(self, title: str) -> list[str]:
        return [str(code) for code in self._suggestion(title).locator("b").all_inner_texts()]

    def group(self, title: str, *, called: str) -> None:
        suggestion = self._suggestion(title)
        suggestion.get_by_label("Qué piden, en una línea").fill(called)
        suggestion.get_by_role("button", name="Agrupar los marcados").click()
        self._suggestion(title).wait_for(state="detached")

    def _suggestion(self, title: str) -> Any:
        return self.page.get_by_role("main").locator("form").filter(has=self.page.get_by_role("group", name=title))


class GroupPage:
    def __init__(self, page: Any, title: str) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name=title).wait_for()

    @classmethod
    def open(cls, page: Any, title: str) -> "GroupPage":
        Desk(page).go("Grupos de aportes")
        link(page, title).click()
        return cls(page, title)

    @property
    def state(self) -> str:
        return str(self.page.get_by_role("main").inner_text())

    @property
    def review_button(self) -> Any:
        return button(self.page, "Los leí: dicen lo mismo")

    def review(self) -> None:
        self.review_button.click()
        self.page.get_by_text("Revisado por").wait_for()

    def look_as_public(self) -> str:
        link(self.page, "Ver como público").click()
        self.page.wait_for_url("**/procesos/*/grupos/*")
        return str(self.page.get_by_role("main").inner_text())
