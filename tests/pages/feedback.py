"""Answers: the workbench where they are written, the signatures, the batch, and the page the public reads."""

from typing import Any

from tests.pages.processes import button, link


class PilePage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/responder")

    def open(self, code: str) -> "Workbench":
        self.page.get_by_role("region", name="La pila").get_by_role("link", name=code).click()
        return Workbench(self.page)


class Workbench:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Responder").wait_for()

    @property
    def checks(self) -> Any:
        return self.page.get_by_role("region", name="Revisión")

    def choose(self, outcome: str) -> None:
        self.page.get_by_role("radio", name=outcome, exact=True).check()

    def give_reason(self, reason: str) -> None:
        self.page.get_by_label("Motivo", exact=True).select_option(label=reason)

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    @property
    def errors(self) -> Any:
        """The summary above the form; it appears when an answer is not ready."""
        return self.page.get_by_role("alert")

    def save(self) -> None:
        button(self.page, "Guardar borrador").click()

    def send_to_review(self) -> None:
        button(self.page, "Enviar a revisión").click()


class SignaturesPage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/firmas")

    def sign(self, *codes: str) -> None:
        for code in codes:
            self.page.get_by_role("checkbox", name=f"La leí y la firmo {code}").check()
        button(self.page, "Firmar las marcadas").click()
        for code in codes:
            self.page.get_by_role("checkbox", name=f"La leí y la firmo {code}").wait_for(state="detached")


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

    def publish(self) -> None:
        button(self.page, "Publicar las marcadas").click()
        self.page.get_by_role("region", name="Lotes publicados").get_by_role("listitem").first.wait_for()


class AnswerPage:
    """The answer as anybody reads it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=2, name="Qué se decidió").wait_for()

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())
