"""The base form and the fields that several packages share. Shape only: what a value means is judged by rules."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core import arrival, clock
from app.core.errors import Problem, RuleBroken
from app.core.text import clean, clean_line

REQUIRED = lazy_gettext("Complete este dato.")


class Form(FlaskForm):
    """A form that can show what a rule refused. `messages` maps problem codes to sentences."""

    messages: Mapping[Any, Any] = {}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(field id, sentence) for each error, for the summary at the top of the page."""
        return [(field.id, str(error)) for field in self for error in field.errors] + [("", str(e)) for e in self.form_errors]

    def show(self, broken: RuleBroken) -> None:
        """Put the sentence of each problem on its field, or on the form when it has none."""
        for problem in broken.problems:
            field = self._fields.get(problem.field) if problem.field else None
            if field is None:
                self.form_errors.append(self.sentence(problem))
            else:
                field.errors = [*field.errors, self.sentence(problem)]

    def sentence(self, problem: Problem) -> str:
        return sentence(self.messages, problem)


class ArrivingForm(Form):
    """A form anyone may send: it carries what `core.arrival` reads. Draw it with `trap(form)` of layouts/_trap.html."""

    sitio_web = StringField(lazy_gettext("Deje vacío este espacio"))
    desde = HiddenField(default=lambda: arrival.stamp(clock.now()))


def sentence(messages: Mapping[Any, Any], problem: Problem) -> str:
    """The sentence of a problem in the reader's language, its values filled in."""
    template = str(messages[problem.code])
    return template % problem.values if problem.values else template


def line(label: Any, longest: int = 200, *, required: bool = True, **kwargs: Any) -> StringField:
    """One line of text, cleaned."""
    return StringField(label, validators=_text_checks(longest, required), filters=[clean_line], **kwargs)


def text(label: Any, longest: int = 20_000, *, required: bool = True, **kwargs: Any) -> TextAreaField:
    """Several lines of text, cleaned."""
    return TextAreaField(label, validators=_text_checks(longest, required), filters=[clean], **kwargs)


def _text_checks(longest: int, required: bool) -> list[Any]:
    presence = DataRequired(REQUIRED) if required else Optional()  # what is left after cleaning, not what was sent
    return [presence, Length(max=longest, message=lazy_gettext("Use %(max)d caracteres o menos.")), no_nul]


def no_nul(form: Any, field: Field) -> None:
    if isinstance(field.data, str) and "\x00" in field.data:
        raise ValidationError(gettext("El texto tiene un carácter que no se puede guardar. Escríbalo de nuevo."))


class DayField(DateField):
    """A day as browsers send it (2027-03-15) or as people write it (15/03/2027)."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(gettext("Escriba la fecha como día/mes/año, por ejemplo 15/03/2027.")) from None


class HourField(TimeField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(gettext("Escriba la hora con dos puntos, por ejemplo 09:30.")) from None


def day(label: Any, *, required: bool = True, **kwargs: Any) -> DayField:
    return DayField(label, validators=[InputRequired(REQUIRED) if required else Optional()], **kwargs)


def hour(label: Any, *, required: bool = True, **kwargs: Any) -> HourField:
    return HourField(label, validators=[InputRequired(REQUIRED) if required else Optional()], **kwargs)
