"""Meetings: convening, recording, minutes, agreements, files, questions of a hearing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from app.core.clock import LIMA, lima_instant
from app.core.fields import Form, day, hour, line, text
from app.evidence.rules import ACCEPTED, FileUpload
from app.forum.forms.links import link
from app.forum.forms.seats import sectors
from app.forum.messages import AGREEMENTS, KINDS, MEETING_PROBLEMS, MODES, SECTORS
from app.forum.rules.meetings import MOST_PEOPLE, AgreementDraft, AgreementState, MeetingDraft, MeetingKind, MeetingMode
from app.forum.rules.seats import Sitting
from app.organisations.rules import Sector

ACCEPT = ",".join(f".{extension}" for extension in ACCEPTED) + ",.jpeg"
ABSENT = ""


class _Hours(Form):
    """A day with a start and an end, in Lima."""

    messages = MEETING_PROBLEMS
    day = day(_l("Día"))
    starts = hour(_l("Hora de inicio"))
    ends = hour(_l("Hora de término"))

    def show_instants(self, starts_at: datetime, ends_at: datetime) -> None:
        began, finished = starts_at.astimezone(LIMA), ends_at.astimezone(LIMA)
        self["day"].data, self["starts"].data, self["ends"].data = began.date(), began.time(), finished.time()

    def instants(self) -> tuple[datetime, datetime]:
        """Start and end; an end after midnight is of the next day when it is before 6 in the morning."""
        on, starts, ends = self["day"].data, self["starts"].data, self["ends"].data
        is_after_midnight = ends < starts and ends.hour < 6
        return lima_instant(on, starts), lima_instant(on + timedelta(days=int(is_after_midnight)), ends)


class MeetingForm(_Hours):
    """A meeting to convene."""

    kind = SelectField(_l("Qué es"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()])
    title = line(_l("Cómo se llama"), 160)
    mode = SelectField(_l("Modalidad"), choices=[SelectChoice(mode.value, label) for mode, label in MODES.items()])
    place = line(_l("Lugar"), 300, required=False)
    url = link(_l("Enlace de la sala virtual"))
    agenda = text(_l("Agenda"), 8_000, required=False)
    norm = line(_l("Norma o documento de convocatoria"), required=False)
    process_slug = line(_l("Proceso del que trata"), 120, required=False)
    is_implementation_review = BooleanField(_l("Se presentan resultados de la implementación del plan y se recogen comentarios"))
    is_cocreation = BooleanField(_l("Se decide sobre la cocreación de un plan"))

    def draft(self) -> MeetingDraft:
        starts_at, ends_at = self.instants()
        return MeetingDraft(
            MeetingKind(self.kind.data), self.title.data or "", starts_at, ends_at, MeetingMode(self.mode.data), self.place.data or "",
            self.url.data or "", self.agenda.data or "", self.norm.data or "", self.process_slug.data or "",
            bool(self.is_implementation_review.data), bool(self.is_cocreation.data),
        )  # fmt: skip

    def show_meeting(self, meeting: Any) -> None:
        for name in ("title", "place", "url", "agenda", "norm", "process_slug", "is_implementation_review", "is_cocreation"):
            self[name].data = getattr(meeting, name)
        self.kind.data, self.mode.data = meeting.kind.value, meeting.mode.value
        self.show_instants(meeting.starts_at, meeting.ends_at)


class ChangeForm(MeetingForm):
    """A change of what was announced."""

    reason = line(_l("Por qué cambia"), 500, required=False)


class CancelForm(Form):
    messages = MEETING_PROBLEMS
    reason = line(_l("Por qué se cancela"), 500)


class HeldForm(_Hours):
    """When it was held, which seats came, guests in numbers, comments. Seats are added by `held_form`."""

    comments = text(_l("Comentarios recogidos"), 8_000, required=False)
    results_url = link(_l("Enlace a los resultados presentados"))
    seat_ids: tuple[int, ...] = ()

    @property
    def seats(self) -> list[Any]:
        return [self[f"seat-{seat_id}"] for seat_id in self.seat_ids]

    @property
    def guest_fields(self) -> list[Any]:
        return [self[f"guests-{sector.value}"] for sector in Sector]

    def present(self) -> dict[int, Sitting]:
        said = {seat_id: self[f"seat-{seat_id}"].data for seat_id in self.seat_ids}
        return {seat_id: Sitting(who) for seat_id, who in said.items() if who}

    def guests(self) -> dict[Sector, int]:
        return {sector: self[f"guests-{sector.value}"].data or 0 for sector in Sector}


def held_form(seats: Sequence[tuple[int, str]], **settings: Any) -> HeldForm:
    """The form for the seats held that day: (id, label) each."""
    who = [SelectChoice(ABSENT, _l("No asistió")), SelectChoice("holder", _l("Titular")), SelectChoice("alternate", _l("Alterno"))]
    fields: dict[str, Any] = {f"seat-{seat_id}": SelectField(label, choices=list(who), validators=[Optional()]) for seat_id, label in seats}
    for sector in Sector:
        fields[f"guests-{sector.value}"] = IntegerField(
            SECTORS[sector], validators=[Optional(), NumberRange(0, MOST_PEOPLE, _l("Use un número de 0 en adelante."))]
        )
    made: HeldForm = type("SeatsHeldForm", (HeldForm,), {**fields, "seat_ids": tuple(seat_id for seat_id, _label in seats)})(**settings)
    return made


class MinutesForm(Form):
    """The minutes in Markdown; `based_on` is the version that was on the page."""

    messages = MEETING_PROBLEMS
    based_on = HiddenField(default="0")
    text = text(_l("Acta"))

    @property
    def version(self) -> int | None:
        return int(self.based_on.data) if (self.based_on.data or "").isdecimal() and len(self.based_on.data) < 9 else None


class CorrectionForm(MinutesForm):
    """A correction of minutes everybody already reads."""

    reason = line(_l("Por qué se corrige"), 500)


class AgreementForm(Form):
    """Something agreed; `with_choices` fills the list of organisations."""

    messages = MEETING_PROBLEMS
    text = text(_l("Acuerdo"), 2_000)
    owner = line(_l("Quién lo cumple"), 160)
    organisation = SelectField(_l("Entidad u organización"), validators=[Optional()])
    due_on = day(_l("Hasta cuándo"))

    def with_choices(self, organisations: list[tuple[str, str]]) -> "AgreementForm":
        self.organisation.choices = [SelectChoice("", _l("Ninguna")), *(SelectChoice(slug, name) for slug, name in organisations)]
        return self

    def draft(self) -> AgreementDraft:
        return AgreementDraft(self.text.data or "", self.owner.data or "", self.due_on.data)


class CloseAgreementForm(Form):
    """How an agreement ended."""

    messages = MEETING_PROBLEMS
    state = SelectField(
        _l("Cómo terminó"),
        choices=[SelectChoice(state.value, AGREEMENTS[state]) for state in (AgreementState.DONE, AgreementState.DROPPED)],
    )
    reason = text(_l("Qué se hizo, o por qué se deja"), 2_000)
    evidence_url = link(_l("Enlace a la prueba"))


class UploadForm(Form):
    """One document, public at once."""

    messages = MEETING_PROBLEMS
    file = FileField(_l("Archivo"), validators=[FileRequired(_l("Elija un archivo."))])
    title = line(_l("Título"), 200, required=False)
    are_results = BooleanField(_l("Muestra los resultados de la implementación que se presentaron"))

    def upload(self) -> FileUpload:
        return FileUpload(self.file.data.filename or "", self.file.data.read(), "utf-8")


class WithdrawFileForm(Form):
    messages = MEETING_PROBLEMS
    reason = line(_l("Por qué se retira"), 500)


class QuestionForm(Form):
    """A question of a hearing, with its answer if it was given there."""

    messages = MEETING_PROBLEMS
    sector = SelectField(_l("Quién pregunta"), choices=sectors(), default=Sector.CITIZEN.value)
    question = text(_l("Pregunta"), 2_000)
    answer = text(_l("Respuesta"), 4_000, required=False)
    answered_by = line(_l("Cargo de quien responde"), 160, required=False)


class AnswerForm(Form):
    messages = MEETING_PROBLEMS
    answer = text(_l("Respuesta"), 4_000)
    answered_by = line(_l("Cargo de quien responde"), 160)
