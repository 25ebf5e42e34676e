"""What is typed from paper, at the window or on the telephone."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import EmailField, IntegerField, SelectField, SelectMultipleField, TelField
from wtforms.fields.choices import SelectChoice

from app.contributions.forms import RowForm
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel
from app.core.fields import Form, line
from app.core.text import clean_line
from app.paper import messages as words
from app.paper.rules import LONGEST_REASON, Unreadable


class PrintForm(Form):
    messages = words.PROBLEMS
    count = IntegerField(_("¿Cuántas hojas?"), default=20)

    @property
    def how_many(self) -> int | None:
        return self.count.data if isinstance(self.count.data, int) else None


class VoidForm(Form):
    messages = words.PROBLEMS
    reason = line(_("¿Por qué se anula?"), LONGEST_REASON, required=False)


class HandForm(RowForm):
    """What somebody said, typed by the team: as a row of a workshop, with how to reach them."""

    messages = words.PROBLEMS
    email = EmailField(_("Correo"), filters=[clean_line])
    phone = TelField(_("Teléfono"), filters=[clean_line])
    channel = SelectField(
        _("¿Cómo llegó?"), choices=[SelectChoice(channel.value, name) for channel, name in words.BY_HAND.items()], validate_choice=False,
        coerce=lambda value: next((channel for channel in words.BY_HAND if channel.value == value), None),
    )  # fmt: skip
    unreadable = SelectMultipleField(
        _("¿Qué no se pudo leer?"), choices=[SelectChoice(part.value, name) for part, name in words.UNREADABLE.items()],
        validate_choice=False,
    )  # fmt: skip

    def draft(self, ubigeo: str) -> ContributionDraft:
        channel: Any = self.channel.data or Channel.WORKSHOP
        return replace(super().draft(ubigeo), email=self.email.data or "", phone=self.phone.data or "", channel=channel)

    def not_read(self) -> list[Unreadable]:
        return [part for part in Unreadable if part.value in (self.unreadable.data or [])]
