"""The desk where a process and its schedule are made: themes, draft, the two approvals, publication."""

from dataclasses import dataclass
from datetime import date
from typing import Any


def button(page: Any, name: str) -> Any:
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def link(page: Any, name: str) -> Any:
    return page.get_by_role("main").get_by_role("link", name=name)


@dataclass(frozen=True)
class Meeting:
    """An opportunity as a person would write it; hours as "09:00"."""

    title: str
    kind: str
    first_day: date
    first_hour: str
    last_day: date
    last_hour: str
    place: str = ""
    url: str = ""


class NewProcessPage:
    def __init__(self, page: Any) -> None:
        self.page = page

    def open_from_desk(self, space: str) -> "NewProcessPage":
        self.page.goto("/mesa")
        link(self.page, f"Crear un proceso en {space}").click()
        return self

    def create(self, *, title: str, code: str, slug: str, summary: str) -> "ProcessDesk":
        self.page.get_by_label("Título").fill(title)
        self.page.get_by_label("Código").fill(code)
        self.page.get_by_label("Dirección").fill(slug)
        self.page.get_by_label("Tipo de proceso").select_option(label="Consulta pública")
        self.page.get_by_label("Resumen").fill(summary)
        self.page.get_by_label("Hasta dónde llega").select_option(label="Cooperar: las decisiones se preparan juntos")
        button(self.page, "Crear el proceso").click()
        self.page.get_by_role("heading", level=1, name=title).wait_for()
        return ProcessDesk(self.page, slug)


class ProcessDesk:
    """The page of one process on the desk."""

    def __init__(self, page: Any, slug: str) -> None:
        self.page, self.slug = page, slug

    def open(self) -> "ProcessDesk":
        self.page.goto(f"/mesa/procesos/{self.slug}")
        return self

    def add_theme(self, name: str, question: str) -> None:
        self.open()
        link(self.page, "Añadir o cambiar temas").click()
        self.page.get_by_label("Nombre del tema").fill(name)
        self.page.get_by_label("Pregunta a la gente").fill(question)
        button(self.page, "Añadir el tema").click()
        self.page.get_by_role("rowheader", name=name).wait_for()

    def start_schedule(self) -> "DraftPage":
        self.open()
        button(self.page, "Empezar el cronograma").click()
        return DraftPage(self.page)

    def change_schedule(self) -> "DraftPage":
        self.open()
        button(self.page, "Preparar un cambio del cronograma").click()
        return DraftPage(self.page)

    def review(self) -> "ReviewPage":
        self.open()
        link(self.page, "Revisar y aprobar").click()
        return ReviewPage(self.page)


class DraftPage:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Borrador del cronograma").wait_for()

    def fill_phases(self, start: date) -> None:
        self.page.get_by_label("Día en que empieza el proceso").fill(start.isoformat())
        button(self.page, "Llenar las seis fases").click()

    @property
    def phases(self) -> list[str]:
        return [str(name) for name in self.page.get_by_role("table", name="Fases del borrador").get_by_role("rowheader").all_inner_texts()]

    def set_start(self, day: date, hour: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name="el inicio").click()
        self.page.get_by_label("Día en que empieza").fill(day.isoformat())
        self.page.get_by_label("Hora").fill(hour)
        button(self.page, "Guardar").click()
        DraftPage(self.page)

    def add(self, meeting: Meeting) -> None:
        link(self.page, "Añadir una oportunidad").click()
        self.page.get_by_label("Título").fill(meeting.title)
        self.page.get_by_label("Tipo").select_option(label=meeting.kind)
        self.page.get_by_label("Día en que empieza").fill(meeting.first_day.isoformat())
        self.page.get_by_label("Hora en que empieza").fill(meeting.first_hour)
        self.page.get_by_label("Día en que termina").fill(meeting.last_day.isoformat())
        self.page.get_by_label("Hora en que termina").fill(meeting.last_hour)
        self.page.get_by_label("Lugar, con dirección").fill(meeting.place)
        self.page.get_by_label("Enlace").fill(meeting.url)
        self.page.get_by_label("Quién puede participar").fill("Toda persona del barrio.")
        self.page.get_by_label("Cómo inscribirse").fill("No hace falta inscribirse.")
        self.page.get_by_label("Contacto").fill("Secretaría General, anexo 105")
        button(self.page, "Guardar la oportunidad").click()
        self.page.get_by_role("table", name="Oportunidades del borrador").get_by_role("rowheader", name=meeting.title).wait_for()

    @property
    def checks(self) -> list[str]:
        return [str(text) for text in self.page.get_by_role("region", name="Antes de publicar").get_by_role("listitem").all_inner_texts()]

    def send(self) -> None:
        button(self.page, "Enviar a aprobación").click()
        self.page.get_by_text("Espera las dos aprobaciones").first.wait_for()


class ReviewPage:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Revisar y publicar el cronograma").wait_for()

    def approve_as_secretariat(self) -> None:
        button(self.page, "Aprobar por la secretaría").click()
        button(self.page, "Aprobar por la secretaría").wait_for(state="detached")

    def approve_as_civil_society(self) -> None:
        button(self.page, "Aprobar por el sector no gubernamental").click()
        button(self.page, "Aprobar por el sector no gubernamental").wait_for(state="detached")

    @property
    def may_publish(self) -> bool:
        return bool(button(self.page, "Publicar").is_enabled())

    def publish(self) -> None:
        button(self.page, "Publicar").click()
        self.page.wait_for_load_state()


class SchedulePage:
    """The public schedule."""

    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/procesos/{slug}/cronograma")

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())
