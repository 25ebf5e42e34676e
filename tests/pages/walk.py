"""Somebody who types no address after the first: every page is reached by a link of the page before."""

from typing import Any
from urllib.parse import urljoin


class Walk:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.goto("/")

    def menu(self, name: str) -> "Walk":
        self.page.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
        return self._arrive()

    def home(self) -> "Walk":
        self.page.get_by_role("banner").get_by_role("link", name="Minka").click()
        return self._arrive()

    def follow(self, name: str, *, exact: bool = False) -> "Walk":
        """The first link of the page's own content, or of the way back above it, with that name."""
        self._content.get_by_role("link", name=name, exact=exact).first.click()
        return self._arrive()

    @property
    def title(self) -> str:
        return str(self.page.get_by_role("heading", level=1).inner_text())

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())

    @property
    def path(self) -> str:
        return str(self.page.evaluate("location.pathname + location.search"))

    def download(self, name: str, *, exact: bool = False) -> bytes:
        """What a link of the page gives to who saves it."""
        address = self._content.get_by_role("link", name=name, exact=exact).first.get_attribute("href")
        answer = self.page.request.get(urljoin(self.page.url, address))
        assert answer.ok, f"{address} answers {answer.status}"
        return bytes(answer.body())

    @property
    def _content(self) -> Any:
        return self.page.locator("main, aside, .breadcrumbs")

    def _arrive(self) -> "Walk":
        self.page.wait_for_load_state()
        self.page.get_by_role("heading", level=1).wait_for()
        return self
