"""Forms for answering many at once: the text for all of them, and the templates to start from."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.fields import Form, line
from app.core.fields import text as paragraph
from app.feedback.forms.decisions import DecisionForm, choice, listed, member
from app.feedback.messages import ALL, OUTCOMES, REASONS
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.templates import LONGEST_NAME, LONGEST_TEXT, TemplateDraft


class BulkForm(DecisionForm):
    """One answer for many: the fields of an answer, whose texts may hold `{{…}}`, and the template it starts from."""

    template = choice(lazy_gettext("Plantilla"))

    def with_templates(self, templates: list[tuple[str, str]]) -> "BulkForm":
        """Fill the list of texts to start from."""
        self.template.choices = [SelectChoice("", lazy_gettext("Ninguna: escribo el texto aquí")), *listed(templates)[1:]]
        return self


class TemplateForm(Form):
    """A text to start an answer from."""

    messages = ALL
    revision = IntegerField(default=0)
    name = line(lazy_gettext("Nombre"), LONGEST_NAME)
    outcome = RadioField(
        lazy_gettext("Para qué decisión"), choices=[SelectChoice(str(o), label) for o, label in OUTCOMES.items()],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip
    reason_code = SelectField(
        lazy_gettext("Solo para este motivo"),
        choices=[SelectChoice("", lazy_gettext("Cualquier motivo")), *[SelectChoice(str(r), f"{r} {REASONS[r]}") for r in Reason]],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip
    text = paragraph(lazy_gettext("Texto"), LONGEST_TEXT)
    is_for_space = BooleanField(lazy_gettext("Sirve para todos los procesos del espacio"))

    def draft(self) -> TemplateDraft:
        return TemplateDraft(
            self.name.data or "", member(Outcome, self.outcome.data), member(Reason, self.reason_code.data), self.text.data or "",
            bool(self.is_for_space.data),
        )  # fmt: skip
