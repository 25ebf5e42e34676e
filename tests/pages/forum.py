"""The pages of the forum as those who use them see them."""

from typing import Any

from tests.browser import Browser, ParsedPage

MEETING = {
    "kind": "ordinary", "mode": "in-person", "title": "Primera sesión", "day": "2099-03-10", "starts": "09:00", "ends": "11:00",
    "place": "Sala 1", "agenda": "1. Balance del plan", "norm": "", "url": "", "process_slug": "",
}  # fmt: skip


class ForumDesk:
    """The forum of one space, through the forms of the desk."""

    def __init__(self, browser: Browser, slug: str = "cusco") -> None:
        self.browser, self.slug = browser, slug

    def set_up(self, **changes: Any) -> ParsedPage:
        return self.browser.post("forum.set_up", {"name": "Foro de prueba", "summary": "Un foro."} | changes, slug=self.slug)

    def appoint(self, number: int, sector: str, holder: str, *, status: int = 303, **changes: Any) -> ParsedPage:
        data = {
            "seat-number": str(number), "seat-sector": sector, "seat-organisation": "", "seat-holder_name": holder,
            "seat-starts_on": "2026-01-01", "seat-appointed_by": "Resolución 001",
        } | {f"seat-{name}": value for name, value in changes.items()}  # fmt: skip
        return self.browser.post("forum.appoint", data, slug=self.slug, status=status)

    def convene(self, *, status: int = 303, **changes: Any) -> ParsedPage:
        return self.browser.post("forum.convene", MEETING | changes, slug=self.slug, status=status)

    def page(self, meeting: str = "primera-sesion") -> ParsedPage:
        return self.browser.get("forum.desk_meeting", slug=self.slug, meeting=meeting)

    def write_minutes(self, text: str, *, based_on: str = "0", status: int = 303, **more: Any) -> ParsedPage:
        data = {"minutes-text": text, "minutes-based_on": based_on} | {f"minutes-{name}": value for name, value in more.items()}
        return self.browser.post("forum.write_minutes", data, slug=self.slug, meeting="primera-sesion", status=status)

    def hash_on_the_page(self) -> str:
        found = self.page().soup.find("input", {"name": "approve-sha256"})
        return str(found["value"]) if found else ""
