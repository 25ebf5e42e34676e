"""What people type about a process and its schedule: shape only, and back into the values the rules judge."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, InputRequired, NumberRange, Optional

from app.core.clock import LIMA, end_of_lima_day, lima_instant, start_of_lima_day
from app.core.errors import Problem
from app.core.fields import REQUIRED, Form, day, hour, line, text
from app.processes import messages as words
from app.processes.rules.drafts import CriterionDraft, ProcessDraft, ThemeDraft
from app.processes.rules.readings import ReadingDraft, ReadingLanguage
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, PhaseKind, PhaseSpan
from app.processes.rules.states import Influence, ProcessKind

INTEGER = _("Escriba un número entero.")
LOWEST, HIGHEST = 0, 5


def _choices(names: dict[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in names.items()]


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


class ProcessForm(Form):
    messages = words.PROBLEMS

    title = line(_("Título"), 160)
    slug = line(_("Dirección"), 80)
    code = line(_("Código"), 8)
    kind = SelectField(_("Tipo de proceso"), choices=_choices(words.KINDS))
    summary = text(_("Resumen"), 400)
    description = text(_("Presentación"), 20_000, required=False)
    influence = SelectField(_("Hasta dónde llega lo que la gente diga"), choices=_choices(words.INFLUENCES))
    influence_note = text(_("Cómo se usará lo que se diga"), 600, required=False)
    is_retroactive = BooleanField(_("Es un proceso que ya ocurrió y se registra después"))

    def draft(self) -> ProcessDraft:
        return ProcessDraft(
            title=self.title.data or "", slug=(self.slug.data or "").lower(), code=(self.code.data or "").upper(),
            kind=ProcessKind(self.kind.data), summary=self.summary.data or "", influence=Influence(self.influence.data),
            description=self.description.data or "", influence_note=self.influence_note.data or "", is_retroactive=self.is_retroactive.data,
        )  # fmt: skip


class ThemeForm(Form):
    messages = words.PROBLEMS

    name = line(_("Nombre del tema"), 120)
    question = text(_("Pregunta a la gente"), 400, required=False)
    context = text(_("Contexto"), 10_000, required=False)

    def draft(self) -> ThemeDraft:
        return ThemeDraft(self.name.data or "", self.question.data or "", self.context.data or "")


class CriterionForm(Form):
    messages = words.PROBLEMS

    name = line(_("Criterio"), 160)
    weight = IntegerField(_("Peso, en porcentaje"), validators=[InputRequired(INTEGER), NumberRange(1, 100, _("El peso va de 1 a 100."))])
    how_to_check = text(_("Cómo se comprueba"), 1_000, required=False)
    lowest = IntegerField(_("Puntaje más bajo"), default=LOWEST, validators=[Optional()])
    lowest_means = text(_("Qué significa el más bajo"), 300, required=False)
    highest = IntegerField(_("Puntaje más alto"), default=HIGHEST, validators=[Optional()])
    highest_means = text(_("Qué significa el más alto"), 300, required=False)

    def draft(self) -> CriterionDraft:
        return CriterionDraft(
            self.name.data or "", self.weight.data or 0, self.how_to_check.data or "",
            _or(self.lowest.data, LOWEST), _or(self.highest.data, HIGHEST),
            self.lowest_means.data or "", self.highest_means.data or "",
        )  # fmt: skip


class ScheduleForm(Form):
    """What every form of the draft has: the revision that the person read. Problems are told in whole sentences."""

    messages = words.PROBLEMS
    revision = HiddenField()

    def sentence(self, problem: Problem) -> str:
        return words.filled(problem)

    def revision_read(self) -> int:
        """The revision in the form; 0, which never matches, when somebody tampered with it."""
        return int(self.revision.data) if str(self.revision.data or "").isdigit() else 0


class StartForm(ScheduleForm):
    day: Any = day(_("Día en que empieza el proceso"))
    time: Any = hour(_("Hora"))

    def start_at(self) -> datetime:
        return lima_instant(self.day.data, self.time.data)

    def read(self, start_at: datetime | None) -> "StartForm":
        if start_at:
            local = start_at.astimezone(LIMA)
            self.day.data, self.time.data = local.date(), local.time()
        return self


class TemplateForm(ScheduleForm):
    """Fills the six phases around a start."""

    day: Any = day(_("Día en que empieza el proceso"))


class PhaseForm(ScheduleForm):
    title = line(_("Nombre de la fase"), 120)
    summary = text(_("Qué pasa y qué puede hacer la gente"), 400)
    opens_on: Any = day(_("Primer día"))
    closes_on: Any = day(_("Último día"))

    def span(self, kind: PhaseKind) -> PhaseSpan:
        """Whole days, both inclusive."""
        return PhaseSpan(
            kind,
            self.title.data or "",
            self.summary.data or "",
            start_of_lima_day(self.opens_on.data),
            end_of_lima_day(self.closes_on.data),
        )

    def read(self, span: PhaseSpan) -> "PhaseForm":
        self.title.data, self.summary.data = span.title, span.summary
        self.opens_on.data, self.closes_on.data = span.opens_at.astimezone(LIMA).date(), span.closes_at.astimezone(LIMA).date()
        return self


class OpportunityForm(ScheduleForm):
    """An opportunity. Only the title is asked for at once: a draft may be saved half done."""

    title = line(_("Título"), 160)
    kind = SelectField(_("Tipo"), choices=_choices(words.OPPORTUNITIES))
    theme = SelectField(_("Tema"), choices=[], validate_choice=True)
    starts_on: Any = day(_("Día en que empieza"), required=False)
    starts_time: Any = hour(_("Hora en que empieza"), required=False)
    ends_on: Any = day(_("Día en que termina"), required=False)
    ends_time: Any = hour(_("Hora en que termina"), required=False)
    place = line(_("Lugar, con dirección"), 300, required=False)
    url = StringField(
        _("Enlace"), filters=[lambda value: (value or "").strip()],
        validators=[Optional(), URL(message=_("Escriba la dirección completa, con https://"))],
    )  # fmt: skip
    ubigeo = SelectField(_("Distrito"), choices=[], validate_choice=True)
    language = SelectField(_("Lengua"), choices=_choices(words.LANGUAGES))
    who_can_join = text(_("Quién puede participar"), 1_000, required=False)
    how_to_register = text(_("Cómo inscribirse"), 1_000, required=False)
    contact = line(_("Contacto"), 300, required=False)
    capacity = IntegerField(_("Cupo"), validators=[Optional(), NumberRange(0, 1_000_000, _("Escriba un número, o 0 si no hay límite."))])
    accessibility = text(_("Accesibilidad"), 2_000, required=False)
    agenda = text(_("Programa"), 10_000, required=False)

    def with_choices(self, themes: list[tuple[str, str]], territories: list[tuple[str, str]]) -> "OpportunityForm":
        self.theme.choices = [SelectChoice("", _("Todos los temas")), *(SelectChoice(*theme) for theme in themes)]
        self.ubigeo.choices = [SelectChoice("", _("Sin distrito")), *(SelectChoice(*territory) for territory in territories)]
        return self

    def plan(self, slug: str) -> OpportunityPlan:
        return OpportunityPlan(
            slug=slug, kind=OpportunityKind(self.kind.data), title=self.title.data or "",
            starts_at=self._instant(self.starts_on, self.starts_time),
            ends_at=self._instant(self.ends_on, self.ends_time), theme=self.theme.data or "", place=self.place.data or "",
            url=self.url.data or "", ubigeo=self.ubigeo.data or "", language=self.language.data or "es",
            who_can_join=self.who_can_join.data or "", how_to_register=self.how_to_register.data or "", contact=self.contact.data or "",
            capacity=self.capacity.data or 0, accessibility=self.accessibility.data or "", agenda=self.agenda.data or "",
        )  # fmt: skip

    @staticmethod
    def _instant(on: Any, at: Any) -> datetime | None:
        return lima_instant(on.data, at.data) if on.data and at.data else None

    def validate(self, extra_validators: Any = None) -> bool:
        """A day needs its hour and an hour its day: half a date would be lost without a word."""
        is_good = super().validate(extra_validators)
        for on, at in ((self.starts_on, self.starts_time), (self.ends_on, self.ends_time)):
            for given, other in ((on, at), (at, on)):
                if given.data and not other.data and not other.errors:
                    other.errors = [*other.errors, REQUIRED]
                    is_good = False
        return is_good

    def read(self, plan: OpportunityPlan) -> "OpportunityForm":
        for name in ("title", "theme", "place", "url", "ubigeo", "language", "who_can_join", "how_to_register", "contact", "capacity",
                     "accessibility", "agenda"):  # fmt: skip
            self[name].data = getattr(plan, name)
        self.kind.data = plan.kind.value
        for instant, on, at in ((plan.starts_at, self.starts_on, self.starts_time), (plan.ends_at, self.ends_on, self.ends_time)):
            if instant:
                local = instant.astimezone(LIMA)
                on.data, at.data = local.date(), local.time()
        return self


class ReadingForm(Form):
    messages = words.PROBLEMS

    language = SelectField(_("Lengua"), choices=_choices(words.READING_LANGUAGES))
    text = TextAreaField(_("Texto en lectura fácil"), filters=[lambda value: (value or "").strip()])
    tried_with = line(_("Con quiénes se probó"), 300, required=False)

    def draft(self) -> ReadingDraft:
        return ReadingDraft(ReadingLanguage(self.language.data), self.text.data or "", self.tried_with.data or "")


class ReasonForm(ScheduleForm):
    """Sending to approval and publishing: why this version exists."""

    reason = TextAreaField(_("Motivo de esta versión"), filters=[lambda value: (value or "").strip()])


class ApprovalForm(Form):
    messages = words.PROBLEMS
    sha256 = HiddenField()

    def sentence(self, problem: Problem) -> str:
        return words.filled(problem)


class RecordStartForm(ScheduleForm):
    day: Any = day(_("Día de la primera actividad"))
    time: Any = hour(_("Hora"))

    def at(self) -> datetime:
        return lima_instant(self.day.data, self.time.data)


class StateForm(ScheduleForm):
    to_state = SelectField(_("Pasar a"), choices=[], validate_choice=True)
    reason = TextAreaField(_("Motivo"), filters=[lambda value: (value or "").strip()])
