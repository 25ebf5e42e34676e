"""What is typed in a scrutiny: tables, lists, papers, the seed. Shape only; what it means is judged by rules."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.fields import REQUIRED, Form, line, text
from app.scrutiny import messages
from app.scrutiny.rules.acts import LONGEST_SEED
from app.scrutiny.rules.tables import MOST_BALLOTS, Entry, Sheet

HIGHEST = MOST_BALLOTS * 1_000


class TableForm(Form):
    messages = messages.PROBLEMS
    number = IntegerField(_("Número de la mesa"), validators=[InputRequired(REQUIRED)])
    place = line(_("Dónde está"), 200)
    ubigeo = SelectField(_("Distrito"), validate_choice=False)
    members = text(_("Quiénes la integran"), 600, required=False)

    def prepare(self, places: list[tuple[str, str]]) -> None:
        self.ubigeo.choices = [SelectChoice("", gettext("Todo el territorio")), *(SelectChoice(code, name) for code, name in places)]


class ActaForm(Form):
    messages = messages.PROBLEMS
    file = FileField(_("Acta escaneada (PDF o foto)"))


class MarksForm(Form):
    messages = messages.PROBLEMS
    documents = text(_("DNI de quienes firmaron, uno por línea"), 200_000)

    def lines(self) -> list[str]:
        return [typed.strip() for typed in (self.documents.data or "").splitlines() if typed.strip()]


class SeedForm(Form):
    messages = messages.PROBLEMS
    seed = line(_("Semilla, tal como aparece en la fuente"), LONGEST_SEED)


class DestroyForm(Form):
    messages = messages.PROBLEMS
    confirms = BooleanField(_("Entiendo que la llave no se recupera: después nadie podrá saber si una persona estuvo en el padrón"))


def _whole(label: Any) -> IntegerField:
    wrong = _("Escriba un número entero, 0 o más.")
    return IntegerField(label, validators=[InputRequired(wrong), NumberRange(0, HIGHEST, wrong)])


class SheetForm(Form):
    """What one person reads of the papers of a table; `sheet_form` adds a field for each project, or the papers."""

    messages = messages.PROBLEMS
    numbers: tuple[int, ...] = ()
    weighs = False
    signatures = _whole(_("Firmas en la lista"))
    in_box = _whole(_("Papeletas en el ánfora"))
    valid = _whole(_("Válidas"))
    blank = _whole(_("En blanco"))
    spoilt = _whole(_("Viciadas"))

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        field = self._fields.get("ballots")
        if field is not None:
            wrong = [at for at, typed in enumerate(_lines(field.data), 1) if _paper(typed) is None]
            if wrong:
                field.errors = [*field.errors, gettext("Línea %(line)s: escriba «serie: números», por ejemplo «12: 3, 7».", line=wrong[0])]
                return False
        return is_right

    @property
    def totals(self) -> list[tuple[Any, Any]]:
        """(votes, points or None) of each project."""
        return [
            (self._fields[f"votes_{number}"], self._fields.get(f"points_{number}")) for number in self.numbers
        ]  # fmt: skip

    def sheet(self) -> Sheet:
        papers = self._fields.get("ballots")
        return Sheet(
            self.signatures.data or 0, self.in_box.data or 0, self.valid.data or 0, self.blank.data or 0, self.spoilt.data or 0,
            totals={number: self._total(number) for number in self.numbers},
            ballots=[paper for typed in _lines(papers.data if papers else "") if (paper := _paper(typed))],
        )  # fmt: skip

    def _total(self, number: int) -> tuple[int, int]:
        votes = self._fields[f"votes_{number}"].data or 0
        points = self._fields.get(f"points_{number}")
        return votes, (points.data or 0) if points is not None else votes


def sheet_form(entry: Entry, options: list[tuple[int, str]], *, weighs: bool, decides: bool, data: Any) -> SheetForm:
    """The form of a table: totals of each project, or its papers one a line; with the reason when somebody decides between two."""
    fields: dict[str, Any] = {}
    wrong = _("Escriba un número entero, 0 o más.")
    if entry is Entry.TOTALS:
        fields |= {"numbers": tuple(number for number, _title in options), "weighs": weighs}
        for number, title in options:
            label = f"{number}. {title}"
            fields[f"votes_{number}"] = IntegerField(label, validators=[Optional(), NumberRange(0, HIGHEST, wrong)])
            if weighs:
                fields[f"points_{number}"] = IntegerField(
                    _("Puntos del %(number)s", number=number), validators=[Optional(), NumberRange(0, HIGHEST, wrong)]
                )
    else:
        fields["ballots"] = TextAreaField(_("Papeletas válidas, una por línea"))
    if decides:
        fields["reason"] = text(_("Por qué decide así"), 600, required=False)
    made: SheetForm = type("SheetForm", (SheetForm,), fields)(data)
    return made


def _lines(typed: str | None) -> list[str]:
    return [one.strip() for one in (typed or "").splitlines() if one.strip()]


def _paper(typed: str) -> tuple[int, list[list[int]]] | None:
    """ "12: 3, 7" is serial 12 with projects 3 and 7; "12: 3=5, 7=2" gives points."""
    serial, colon, rest = typed.partition(":")
    if not colon or not _is_whole(serial):
        return None
    choices = []
    for part in filter(None, (piece.strip() for piece in rest.replace(";", ",").split(","))):
        number, equals, points = (piece.strip() for piece in part.partition("="))
        if not _is_whole(number) or (equals and not _is_whole(points)):
            return None
        choices.append([int(number), int(points) if equals else 1])
    return (int(serial), choices) if choices else None


def _is_whole(typed: str) -> bool:
    typed = typed.strip()
    return typed.isascii() and typed.isdigit() and len(typed) < 8
