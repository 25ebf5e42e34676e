"""What people say, as it is written down: the public form and its receipt, the capture sheet, the import of a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


class CaptureSheet:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Hoja de captura").wait_for()

    def say(self, words: str, *, speaker: str, theme: str = "") -> None:
        self.page.get_by_label("Qué dijo").fill(words)
        self.page.get_by_label("Quién habló").fill(speaker)
        if theme:
            self.page.get_by_label("Tema").select_option(label=theme)
        self.page.get_by_role("button", name="Guardar y seguir").click()

    @property
    def state(self) -> Any:
        """The line that says what is saved and where."""
        return self.page.locator("#sync")

    @property
    def waiting(self) -> Any:
        return self.page.get_by_role("list", name="En este equipo").get_by_role("article")

    @property
    def kept(self) -> Any:
        return self.page.locator("#recogidos-lista").get_by_role("article")


class ImportPage:
    def __init__(self, page: Any, slug: str) -> None:
        self.page = page
        page.goto(f"/mesa/procesos/{slug}/importar")

    def check(self, file: Path) -> "ImportCheck":
        self.page.get_by_label("Archivo CSV o XLSX").set_input_files(file)
        self.page.get_by_role("button", name="Revisar el archivo").click()
        return ImportCheck(self.page)


class ImportCheck:
    def __init__(self, page: Any) -> None:
        self.page = page

    @property
    def problems(self) -> list[list[str]]:
        """Row, column and sentence of each."""
        table = self.page.get_by_role("table", name="Problemas del archivo, por fila")
        rows = table.locator("tbody").get_by_role("row").all()
        return [[str(cell.inner_text()).strip() for cell in row.locator("th, td").all()] for row in rows]

    def is_ready(self) -> bool:
        return bool(self.page.get_by_text("El archivo está listo").is_visible())

    def upload_again(self, slug: str) -> ImportPage:
        self.page.get_by_role("link", name="Subir el archivo corregido").click()
        return ImportPage(self.page, slug)

    def confirm(self) -> list[str]:
        """The codes of what was imported, in the order of the file."""
        self.page.get_by_role("button", name="Importar ahora").click()
        self.page.get_by_role("heading", level=1, name="Se import").wait_for()
        return [str(code) for code in self.page.get_by_role("main").get_by_role("code").all_inner_texts()]


@dataclass(frozen=True)
class Said:
    """What a citizen writes in the public form."""

    text: str
    name: str = "Rosa Quispe Huamán"
    theme: str = ""
    appears: str = "Con mis iniciales"


class ContributionForm:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Presentar un aporte").wait_for()

    def fill(self, said: Said) -> None:
        if said.theme:
            self.page.get_by_label("Tema").select_option(label=said.theme)
        self.page.get_by_label("¿Qué quiere decir?").fill(said.text)
        self.page.get_by_label("Su nombre y apellidos").fill(said.name)
        self.page.get_by_role("radio", name=said.appears).check()

    @property
    def said(self) -> str:
        return str(self.page.get_by_label("¿Qué quiere decir?").input_value())

    @property
    def errors(self) -> Any:
        return self.page.get_by_role("alert")

    @property
    def send_button(self) -> Any:
        return self.page.get_by_role("button", name="Enviar aporte")

    def send(self) -> "ReceiptPage":
        self.send_button.click()
        return ReceiptPage(self.page)

    def send_twice(self) -> "ReceiptPage":
        """A finger that is not sure: two clicks before the page can change."""
        self.send_button.dblclick(no_wait_after=True)
        return ReceiptPage(self.page)


class ReceiptPage:
    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=1, name="Recibimos su aporte").wait_for()

    @property
    def code(self) -> str:
        return str(self.page.get_by_role("code").first.inner_text())

    @property
    def private_link(self) -> str:
        return str(self.page.locator(".receipt__link").get_by_role("link").get_attribute("href"))

    @property
    def draws_its_qr(self) -> bool:
        drawn = self.page.get_by_role("img", name="Código QR del enlace privado")
        return bool(drawn.evaluate("image => image.decode().then(() => image.naturalWidth > 0)"))
