"""What people type about plans: shape only; what it means is judged by rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from app.contributions.forms import OnlineForm
from app.core.fields import Form, day, line, no_nul
from app.core.fields import text as paragraphs
from app.core.text import clean, clean_line
from app.deliberation.rules.amendments import LONGEST_ANSWER, LONGEST_WORDING, AmendmentState
from app.evidence.rules import FileUpload
from app.plans.messages import AREAS, COMMENT_PROBLEMS, COMPLETIONS, FIELDS, PROBLEMS
from app.plans.rules.commitments import ChallengeArea, CommitmentDraft, CommitmentProblem, MilestoneDraft
from app.plans.rules.plan import PlanDraft
from app.plans.rules.progress import Completion, ProgressDraft
from app.plans.rules.template import BY_SECTION, Kind, Section, centimos

LONGEST_TEXT, LONGEST_LINE = 6_000, 200


def _member(kind: type[StrEnum]) -> Callable[[Any], StrEnum | None]:
    return lambda value: next((member for member in kind if member.value == value), None)


def _number(text_given: str | None) -> int:
    """A revision or version that a page carried; anything else is 0, which no row has."""
    given = text_given or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


class PlanForm(Form):
    messages = PROBLEMS
    title = line(_("Título del plan"))
    summary = paragraphs(_("Resumen"), 2_000, required=False)
    starts_on = day(_("Empieza"), required=False)
    ends_on = day(_("Termina"), required=False)
    approval_norm = line(_("Norma que lo aprueba"), required=False)
    approval_norm_url = line(_("Dirección de la norma"), 500, required=False)

    def draft(self) -> PlanDraft:
        return PlanDraft(
            self.title.data or "", self.summary.data or "", self.starts_on.data, self.ends_on.data, self.approval_norm.data or "",
            self.approval_norm_url.data or "",
        )  # fmt: skip


class CommitmentForm(Form):
    """What opens a commitment; the rest is written section by section."""

    messages = PROBLEMS
    title = line(_("Título"))
    description = paragraphs(_("Qué se hará y qué cambia, en pocas palabras"), LONGEST_TEXT)
    organisation = SelectField(_("Entidad responsable"), validate_choice=False)
    theme = SelectField(_("Tema"), validators=[Optional()], validate_choice=False)

    def draft(self) -> CommitmentDraft:
        return CommitmentDraft(self.title.data or "", self.description.data or "", self.organisation.data or "", self.theme.data or "")


class MoneyField(StringField):
    """Soles as people write them; `data` stays what was typed, `centimos` is the amount."""

    def centimos(self) -> int | None:
        return centimos(self.data) if self.data else None


class SectionForm(Form):
    """One section of the template; its fields come from the table of the rules."""

    messages = PROBLEMS
    revision = HiddenField()
    reason = paragraphs(_("Por qué se propone el cambio"), 2_000, required=False)
    section: Section

    def values(self) -> dict[str, Any]:
        """The section as the rules and the tables read it."""
        found: dict[str, Any] = {}
        for field in BY_SECTION[self.section]:
            given = self[field.name]
            if isinstance(given, MoneyField):
                found[field.name] = given.centimos()
            elif field.kind is Kind.YES_NO:
                found[field.name] = {"yes": True, "no": False}.get(given.data or "")
            else:
                found[field.name] = given.data
        return found

    def typed(self) -> dict[str, str]:
        """What was typed, as text, for showing it beside what somebody else saved."""
        return {field.name: self[field.name].raw_data[0] if self[field.name].raw_data else "" for field in BY_SECTION[self.section]}

    @property
    def seen_revision(self) -> int:
        return _number(self.revision.data)

    @property
    def own_fields(self) -> list[Field]:
        return [self[field.name] for field in BY_SECTION[self.section]]

    def offer(self, organisations: Sequence[tuple[str, str]], themes: Sequence[Any]) -> None:
        """The lists to choose from, when the section has them."""
        if "organisation" in self:
            self["organisation"].choices = [SelectChoice("", _("Elija…")), *(SelectChoice(slug, name) for slug, name in organisations)]
            self["theme"].choices = [SelectChoice("", _("Sin tema")), *(SelectChoice(theme.slug, theme.name) for theme in themes)]


def _amount(form: Any, field: Any) -> None:
    if field.data and field.centimos() is None:
        raise ValidationError(str(PROBLEMS[CommitmentProblem.BUDGET_MALFORMED]))


def _field(kind: Kind, label: Any, *, is_needed: bool) -> Any:
    fits = [Optional(), Length(max=LONGEST_TEXT, message=_("Use %(max)d caracteres o menos.")), no_nul]
    if kind is Kind.LINE:
        return line(label, LONGEST_LINE, required=is_needed)
    if kind is Kind.LINES:
        return TextAreaField(label, validators=fits, filters=[clean])
    if kind is Kind.DAY:
        return day(label, required=False)
    if kind is Kind.MONEY:
        return MoneyField(label, validators=[Optional(), Length(max=30), _amount], filters=[clean_line])
    if kind is Kind.YES_NO:
        choices = [SelectChoice("yes", _("Sí")), SelectChoice("no", _("No")), SelectChoice("", _("Todavía no se sabe"))]
        return RadioField(label, choices=choices, validate_choice=False, default="")
    if kind is Kind.CHOICE:
        areas = [SelectChoice("", _("Ninguna")), *(SelectChoice(area.value, name) for area, name in AREAS.items())]
        return SelectField(label, choices=areas, coerce=_member(ChallengeArea), validate_choice=False)
    if kind in (Kind.ORGANISATION, Kind.THEME):
        return SelectField(label, validate_choice=False)
    return TextAreaField(label, validators=fits, filters=[clean])


def _section_form(section: Section) -> type[SectionForm]:
    fields = {f.name: _field(f.kind, FIELDS[f.name], is_needed=f.name == "title") for f in BY_SECTION[section]}
    return type(f"{section.name.title()}Form", (SectionForm,), {"section": section, **fields})


SECTION_FORMS: Mapping[Section, type[SectionForm]] = {section: _section_form(section) for section in Section}


class MilestoneForm(Form):
    messages = PROBLEMS
    title = line(_("Qué estará hecho"))
    starts_on = day(_("Desde qué día"), required=False)
    due_on = day(_("Hasta qué día"))
    responsible = line(_("Responsable"), required=False)
    expected_output = paragraphs(_("Producto esperado"), 2_000, required=False)
    evidence = paragraphs(_("Medio de verificación"), 2_000, required=False)
    reason = paragraphs(_("Por qué se propone el cambio"), 2_000, required=False)

    def draft(self) -> MilestoneDraft:
        return MilestoneDraft(
            self.title.data or "", self.due_on.data, self.responsible.data or "", self.expected_output.data or "", self.starts_on.data,
            self.evidence.data or "",
        )  # fmt: skip


class ReasonForm(Form):
    """A deed with a public reason."""

    messages = PROBLEMS
    reason = paragraphs(_("Razón pública"), 2_000, required=False)


class SubmissionForm(Form):
    """The record of handing the plan to OGP."""

    messages = PROBLEMS
    submitted_on = day(_("Qué día se entregó"))
    document = line(_("Documento que lo prueba"))
    url = line(_("Dirección pública del documento"), 500, required=False)


class CivilForm(Form):
    """Civil society's reading of a semester."""

    messages = PROBLEMS
    seen_version = HiddenField(default="0")
    period = SelectField(_("Semestre"), validate_choice=False)
    milestone = SelectField(_("De qué se habla"), validate_choice=False)
    completion = RadioField(
        _("En qué quedó"), choices=[SelectChoice(c.value, name) for c, name in COMPLETIONS.items()], coerce=_member(Completion),
        validate_choice=False,
    )  # fmt: skip
    text = paragraphs(_("Qué se hizo y qué falta"), LONGEST_TEXT, required=False)
    evidence_url = line(_("Dirección donde se comprueba"), 500, required=False)
    correction_reason = paragraphs(_("Por qué se corrige"), 2_000, required=False)

    def offer(self, periods: Sequence[tuple[str, str]], milestones: Sequence[Any], whole: Any) -> None:
        self.period.choices = [SelectChoice(period, name) for period, name in periods]
        self.milestone.choices = [SelectChoice("", whole), *(SelectChoice(m.number, f"{m.number} {m.title}") for m in milestones)]

    def draft(self) -> ProgressDraft:
        return ProgressDraft(
            period=self.period.data or "", completion=self.completion.data, text=self.text.data or "", milestone=self.milestone.data or "",
            evidence_url=self.evidence_url.data or "", correction_reason=self.correction_reason.data or "",
        )  # fmt: skip

    @property
    def seen(self) -> int:
        return _number(self.seen_version.data)

    def files(self) -> list[FileUpload]:
        return []


