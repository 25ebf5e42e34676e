"""What people write about an activity: shape only; what it means is judged by rules."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.activities.messages import CATEGORIES, CHANNELS, NEEDS, OUTREACH_LANGUAGES, PROBLEMS
from app.activities.rules import CATEGORIES as CODES
from app.activities.rules import MOST_PEOPLE, Dimension, RegistrationDraft
from app.activities.rules.outreach import OutreachChannel, OutreachDraft
from app.core.clock import LIMA, lima_instant
from app.core.fields import REQUIRED, Form, day, hour, line, text
from app.core.text import clean_line
from app.evidence.messages import KINDS
from app.evidence.rules import ACCEPTED, AttachmentKind, FileUpload
from app.forum.forms import meetings
from app.organisations.messages import SECTORS
from app.organisations.rules import Sector

_KEY = re.compile(r"[0-9a-f]{32}")
_PHONE = re.compile(r"[0-9 ()+.-]{6,30}")
BY_CONTENT = ""
ACCEPT = ",".join(f".{extension}" for extension in ACCEPTED) + ",.jpeg"


def _group(label: Any, dimension: Dimension) -> SelectField:
    choices = [SelectChoice("", _l("Sin indicar")), *(SelectChoice(code, CATEGORIES[dimension][code]) for code in CODES[dimension])]
    return SelectField(label, choices=choices, validate_choice=False, filters=[clean_line])


class _Person(Form):
    """What is asked of anybody who comes, for counting only."""

    messages = PROBLEMS
    sector = _group(_l("Viene por"), Dimension.SECTOR)
    sex = _group(_l("Sexo"), Dimension.SEX)
    age = _group(_l("Edad"), Dimension.AGE)
    language = _group(_l("Lengua que prefiere"), Dimension.LANGUAGE)

    @property
    def groups(self) -> list[SelectField]:
        return [self.sector, self.sex, self.age, self.language]

    def said(self) -> dict[str, str]:
        return {field.short_name: field.data or "" for field in self.groups}


class RegistrationForm(_Person):
    """Somebody who wants to come."""

    submission_key = HiddenField(default=lambda: secrets.token_hex(16))
    name = line(_l("Nombre y apellidos"), 120)
    email = line(_l("Correo"), 254, required=False)
    phone = line(_l("Teléfono"), 30, required=False)
    organisation = line(_l("Organización"), 160, required=False)
    access = SelectMultipleField(
        _l("¿Qué apoyo necesita para participar?"), choices=[SelectChoice(need.value, name) for need, name in NEEDS.items()],
        validate_choice=False, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    needs = text(_l("Díganos más sobre el apoyo"), 1_000, required=False)

    def validate_submission_key(self, field: HiddenField) -> None:
        """A key somebody invented is replaced: it only tells one sending from another."""
        if not _KEY.fullmatch(field.data or ""):
            field.data = secrets.token_hex(16)

    def validate_email(self, field: Any) -> None:
        if field.data:
            Email(_l("Revise el correo: falta algo, por ejemplo la arroba."))(self, field)

    def validate_phone(self, field: Any) -> None:
        if field.data and not _PHONE.fullmatch(field.data):
            raise ValidationError(_l("Escriba el teléfono con números, por ejemplo 984 123 456."))

    def draft(self) -> RegistrationDraft:
        return RegistrationDraft(
            self.name.data or "", self.email.data or "", self.phone.data or "", self.organisation.data or "", self.needs.data or "",
            access=tuple(self.access.data or ()), **self.said(),
        )  # fmt: skip


class WalkInForm(_Person):
    """Somebody who came without registering."""

    submission_key = HiddenField(default=lambda: secrets.token_hex(16))
    name = line(_l("Nombre y apellidos"), 120, required=False)
    phone = line(_l("Teléfono"), 30, required=False)
    keeps_data = BooleanField(_l("Acepta que se guarden su nombre y su teléfono para avisarle qué pasó con lo que se dijo"))
    shows_image = BooleanField(_l("Acepta aparecer en las fotos y el video"))

    def validate_submission_key(self, field: HiddenField) -> None:
        if not _KEY.fullmatch(field.data or ""):
            field.data = secrets.token_hex(16)

    def draft(self) -> RegistrationDraft:
        said = self.said()
        return RegistrationDraft(self.name.data or "", "", self.phone.data or "", sector=said["sector"], sex=said["sex"], age=said["age"],
                                 language=said["language"])  # fmt: skip


class ArrivalForm(Form):
    """Somebody registered came in."""

    messages = PROBLEMS
    shows_image = BooleanField(_l("Acepta aparecer en las fotos y el video"))


class AgreementForm(Form):
    """Something agreed in the room."""

    messages = PROBLEMS
    text = text(_l("Qué se acordó"), 1_000)
    owner = line(_l("Quién responde"), 160, required=False)
    due_on = day(_l("Hasta cuándo"), required=False)


class ApprovalForm(Form):
    """Approving exactly one text: its hash, as it was on the page."""

    messages = PROBLEMS
    sha256 = HiddenField()


class HeldForm(Form):
    """When it was really held, in Lima."""

    messages = PROBLEMS
    day = day(_l("Día"))
    starts = hour(_l("Hora de inicio"))
    ends = hour(_l("Hora de término"))

    def show_instants(self, started_at: datetime, ended_at: datetime) -> None:
        began, finished = started_at.astimezone(LIMA), ended_at.astimezone(LIMA)
        self["day"].data, self["starts"].data, self["ends"].data = began.date(), began.time(), finished.time()

    def instants(self) -> tuple[datetime, datetime]:
        """Start and end; an end after midnight is of the next day when it is before 6 in the morning."""
        on, starts, ends = self["day"].data, self["starts"].data, self["ends"].data
        is_after_midnight = ends < starts and ends.hour < 6
        return lima_instant(on, starts), lima_instant(on + timedelta(days=int(is_after_midnight)), ends)


def _count(label: Any) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(0, MOST_PEOPLE, _l("Use un número de 0 en adelante."))])


class _Attendance(Form):
    """One number for each group of each dimension."""

    messages = PROBLEMS

    def groups(self, dimension: Dimension) -> list[IntegerField]:
        return [self[f"{dimension}-{category}"] for category in CODES[dimension]]

    def counts(self) -> dict[Dimension, dict[str, int]]:
        return {
            dimension: {category: self[f"{dimension}-{category}"].data or 0 for category in CODES[dimension]} for dimension in Dimension
        }

    def show_counts(self, counts: dict[Dimension, list[tuple[str, int]]]) -> None:
        for dimension, cells in counts.items():
            for category, people in cells:
                self[f"{dimension}-{category}"].data = people


AttendanceForm = type(
    "AttendanceForm",
    (_Attendance,),
    {f"{dimension}-{category}": _count(CATEGORIES[dimension][category]) for dimension in Dimension for category in CODES[dimension]},
)


class MinutesForm(meetings.MinutesForm):
    messages = PROBLEMS


class CorrectionForm(meetings.CorrectionForm):
    messages = PROBLEMS


class UploadForm(Form):
    """One file of the record."""

    messages = PROBLEMS
    file = FileField(_l("Archivo"), validators=[FileRequired(_l("Elija un archivo."))])
    kind = SelectField(
        _l("Qué es"),
        choices=[SelectChoice(BY_CONTENT, _l("Según el archivo")), *(SelectChoice(k.value, name) for k, name in KINDS.items())],
    )
    title = line(_l("Título"), 200, required=False)
    encoding = SelectField(
        _l("Si es CSV, de dónde viene"),
        choices=[SelectChoice("utf-8", _l("CSV UTF-8 (lo usual)")), SelectChoice("cp1252", _l("Excel antiguo (Windows)"))],
    )
    is_for_public = BooleanField(_l("Puede publicarse: no muestra datos personales ni a menores sin permiso"))

    def upload(self) -> FileUpload:
        return FileUpload(self.file.data.filename or "", self.file.data.read(), self.encoding.data)

    @property
    def chosen_kind(self) -> AttachmentKind | None:
        return AttachmentKind(self.kind.data) if self.kind.data else None


class WithdrawalForm(Form):
    messages = PROBLEMS
    reason = line(_l("Por qué se retira"), 500)


class CancelForm(Form):
    messages = PROBLEMS
    reason = line(_l("Por qué no se realizó"), 500)


class OpenForm(Form):
    """Who facilitates: one of those who may."""

    messages = PROBLEMS
    facilitator = SelectField(_l("Quién facilita"), coerce=int, validators=[InputRequired(REQUIRED)])


class OutreachForm(Form):
    """One action of outreach, with a file that shows it when there is one."""

    messages = PROBLEMS
    submission_key = HiddenField(default=lambda: secrets.token_hex(16))
    done_on = day(_l("Día"))
    title = line(_l("Qué se hizo"), 160)
    channel = SelectField(_l("Por qué medio"), choices=[SelectChoice(c.value, name) for c, name in CHANNELS.items()])
    sector = SelectField(_l("A quién iba dirigido"), choices=[SelectChoice(s.value, name) for s, name in SECTORS.items()])
    ubigeo = SelectField(_l("Dónde"))
    language = SelectField(_l("En qué lengua"), choices=[SelectChoice(code, name) for code, name in OUTREACH_LANGUAGES.items()])
    reach = IntegerField(_l("A cuántas personas llegó"), validators=[Optional()])
    message = text(_l("Lo que se dijo o se publicó"), 10_000)
    file = FileField(_l("Archivo que lo muestra"))

    def validate_submission_key(self, field: HiddenField) -> None:
        if not _KEY.fullmatch(field.data or ""):
            field.data = secrets.token_hex(16)

    def with_places(self, places: Any) -> "OutreachForm":
        """`places`: (ubigeo, name) of those that can be chosen."""
        self.ubigeo.choices = [SelectChoice("", _l("En todo el territorio")), *(SelectChoice(code, name) for code, name in places)]
        return self

    def draft(self) -> OutreachDraft:
        return OutreachDraft(
            done_on=self["done_on"].data, title=self.title.data or "", channel=OutreachChannel(self.channel.data),
            sector=Sector(self.sector.data), message=self.message.data or "", ubigeo=self.ubigeo.data or "", language=self.language.data,
            reach=self.reach.data,
        )  # fmt: skip

    @property
    def upload(self) -> FileUpload | None:
        return FileUpload(self.file.data.filename, self.file.data.read()) if self.file.data and self.file.data.filename else None


class OutreachFileForm(Form):
    """One more file of an action."""

    messages = PROBLEMS
    file = FileField(_l("Archivo"), validators=[FileRequired(_l("Elija un archivo."))])
    title = line(_l("Título"), 200, required=False)

    def upload(self) -> FileUpload:
        return FileUpload(self.file.data.filename or "", self.file.data.read())
