"""The desk of one person: what waits, and the ways to each of their processes."""

from typing import Any

CUSCO = "Plan de gobierno abierto del Cusco 2027-2028"


class Desk:
    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self) -> "Desk":
        self.page.goto("/mesa")
        return self

    def go(self, way: str, process: str = CUSCO) -> None:
        """Follow one of the links of a process."""
        self.open().way(way, process).click()
        self.page.get_by_role("heading", level=1, name="Mi mesa").wait_for(state="detached")

    def way(self, way: str, process: str = CUSCO) -> Any:
        here = self.page.get_by_role("article").filter(has=self.page.get_by_role("link", name=process))
        return here.get_by_role("link", name=way, exact=True)

    @property
    def waiting(self) -> str:
        return str(self.page.get_by_role("region", name="Lo que espera por usted").inner_text())
