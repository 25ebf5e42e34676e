"""Letters that carry an answer, what their reader may say to it, and what the forum says back."""

import re
from typing import Any

from tests.pages.desk import Desk
from tests.pages.processes import button, link


class DeliveriesPage:
    """Where each letter is."""

    def __init__(self, page: Any) -> None:
        self.page = page
        Desk(page).go("Cartas de respuesta")
        page.get_by_role("heading", level=1, name="Cartas de respuesta").wait_for()

    def count(self, state: str) -> int:
        chip = self.page.get_by_role("navigation", name="Dónde está la carta").get_by_role("link", name=state, exact=False)
        return int(str(chip.inner_text()).split()[-1])

    def only(self, state: str) -> None:
        self.page.get_by_role("navigation", name="Dónde está la carta").get_by_role("link", name=state).click()
        self.page.wait_for_load_state()

    @property
    def codes(self) -> list[str]:
        return [str(cell.inner_text()).split()[0] for cell in self.page.get_by_role("rowheader").all()]

    def print(self, *codes: str) -> str:
        """What comes out of the printer: a list to sign, then a letter for each."""
        for code in codes:
            self.page.get_by_role("checkbox", name=f"Imprimir {code}").check()
        button(self.page, "Imprimir las marcadas").click()
        self.page.get_by_role("heading", level=1, name="Cartas por entregar").wait_for()
        return str(self.page.locator("body").inner_text())

    def log_of(self, code: str) -> str:
        link(self.page, code).click()
        return str(self.page.get_by_role("region", name="Qué pasó con esta carta").inner_text())


class MinePage:
    """What a private link opens."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Mis aportes").wait_for()

    def words_about(self, code: str) -> str:
        return str(self.page.locator(f"#{code}").inner_text())

    def reply_to(self, code: str) -> "ReplyForm":
        self.page.locator(f"#{code}").get_by_role("link", name="Replicar").click()
        return ReplyForm(self.page)


class ReplyForm:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Replicar a la respuesta").wait_for()

    def say(self, kind: str, words: str) -> None:
        self.page.get_by_role("radio", name=kind).check()
        self.words.fill(words)
        button(self.page, "Enviar la réplica").click()
        self.page.wait_for_load_state()

    @property
    def words(self) -> Any:
        return self.page.get_by_label("Sus razones o su pregunta")

    @property
    def errors(self) -> Any:
        return self.page.get_by_role("alert")


class DeskReplies:
    """The replies of a process, for those who must answer them."""

    def __init__(self, page: Any) -> None:
        self.page = page
        Desk(page).go("Réplicas a las respuestas")

    def open(self, code: str) -> "DeskReply":
        link(self.page, f"{code}, réplica").click()
        return DeskReply(self.page)

    def everything(self) -> "DeskReplies":
        self.page.get_by_role("navigation", name="Estado de la réplica").get_by_role("link", name="Todas").click()
        self.page.wait_for_load_state()
        return self


class DeskReply:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Réplica").wait_for()

    def let_read(self) -> None:
        button(self.page, "Dejarla a la vista").click()
        self.page.get_by_text("la dejó a la vista").wait_for()

    def answer(self, words: str) -> None:
        self.page.get_by_role("radio", name=re.compile("^Contestar")).check()
        self.page.get_by_label("Contestación o razón").fill(words)
        button(self.page, "Cerrar y publicar").click()
        self.page.get_by_role("heading", level=2, name="Contestada").wait_for()

    def point_to_the_change(self) -> None:
        button(self.page, "Esta versión salió de la réplica").click()
        self.page.get_by_role("region", name="Qué cambió por esta réplica").get_by_role("listitem").first.wait_for()


class RepliesPage:
    """What anybody reads of what was replied to an answer."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Réplicas a la respuesta").wait_for()

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())
