"""What people see and do on the pages of the act, of its execution and of the vigilance committee."""

from __future__ import annotations

from datetime import date
from typing import Any


class ActDesk:
    """The act on the desk: the municipal team writes it, the agents sign it."""

    def __init__(self, page: Any, slug: str) -> None:
        self.page, self.slug, self.address = page, slug, f"/mesa/procesos/{slug}/presupuesto/acta"

    def begin(self) -> None:
        self.page.goto("/mesa")
        self.page.locator(f"a[href='{self.address}']").click()
        self.page.get_by_role("button", name="Empezar el acta").click()

    def head(self, held_on: date, place: str, *, council: int, agents: int) -> None:
        page = self.page
        page.get_by_label("Día de la asamblea").fill(held_on.isoformat())
        page.get_by_label("Lugar de la asamblea").fill(place)
        page.get_by_label("Firmas del consejo").fill(str(council))
        page.get_by_label("Firmas de agentes").fill(str(agents))
        page.get_by_role("button", name="Guardar", exact=True).click()

    def line(self, title: str, unit: str, due_on: date) -> None:
        page = self.page
        page.get_by_role("link", name=title).click()
        page.get_by_label("De dónde sale el dinero").select_option("determined")
        page.get_by_label("Unidad responsable").select_option(label=unit)
        page.get_by_label("A qué se compromete la entidad").fill("Aprobar el expediente en marzo y convocar la obra en abril.")
        page.get_by_label("A qué se comprometen los agentes").fill("Ceder el paso por el terreno comunal y nombrar dos veedores.")
        page.get_by_label("Plazo").fill(due_on.isoformat())
        page.get_by_role("button", name="Guardar la línea").click()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()

    def sign(self, *, post: str = "") -> None:
        """From one's own desk as an agent; with a post, for the municipality."""
        page = self.page
        if post:
            page.goto(f"{self.address}/firmar")
            page.get_by_label("Cargo").fill(post)
        else:
            page.goto("/mesa")
            page.locator(f"a[href='{self.address}/firmar']").click()
        page.get_by_label("Leí el acta").check()
        page.get_by_role("button", name="Firmar el acta").click()


class VigilanceDesk:
    """The committee's desk, and where the entity replies."""

    def __init__(self, page: Any, slug: str) -> None:
        self.page, self.address = page, f"/mesa/procesos/{slug}/presupuesto/vigilancia"

    def open(self) -> None:
        """From one's own desk, as people get there."""
        self.page.goto("/mesa")
        self.page.locator(f"a[href='{self.address}']").first.click()

    def find(self, title: str, work: str, what: str, asked: str) -> None:
        page = self.page
        page.get_by_role("link", name="Escribir un hallazgo").click()
        page.get_by_label("Título").fill(title)
        page.get_by_label("De qué proyecto del acta").select_option(label=work)
        page.get_by_label("Qué encontró el comité").fill(what)
        page.get_by_label("Qué se le pide a la entidad").fill(asked)
        page.get_by_label("Serio").check()
        page.get_by_role("button", name="Guardar y aprobar").click()

    def choose(self, title: str) -> None:
        self.open()
        self.page.get_by_role("link", name=title).click()

    def approve(self, title: str) -> None:
        self.choose(title)
        self.page.get_by_role("button", name="Lo leí y lo apruebo").click()

    def reply(self, text: str, until: date) -> None:
        self.page.get_by_label("Qué hará la entidad").fill(text)
        self.page.get_by_label("Hasta cuándo").fill(until.isoformat())
        self.page.get_by_role("button", name="Publicar la respuesta").click()

    def close(self, checked: str) -> None:
        self.page.get_by_label("Qué comprobó el comité").fill(checked)
        self.page.get_by_role("button", name="El comité está conforme").click()
