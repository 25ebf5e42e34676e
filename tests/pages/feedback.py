"""One answer: the workbench where it is written, and the page the public reads."""

from typing import Any

from tests.pages.assignments import AssignmentPage
from tests.pages.processes import button


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

    def add(self, label: str, words: str) -> None:
        """At the end of what is written."""
        field = self.page.get_by_label(label)
        field.fill(f"{field.input_value()}{words}")

    def choose_criterion(self, name: str) -> None:
        self.page.get_by_label("Criterio aplicado").select_option(label=name)

    def choose_entity(self, name: str) -> None:
        self.page.get_by_label("Entidad que responde").select_option(label=name)

    @property
    def errors(self) -> Any:
        """The summary above the form; it appears when an answer is not ready."""
        return self.page.get_by_role("alert")

    def save(self) -> None:
        button(self.page, "Guardar borrador").click()

    def send_to_review(self) -> None:
        button(self.page, "Enviar a revisión").click()

    def split(self) -> list["Idea"]:
        """One answer with a decision for each of two ideas."""
        button(self.page, "Separar en varias ideas").click()
        self.page.get_by_role("group", name="Idea 2", exact=True).wait_for()
        return [Idea(self.page, number) for number in (1, 2)]

    def who_answers(self) -> AssignmentPage:
        self.page.get_by_role("link", name="Pasar, devolver o ver por dónde pasó").click()
        return AssignmentPage(self.page)

    def said(self, level: str) -> list[str]:
        """The checks of one level, as the writer reads them: "Impide publicar" or "Conviene mejorar"."""
        return [str(text) for text in self.checks.get_by_role("listitem").filter(has_text=f"{level}:").all_inner_texts()]


class Idea:
    """One of the things that a contribution asks for."""

    def __init__(self, page: Any, number: int) -> None:
        self.part = page.get_by_role("group", name=f"Idea {number}", exact=True)

    def written(self, label: str) -> str:
        return str(self.part.get_by_label(label).input_value())

    def choose(self, outcome: str) -> None:
        self.part.get_by_role("radio", name=outcome, exact=True).check()

    def select(self, label: str, option: str) -> None:
        self.part.get_by_label(label, exact=True).select_option(label=option)

    def write(self, label: str, words: str) -> None:
        self.part.get_by_label(label).fill(words)


class AnswerPage:
    """The answer as anybody reads it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.get_by_role("heading", level=2, name="Qué se decidió").wait_for()

    @property
    def words(self) -> str:
        return str(self.page.get_by_role("main").inner_text())
