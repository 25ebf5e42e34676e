"""The pile of what is to be answered, and the ways to answer many at once: one text with its fields, a spreadsheet."""

from typing import Any

from tests.pages.assignments import AssignPage
from tests.pages.feedback import Workbench
from tests.pages.processes import button, link


class PilePage:
    def __init__(self, page: Any, slug: str, query: str = "") -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/responder{query}")

    @classmethod
    def here(cls, page: Any) -> "PilePage":
        """The pile that is on the screen already."""
        page.get_by_role("heading", level=1, name="Responder aportes").wait_for()
        pile = cls.__new__(cls)
        pile.page = page
        return pile

    def only(self, chip: str) -> "PilePage":
        self.page.get_by_role("navigation").get_by_role("link", name=chip).click()
        self.page.get_by_role("link", name=chip).and_(self.page.locator("[aria-current]")).wait_for()
        return self

    @property
    def codes(self) -> list[str]:
        return [str(code) for code in self._pile.locator(".pile__row > span:first-child").all_inner_texts()]

    def standing(self, code: str) -> str:
        return str(self._pile.get_by_role("listitem").filter(has_text=code).inner_text())

    def open(self, code: str) -> Workbench:
        self._pile.get_by_role("link", name=code).click()
        return Workbench(self.page)

    def mark(self, *codes: str) -> None:
        for code in codes:
            self.page.get_by_role("checkbox", name=f"Marcar {code}").check()

    def assign(self, *codes: str) -> AssignPage:
        self.mark(*codes)
        button(self.page, "Asignar").click()
        return AssignPage(self.page)

    def answer_together(self, *codes: str) -> "BulkPage":
        self.mark(*codes)
        button(self.page, "Responder en bloque").click()
        return BulkPage(self.page)

    def take_to_a_sheet(self) -> Any:
        with self.page.expect_download() as download:
            link(self.page, "Llevar a una hoja").click()
        return download.value.path()

    def bring_from_a_sheet(self) -> "AnswersImportPage":
        link(self.page, "Traer respuestas de una hoja").click()
        return AnswersImportPage(self.page)

    @property
    def _pile(self) -> Any:
        return self.page.get_by_role("region", name="La pila")


class BulkPage:
    """One decision and one text for many; its fields are filled for each."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("button", name="Ver cada texto").wait_for()

    def use_template(self, name: str) -> None:
        self.page.get_by_label("Plantilla", exact=True).select_option(label=name)
        button(self.page, "Usar esta plantilla").click()
        self.page.get_by_role("button", name="Ver cada texto").wait_for()

    @property
    def text(self) -> str:
        return str(self.page.get_by_label("Por qué, dirigido").input_value())

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def choose_entity(self, name: str) -> None:
        self.page.get_by_label("Entidad que responde").select_option(label=name)

    def see_each(self) -> "BulkTexts":
        button(self.page, "Ver cada texto").click()
        return BulkTexts(self.page)


class BulkTexts:
    """What would be written to each, before anything is."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_text("Todavía no se guardó nada").wait_for()

    def text_for(self, code: str) -> str:
        return str(self.page.get_by_role("region", name=code).inner_text())

    def take_out(self, code: str) -> "BulkTexts":
        self.page.get_by_role("button", name=f"Quitar {code}").click()
        self.page.get_by_role("region", name=code).wait_for(state="detached")
        return BulkTexts(self.page)

    def send(self) -> None:
        button(self.page, "Guardar y enviar a revisión").click()
        PilePage.here(self.page)


class AnswersImportPage:
    """Answers that come back from a spreadsheet: first only looked at, then brought as drafts."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Traer respuestas de una hoja").wait_for()

    def check(self, file: Any) -> str:
        self._send(file, "Solo revisar")
        return str(self.page.get_by_role("main").inner_text())

    def bring(self, file: Any) -> PilePage:
        self._send(file, "Traer como borradores")
        return PilePage.here(self.page)

    @property
    def problems(self) -> list[list[str]]:
        rows = self.page.get_by_role("table", name="Problemas de la hoja").locator("tbody").get_by_role("row").all()
        return [[str(cell.inner_text()).strip() for cell in row.locator("th, td").all()] for row in rows]

    def _send(self, file: Any, with_button: str) -> None:
        self.page.get_by_label("Archivo CSV o XLSX").set_input_files(file)
        button(self.page, with_button).click()
        self.page.wait_for_load_state()
