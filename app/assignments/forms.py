"""Forms of assigning: shape only."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.assignments.messages import PROBLEMS, said
from app.assignments.queries import Office
from app.assignments.rules import LONGEST_NOTE
from app.core.errors import Problem
from app.core.fields import Form, day
from app.core.fields import text as paragraph


def _offices() -> SelectField:
    return SelectField(lazy_gettext("Entidad que debe responder"), validators=[Optional()], validate_choice=False)


class _OfficeForm(Form):
    messages = PROBLEMS
    seen = HiddenField()

    def sentence(self, problem: Problem) -> str:
        return said(problem)

    def offer(self, offices: Sequence[Office]) -> "_OfficeForm":
        """Fill the list; a unit is shown with the organisation it is of."""
        choices = [(office.slug, f"{office.name} ({office.of})" if office.of else office.name) for office in offices]
        self.organisation.choices = [SelectChoice(value, label) for value, label in [("", lazy_gettext("Elija…")), *choices]]
        return self


class AssignForm(_OfficeForm):
    """An entity and a day to answer by; `seen` names the state that was on the screen."""

    organisation = _offices()
    due_on = day(lazy_gettext("Debe responder hasta el"), required=False)
    note = paragraph(lazy_gettext("Nota para la entidad"), LONGEST_NOTE, required=False)


class ForwardForm(_OfficeForm):
    organisation = _offices()
    note = paragraph(lazy_gettext("Por qué le corresponde a esa entidad"), LONGEST_NOTE, required=False)


class ReturnForm(Form):
    messages = PROBLEMS
    seen = HiddenField()
    note = paragraph(lazy_gettext("Por qué se devuelve"), LONGEST_NOTE, required=False)

    def sentence(self, problem: Problem) -> str:
        return said(problem)