class ProgressForm(CivilForm):
    """The lead entity's progress, with its percentage, next step and evidence."""

    percent = IntegerField(_("Porcentaje"), validators=[Optional()])
    next_step = paragraphs(_("El paso que sigue"), 2_000, required=False)
    evidence = MultipleFileField(_("Archivos que lo prueban"))

    def draft(self) -> ProgressDraft:
        plain = super().draft()
        return ProgressDraft(
            period=plain.period, completion=plain.completion, text=plain.text, percent=self.percent.data,
            next_step=self.next_step.data or "", milestone=plain.milestone, evidence_url=plain.evidence_url,
            correction_reason=plain.correction_reason,
        )  # fmt: skip

    def files(self) -> list[FileUpload]:
        return [FileUpload(file.filename or "", file.read()) for file in self.evidence.data or [] if file and file.filename]


class VerificationForm(Form):
    messages = PROBLEMS
    note = paragraphs(_("Qué se comprobó y cómo"), 2_000, required=False)


class CommentForm(OnlineForm):
    """The online form of contributions, with the part of the draft it speaks of."""

    messages = COMMENT_PROBLEMS
    clause = SelectField(_("Sobre qué parte"), validate_choice=False, filters=[clean_line])

    def offer_clauses(self, clauses: Iterable[tuple[str, str]]) -> None:
        self.clause.choices = [SelectChoice("", _("Elija…")), *(SelectChoice(key, label) for key, label in clauses)]


class WordingForm(CommentForm):
    """Another wording for a part of the draft; the reasons are the text of the contribution that brings it."""

    proposed = paragraphs(_("Cómo debería decir"), LONGEST_WORDING)


class WordingDecisionForm(Form):
    messages = COMMENT_PROBLEMS
    to = RadioField(
        _("Qué se decide"), choices=[SelectChoice("accepted", _("Aceptarla")), SelectChoice("rejected", _("No aceptarla"))],
        coerce=_member(AmendmentState), validate_choice=False,
    )  # fmt: skip
    applies = BooleanField(_("Poner este texto en el borrador del compromiso ahora"), default=True)
    answer = paragraphs(_("Por qué, que se publica"), LONGEST_ANSWER)

    def validate_to(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(str(_("Elija qué se decide.")))


class NothingForm(Form):
    """A deed without fields; it only carries what a rule refused."""

    messages = PROBLEMS
