"""Forms for writing the plan."""

from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.validators import Optional, Regexp

from app.core.fields import Form, day, line, text
from app.plans.messages import PROBLEMS
from app.plans.rules import CommitmentDraft, MilestoneDraft, PlanDraft

_MONTH = Regexp(r"^\d{4}-(0[1-9]|1[0-2])$", message=lazy_gettext("Escriba el mes como año-mes, por ejemplo 2027-01."))


class PlanForm(Form):
    messages = PROBLEMS
    title = line(lazy_gettext("Título del plan"))
    summary = text(lazy_gettext("Resumen"), 2_000, required=False)
    starts = line(lazy_gettext("Empieza (año-mes)"), 7, required=False)
    ends = line(lazy_gettext("Termina (año-mes)"), 7, required=False)
    approval_norm = line(lazy_gettext("Norma que lo aprueba"), required=False)

    def validate_starts(self, field: object) -> None:
        _month(self, self.starts)

    def validate_ends(self, field: object) -> None:
        _month(self, self.ends)

    def draft(self) -> PlanDraft:
        return PlanDraft(
            self.title.data or "", self.summary.data or "", self.starts.data or "", self.ends.data or "", self.approval_norm.data or ""
        )


def _month(form: Form, field: object) -> None:
    if field.data:  # type: ignore[attr-defined]
        _MONTH(form, field)


class CommitmentForm(Form):
    messages = PROBLEMS
    title = line(lazy_gettext("Título"))
    description = text(lazy_gettext("Qué se hará y qué cambia"))
    organisation = SelectField(lazy_gettext("Entidad responsable"), validate_choice=False)
    theme = SelectField(lazy_gettext("Tema"), validators=[Optional()], validate_choice=False)

    def draft(self) -> CommitmentDraft:
        return CommitmentDraft(self.title.data or "", self.description.data or "", self.organisation.data or "", self.theme.data or "")


class MilestoneForm(Form):
    messages = PROBLEMS
    title = line(lazy_gettext("Qué estará hecho"))
    due_on = day(lazy_gettext("Hasta qué día"))
    responsible = line(lazy_gettext("Responsable"), required=False)

    def draft(self) -> MilestoneDraft:
        return MilestoneDraft(self.title.data or "", self.due_on.data, self.responsible.data or "")


class NothingForm(Form):
    """A deed without fields; it only carries what a rule refused."""

    messages = PROBLEMS
