"""Applying, and answering those who applied."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, NumberRange, Optional, ValidationError

from app.calls.messages import OUTCOMES, PROBLEMS, SECTORS
from app.calls.rules.applying import ApplicationDraft
from app.core.fields import REQUIRED, Form, line, text
from app.evidence.rules import FileUpload
from app.organisations.rules import Sector

_KEY = re.compile(r"[0-9a-f]{32}")
_PHONE = re.compile(r"[0-9 ()+.-]{6,30}")


class ApplicationForm(Form):
    """An organisation that applies."""

    messages = PROBLEMS
    submission_key = HiddenField(default=lambda: secrets.token_hex(16))
    organisation = line(_l("Organización o entidad"), 160)
    sector = SelectField(_l("Sector"))
    representative = line(_l("Quién la representa"), 160)
    alternate = line(_l("Quién sería su alterno"), 160, required=False)
    email = line(_l("Correo"), 254, required=False)
    phone = line(_l("Teléfono"), 30, required=False)
    reform = line(_l("Reforma que propone"), 300, required=False)
    is_ongoing = BooleanField(_l("Esa reforma ya está en marcha"))
    motive = text(_l("Por qué postulan y qué han hecho"), 6_000)
    file = FileField(_l("Documentos en un solo archivo"))

    def limit(self, called: Sequence[Sector], *, is_contest: bool) -> "ApplicationForm":
        """Only the sectors that are called; in a contest, entities that propose a reform."""
        chosen = [Sector.GOVERNMENT] if is_contest else called
        self.sector.choices = [SelectChoice(sector.value, SECTORS[sector]) for sector in chosen]
        self.reform.flags.required = is_contest
        return self

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

    def draft(self) -> ApplicationDraft:
        return ApplicationDraft(
            self.organisation.data or "", Sector(self.sector.data), self.representative.data or "", self.email.data or "",
            self.phone.data or "", self.motive.data or "", self.reform.data or "", bool(self.is_ongoing.data), self.alternate.data or "",
        )  # fmt: skip

    def upload(self) -> FileUpload | None:
        """The file, if one was chosen."""
        sent = self.file.data
        return FileUpload(sent.filename or "", sent.read(), "utf-8") if sent and getattr(sent, "filename", "") else None


class CheckForm(Form):
    """Whether the requirements are met, and why."""

    messages = PROBLEMS
    verdict = RadioField(
        _l("Requisitos"), choices=[SelectChoice("yes", _l("Los cumple")), SelectChoice("no", _l("No los cumple"))],
        validators=[InputRequired(REQUIRED)],
    )  # fmt: skip
    reason = text(_l("Por qué"), 2_000)


class ClaimForm(Form):
    messages = PROBLEMS
    text = text(_l("Su reclamo"), 4_000)


class ClaimAnswerForm(Form):
    """The answer to a claim; an upheld one may change the outcome."""

    messages = PROBLEMS
    verdict = RadioField(
        _l("El reclamo"),
        choices=[SelectChoice("no", _l("No procede")), SelectChoice("yes", _l("Procede"))],
        validators=[InputRequired(REQUIRED)],
    )
    outcome = SelectField(
        _l("Resultado nuevo, si procede"),
        choices=[SelectChoice("", _l("El mismo")), *(SelectChoice(o.value, label) for o, label in OUTCOMES.items())],
        validators=[Optional()],
    )
    answer = text(_l("Respuesta"), 4_000)


class SeatForm(Form):
    """Which of the seats of the call a chosen organisation takes."""

    messages = PROBLEMS
    number = IntegerField(_l("Asiento número"), validators=[InputRequired(REQUIRED), NumberRange(1, 200)])
    opens_account = BooleanField(_l("Abrir una cuenta a su representante si no la tiene"))
