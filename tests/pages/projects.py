"""What people see and do on the pages of projects."""

from __future__ import annotations

from typing import Any

REFUSAL = (
    "El local que se propone está alquilado hasta 2029, y la ley no deja gastar dinero público en un local de otro. La necesidad de las "
    "personas mayores es real y está en el diagnóstico del distrito."
)


class ProjectDesk:
    """The municipal team's pages about one project."""

    def __init__(self, page: Any, slug: str) -> None:
        self.page, self.slug = page, slug

    def write_from(self, code: str, title: str) -> str:
        """Pick a contribution, write the project, publish it; its code."""
        page = self.page
        page.goto(f"/mesa/procesos/{self.slug}/proyectos/aportes?q={code}")
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Escribir el proyecto con los marcados").click()
        page.get_by_label("Título").fill(title)
        page.get_by_label("Qué problema resuelve").fill("Las personas mayores pasan el día solas y no hay un lugar cerca donde almorzar.")
        page.get_by_label("Costo en soles").fill("210 000.00")
        page.get_by_label("Cómo se calculó el costo").fill("Presupuesto de acondicionamiento de la oficina de obras.")
        page.get_by_role("button", name="Guardar", exact=True).click()
        page.get_by_role("button", name="Publicar", exact=True).click()
        page.wait_for_load_state()
        return str(page.url.rsplit("/", 1)[1])

    def assign(self, code: str, name: str) -> None:
        self.page.goto(f"/mesa/proyectos/{code}")
        self.page.get_by_label("Quién lo evalúa").select_option(label=name)
        self.page.get_by_role("button", name="Asignar").click()
        self.page.wait_for_load_state()

    def declare(self, code: str) -> None:
        self.page.goto(f"/mesa/proyectos/{code}/evaluacion")
        self.page.get_by_label("No tengo ninguno").check()
        self.page.get_by_role("button", name="Declarar").click()
        self.page.wait_for_load_state()

    def find(self, unmet: str = "") -> None:
        """Mark every criterion as met, or the formal ones with `unmet` not met."""
        for group in self.page.locator("fieldset").all():
            legend = group.locator("legend").first.inner_text()
            if group.get_by_label("Necesita cambios").count():
                group.get_by_label("No cumple" if unmet and unmet in legend else "Cumple", exact=True).check()
        if unmet:
            self.page.get_by_label(f"Nota sobre «{unmet}»").fill("El local está alquilado hasta 2029 por otra persona.")

    def refuse(self) -> None:
        self.page.get_by_label("No admisible", exact=True).check()
        self.page.locator("summary", has_text="Si no es admisible").click()
        self.page.get_by_label("Resultado", exact=True).select_option("not_adopted")
        self.page.get_by_label("Motivo", exact=True).select_option("R03")
        self.page.get_by_label("Por qué, en palabras que se entiendan").fill(REFUSAL)
        self.page.get_by_label("Criterio publicado que se aplicó").fill("Situación legal del terreno")
        self.page.get_by_label("Qué tendría que cambiar para que entre").fill("Que se proponga un local de la municipalidad.")
        self.page.get_by_label("Norma o documento que lo respalda").fill("Contrato de alquiler inscrito, y Ley 28112")

    def admit(self) -> None:
        self.page.get_by_label("Admisible", exact=True).check()
        self.page.get_by_label("Opinión técnica").fill(
            "El local municipal de la calle Ayacucho está libre y saneado, y cumple los demás criterios."
        )

    def send(self) -> None:
        self.page.get_by_role("button", name="Enviar a aprobación").click()
        self.page.wait_for_load_state()

    def approve(self, code: str) -> None:
        self.page.goto(f"/mesa/proyectos/{code}/evaluacion")
        self.page.get_by_role("button", name="Aprobar la evaluación").click()
        self.page.wait_for_load_state()

    def publish_evaluations(self) -> None:
        self.page.goto(f"/mesa/procesos/{self.slug}/proyectos/publicar")
        self.page.get_by_role("button", name="Publicar las marcadas").click()
        self.page.wait_for_load_state()

    def uphold(self, code: str, reason: str) -> None:
        self.page.goto(f"/mesa/proyectos/{code}/apelaciones/1")
        self.page.get_by_label("Procede: se evalúa otra vez").check()
        self.page.get_by_label("Por qué").fill(reason)
        self.page.get_by_role("button", name="Resolver").click()
        self.page.wait_for_load_state()
