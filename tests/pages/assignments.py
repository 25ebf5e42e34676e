"""Who is to answer what, and until when: a pile given at once, one contribution passed on or given back."""

from datetime import date
from typing import Any

from tests.pages.processes import button


class AssignPage:
    """Giving many at once: first what would change, then it is done."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Asignar").wait_for()

    def preview(self, *, to: str, until: date, note: str = "") -> str:
        self.page.get_by_label("Entidad que debe responder").select_option(label=to)
        self.page.get_by_label("Debe responder hasta el").fill(until.isoformat())
        self.page.get_by_label("Nota para la entidad").fill(note)
        button(self.page, "Ver qué cambia").click()
        self.page.get_by_text("Todavía no se guardó nada").wait_for()
        return str(self.page.get_by_role("main").inner_text())

    def assign(self) -> None:
        self.page.get_by_role("main").get_by_role("button", name="Asignar").click()
        self.page.get_by_role("heading", level=1, name="Responder aportes").wait_for()


class AssignmentPage:
    """One contribution: who has it, the ways on, and where it has been."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Quién responde").wait_for()

    def forward(self, *, to: str, note: str) -> None:
        form = self.page.get_by_role("region", name="Pasarlo a otra entidad")
        form.get_by_label("Entidad que debe responder").select_option(label=to)
        form.get_by_label("Por qué le corresponde").fill(note)
        form.get_by_role("button", name="Pasar").click()
        form.wait_for(state="detached")

    def give_back(self, note: str) -> None:
        form = self.page.get_by_role("region", name="Devolverlo a la secretaría")
        form.get_by_label("Por qué se devuelve").fill(note)
        form.get_by_role("button", name="Devolver").click()
        form.wait_for(state="detached")

    @property
    def steps(self) -> str:
        return str(self.page.get_by_role("region", name="Por dónde pasó").inner_text())
