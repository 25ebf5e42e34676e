"""Forms of the evaluation: shape only."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.fields import Form, line
from app.core.fields import text as paragraph
from app.evaluation.messages import PROBLEMS

WHOLE = lazy_gettext("Escriba un número entero.")
YES, NO = "si", "no"


class AppointmentForm(Form):
    """The document that names the committee."""

    messages = PROBLEMS
    appointed_by = line(lazy_gettext("Documento que nombra al comité"), 300, required=False)


class MemberForm(Form):
    """A person of the space and the post in which they judge; `offer` fills the list before it is shown."""

    messages = PROBLEMS
    person = SelectField(lazy_gettext("Persona"), validators=[Optional()], validate_choice=False)
    post = line(lazy_gettext("Cargo con que participa"), 200, required=False)

    def offer(self, people: list[tuple[int, str]]) -> "MemberForm":
        offered: list[tuple[str, Any]] = [("", lazy_gettext("Elija…")), *((str(id_), name) for id_, name in people)]
        self.person.choices = [SelectChoice(value, label) for value, label in offered]
        return self

    def person_id(self) -> int:
        """The chosen person; 0, which is nobody, for anything else."""
        return _number(self.person.data)


class ItemsForm(Form):
    """Which contributions the committee judges: by code, or a whole theme."""

    messages = PROBLEMS
    codes = paragraph(lazy_gettext("Códigos de los aportes"), 20_000, required=False)
    theme = SelectField(lazy_gettext("O todos los públicos de un tema"), validators=[Optional()], validate_choice=False)

    def offer(self, themes: list[tuple[int, str]]) -> "ItemsForm":
        offered: list[tuple[str, Any]] = [("", lazy_gettext("Ninguno")), *((str(id_), name) for id_, name in themes)]
        self.theme.choices = [SelectChoice(value, label) for value, label in offered]
        return self

    def theme_id(self) -> int | None:
        return _number(self.theme.data) or None


class DeclarationForm(Form):
    """Whether a member has a conflict of interest, and with what."""

    messages = PROBLEMS
    has_conflict = RadioField(
        lazy_gettext("¿Tiene algún conflicto de interés con los aportes que va a evaluar?"),
        choices=[SelectChoice(NO, lazy_gettext("No tengo ninguno")), SelectChoice(YES, lazy_gettext("Sí, con los que digo abajo"))],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip
    codes = paragraph(lazy_gettext("Códigos de los aportes con que tiene conflicto"), 4_000, required=False)
    organisations = paragraph(lazy_gettext("Organizaciones con que tiene conflicto, una por línea"), 4_000, required=False)
    statement = paragraph(lazy_gettext("En qué consiste"), 4_000, required=False)

    def answer(self) -> bool | None:
        """Yes, no, or None when nothing was marked."""
        return {YES: True, NO: False}.get(self.has_conflict.data or "")


class RankingForm(Form):
    """Publishing the ranking; the reason is asked for when one is public already."""

    messages = PROBLEMS
    reason = paragraph(lazy_gettext("Por qué cambia el orden publicado"), 2_000, required=False)


class ScoreForm(Form):
    """A mark and a comment for each criterion, built for the criteria of one process by `of`."""

    messages = PROBLEMS

    @classmethod
    def of(cls, measures: Any, marks: dict[int, tuple[int, str]] | None = None) -> "ScoreForm":
        """The form with a field for each criterion, showing `marks` (criterion id -> mark, comment) or what was typed."""
        fields: dict[str, Any] = {}
        for measure in measures:
            fields[f"mark-{measure.id}"] = IntegerField(
                lazy_gettext("Puntaje, de %(lowest)s a %(highest)s", lowest=measure.lowest, highest=measure.highest),
                validators=[Optional()],
            )
            fields[f"comment-{measure.id}"] = line(lazy_gettext("Comentario para usted"), 500, required=False)
        kind = type("ProcessScoreForm", (cls,), fields)
        shown: dict[str, Any] = {f"mark-{id_}": mark for id_, (mark, _) in (marks or {}).items()}
        shown |= {f"comment-{id_}": comment for id_, (_, comment) in (marks or {}).items()}
        made: ScoreForm = kind(data=shown) if request.method == "POST" else kind(formdata=None, data=shown)
        return made

    def marks(self, measures: Any) -> dict[int, int | None]:
        return {measure.id: self[f"mark-{measure.id}"].data for measure in measures}

    def comments(self, measures: Any) -> dict[int, str]:
        return {measure.id: self[f"comment-{measure.id}"].data or "" for measure in measures}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
