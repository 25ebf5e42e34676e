"""Where the two sectors agree or not on an answer, and the batch that makes it public."""

from datetime import date
from typing import Any

from playwright.sync_api import expect

from tests.pages.processes import button, link


class SignaturesPage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/firmas")

    def card(self, code: str) -> Any:
        return self.page.locator(f"#{code}")

    def mark(self, *codes: str) -> None:
        for code in codes:
            self.page.get_by_role("checkbox", name=f"La leí y la firmo {code}").check()

    @property
    def sign_button(self) -> Any:
        return button(self.page, "Firmar las marcadas")

    def sign(self, *codes: str) -> None:
        self.mark(*codes)
        self.sign_button.click()
        for code in codes:
            self.page.get_by_role("checkbox", name=f"La leí y la firmo {code}").wait_for(state="detached")

    @property
    def refusal(self) -> Any:
        """What is said when nothing was signed."""
        return self.page.get_by_role("alert")

    def agreement(self, code: str) -> "AgreementPage":
        self.card(code).get_by_role("link", name="Objetar o dejar un desacuerdo").click()
        return AgreementPage(self.page)


class AgreementPage:
    """One answer and where each sector stands on it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Acuerdo sobre").wait_for()

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())

    def object_to(self, reason: str) -> None:
        self.page.get_by_text("Objetar este texto").click()
        self.page.get_by_label("Por qué objeta este texto").fill(reason)
        button(self.page, "Objetar").click()
        button(self.page, "Retirar mi objeción").wait_for()

    def dissent(self, reasons: str) -> None:
        self.page.get_by_text("Dejar un desacuerdo", exact=True).click()
        self.page.get_by_label("Su desacuerdo y sus razones").fill(reasons)
        button(self.page, "Dejarlo por escrito").click()
        self.page.get_by_text("Retirar mi desacuerdo").wait_for()


class PublicationPage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page, self.slug = page, slug
        page.goto(f"/mesa/procesos/{slug}/publicacion")

    def look_as_public(self) -> str:
        """What the public will read; then back here."""
        link(self.page, "Ver como público").click()
        self.page.get_by_text("Borrador: aún no público").wait_for()
        words = str(self.page.get_by_role("main").inner_text())
        link(self.page, "Volver a la publicación").click()
        return words

    def tick(self, *codes: str) -> None:
        """Only these."""
        for box in self._boxes.all():
            if box.is_enabled():
                box.set_checked(any(code in str(box.locator("xpath=..").inner_text()) for code in codes))

    @property
    def approved(self) -> str:
        return str(self.page.get_by_role("group", name="Respuestas del lote").inner_text())

    def schedule(self, day: date, hour: str) -> None:
        self.page.get_by_text("Publicar a una hora").click()
        self.page.get_by_label("Día", exact=True).fill(day.isoformat())
        self.page.get_by_label("Hora", exact=True).fill(hour)
        button(self.page, "Programar las marcadas").click()
        self.page.get_by_role("region", name="Lotes programados").wait_for()

    @property
    def scheduled(self) -> str:
        return str(self.page.get_by_role("region", name="Lotes programados").inner_text())

    @property
    def published(self) -> str:
        return str(self.page.get_by_role("region", name="Lotes publicados").inner_text())

    def publish(self, *codes: str) -> None:
        """All that are ticked, or only these."""
        if codes:
            self.tick(*codes)
        before = self.published
        button(self.page, "Publicar las marcadas").click()
        expect(self.page.get_by_role("region", name="Lotes publicados")).not_to_have_text(before, use_inner_text=True)

    @property
    def _boxes(self) -> Any:
        return self.page.get_by_role("group", name="Respuestas del lote").get_by_role("checkbox")
