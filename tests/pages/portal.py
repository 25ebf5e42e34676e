"""What anybody sees without an account."""

from typing import Any

from tests.pages.contributions import ContributionForm
from tests.pages.feedback import AnswerPage


class HomePage:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.goto("/")

    def find(self, code: str) -> "StoryPage":
        box = self.page.get_by_role("searchbox", name="Código de su aporte")
        box.fill(code)
        box.press("Enter")
        return StoryPage(self.page)


class StoryPage:
    """One contribution and what became of it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=2, name="Qué se respondió").wait_for()

    def read_answer(self) -> AnswerPage:
        self.page.get_by_role("link", name="Ver la respuesta completa").click()
        return AnswerPage(self.page)


class WaitingPage:
    """Who still waits for an answer, since when and for whose."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Aportes que esperan respuesta").wait_for()

    @classmethod
    def from_home(cls, page: Any, process: str = "Plan de gobierno abierto del Cusco 2027-2028") -> "WaitingPage":
        page.goto("/")
        main = page.get_by_role("main")
        page.get_by_role("complementary").get_by_role("link", name=process).click()
        main.get_by_role("link", name="Qué se respondió").click()
        main.get_by_role("link", name="espera").first.click()
        return cls(page)

    def again(self) -> "WaitingPage":
        self.page.reload()
        return self

    def line_of(self, code: str) -> str:
        return str(self.page.get_by_role("listitem").filter(has_text=code).inner_text())

    @property
    def whose(self) -> str:
        return str(self.page.get_by_role("table", name="A quién le toca responder").inner_text())


class ProcessPage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/procesos/{slug}")

    def contribute(self) -> ContributionForm:
        self.page.get_by_role("link", name="Presentar un aporte").first.click()
        return ContributionForm(self.page)


class ContributionList:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/procesos/{slug}/aportes")

    def search(self, words: str) -> None:
        box = self.page.get_by_role("searchbox", name="Buscar")
        box.fill(words)
        box.press("Enter")
        self.page.get_by_role("link", name="Quitar filtros").wait_for()

    @property
    def codes(self) -> list[str]:
        return [str(card.get_attribute("id")) for card in self.page.get_by_role("main").get_by_role("article").all()]
