"""Forms of incidents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.contributions.forms import Needed
from app.core.clock import lima_instant
from app.core.fields import DayField, Form, HourField, text
from app.incidents import messages
from app.incidents.rules import LONGEST_TEXT, Affected, IncidentDraft


class _Moment(Form):
    messages = messages.PROBLEMS
    day = DayField(_("Día"), validators=[Needed(), Optional()])
    hour = HourField(_("Hora"), validators=[Needed(), Optional()])

    @property
    def moment(self) -> datetime | None:
        return lima_instant(self.day.data, self.hour.data) if self.day.data and self.hour.data else None


class IncidentForm(_Moment):
    happened = text(_("Qué pasó"), LONGEST_TEXT)
    data_kinds = text(_("Qué datos personales"), LONGEST_TEXT)
    measures = text(_("Qué se hizo ya"), LONGEST_TEXT, required=False)
    affected = RadioField(
        _("A quiénes toca"), choices=[SelectChoice(a.value, n) for a, n in messages.AFFECTED.items()], validate_choice=False,
        coerce=lambda value: next((a for a in Affected if a.value == value), None), validators=[Needed()],
    )  # fmt: skip
    process_slug = SelectField(_("Proceso"), choices=[], validate_choice=False)

    def offer(self, processes: Sequence[Any]) -> None:
        self.process_slug.choices = [SelectChoice("", _("Ninguno")), *(SelectChoice(p.slug, p.title) for p in processes)]

    def draft(self) -> IncidentDraft:
        return IncidentDraft(
            self.moment, self.happened.data or "", self.data_kinds.data or "", self.measures.data or "", self.affected.data,
            self.process_slug.data or "",
        )  # fmt: skip


class NoteForm(Form):
    messages = messages.PROBLEMS
    note = text(_("Qué se supo o se hizo"), LONGEST_TEXT, required=False)


class AuthorityForm(_Moment):
    note = text(_("Cómo se avisó y con qué número de registro"), LONGEST_TEXT, required=False, id="authority-note")


class LetterForm(Form):
    messages = messages.PROBLEMS
    note = text(_("La carta"), LONGEST_TEXT, required=False, id="letter-words")


class CloseForm(Form):
    messages = messages.PROBLEMS
    note = text(_("En qué quedó"), LONGEST_TEXT, required=False, id="closing-note")
