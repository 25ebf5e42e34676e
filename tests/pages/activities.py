"""Workshops on the desk: the board, the record that is opened, and the way to the capture sheet."""

from typing import Any

from tests.pages.contributions import CaptureSheet


class BoardPage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/actividades")

    def record_of(self, title: str) -> "RecordPage":
        self.page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
        return RecordPage(self.page)


class RecordPage:
    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self) -> "RecordPage":
        self.page.get_by_role("button", name="Abrir el registro").click()
        return self

    def capture(self) -> CaptureSheet:
        self.page.get_by_role("link", name="Anotar lo que se dijo").click()
        return CaptureSheet(self.page)
