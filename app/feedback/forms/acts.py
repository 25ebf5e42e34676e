"""Forms of the acts around an answer: notes, answers ticked in a list, files, signatures under the plan."""

from collections.abc import Sequence

from flask import request
from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from app.core.errors import Problem
from app.core.fields import REQUIRED, Form
from app.core.fields import text as paragraph
from app.core.text import clean_line
from app.feedback.messages import ALL
from app.plans.messages import PROBLEMS as PLAN_PROBLEMS
from app.processes.messages import filled
from app.processes.rules.transitions import StateProblem


class NoteForm(Form):
    """A note of the team, or the reason for sending an answer back."""

    messages = ALL
    note = paragraph(lazy_gettext("Nota"), 4_000)


class ChosenForm(Form):
    """Answers ticked in a list: `chosen` holds "id:sha256" or "id:revision" as the list showed it."""

    messages = ALL

    def chosen(self) -> list[tuple[int, str]]:
        found = []
        for item in request.form.getlist("chosen"):
            id_, _, sha256 = item.partition(":")
            if id_.isascii() and id_.isdigit() and len(id_) < 12:
                found.append((int(id_), sha256))
        return list(dict.fromkeys(found))

    def revisions(self) -> list[tuple[int, int]]:
        """The chosen answers with the revision the list showed; 0 for what is not a number."""
        return [(id_, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0) for id_, seen in self.chosen()]


class ImportForm(Form):
    file = FileField(lazy_gettext("Archivo CSV o XLSX"), validators=[FileRequired(REQUIRED)])
    map_name = SelectField(lazy_gettext("Cómo se lee"), choices=[], validate_choice=False, filters=[clean_line])
    map = FileField(lazy_gettext("Mapa de columnas (TOML)"))

    def offer(self, names: Sequence[str]) -> "ImportForm":
        """Fill the list of maps kept earlier."""
        first = SelectChoice("", lazy_gettext("Con la hoja de la pila, o elijo las columnas después"))
        self.map_name.choices = [first, *(SelectChoice(name, name) for name in names)]
        return self


class ApprovalForm(Form):
    """A signature under the plan; the reason is only for approving with contributions that still wait."""

    messages = {**PLAN_PROBLEMS, **ALL}

    def sentence(self, problem: Problem) -> str:
        return filled(problem) if isinstance(problem.code, StateProblem) else super().sentence(problem)

    revision = HiddenField()
    seat = HiddenField()
    override_reason = paragraph(lazy_gettext("Razón pública para aprobar sin esas respuestas"), 4_000, required=False)
