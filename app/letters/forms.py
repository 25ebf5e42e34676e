"""Replies, how they are closed, what happened to a letter, and asking for a private link. Shape only."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.contributions.rules.terms import Channel
from app.core.fields import DayField, Form, line, text
from app.letters.messages import ALL, CHANNELS, KINDS, OUTCOMES, SAID_KINDS, STEPS
from app.letters.rules.deliveries import DeliveryNote, DeliveryStep
from app.letters.rules.replies import ReplyDraft, ReplyKind, ReplyState

LONGEST_REPLY = 4_000


def _choices(words: Any) -> list[SelectChoice]:
    return [SelectChoice(member.value, label) for member, label in words.items()]


def _member(kind: Any, value: str | None) -> Any:
    """The member of an enum that was marked; None when nothing was, or something that is not offered."""
    return kind(value) if value in {member.value for member in kind} else None


class ReplyForm(Form):
    """What the author says to the answer."""

    messages = ALL
    kind = RadioField(lazy_gettext("Qué dice usted de la respuesta"), choices=_choices(KINDS), validate_choice=False)
    text = text(lazy_gettext("Sus razones o su pregunta"), LONGEST_REPLY, required=False)

    def draft(self) -> ReplyDraft:
        return ReplyDraft(_member(ReplyKind, self.kind.data), self.text.data or "")


class RecordForm(Form):
    """A reply that came on paper, by telephone or at the window, written down by the team."""

    messages = ALL
    code = line(lazy_gettext("Código del aporte"), 40)
    channel = RadioField(lazy_gettext("Cómo llegó"), choices=_choices(CHANNELS), validate_choice=False)
    given_on = DayField(lazy_gettext("Día en que la persona la dio"), validators=[Optional()])
    kind = RadioField(lazy_gettext("Qué dice la persona"), choices=_choices(SAID_KINDS), validate_choice=False)
    text = text(lazy_gettext("Sus palabras"), LONGEST_REPLY, required=False)

    def draft(self) -> ReplyDraft:
        return ReplyDraft(_member(ReplyKind, self.kind.data), self.text.data or "")

    def way(self) -> Channel | None:
        found: Channel | None = _member(Channel, self.channel.data)
        return found


class OutcomeForm(Form):
    """How the forum closes a reply."""

    messages = ALL
    outcome = RadioField(lazy_gettext("Qué hace el foro"), choices=_choices(OUTCOMES), validate_choice=False)
    text = text(lazy_gettext("Contestación o razón"), LONGEST_REPLY, required=False)

    def state(self) -> ReplyState | None:
        found: ReplyState | None = _member(ReplyState, self.outcome.data)
        return found


class HideForm(Form):
    messages = ALL
    reason = text(lazy_gettext("Por qué se oculta"), 1_000, required=False)


class LinkChangeForm(Form):
    """A published version that came of a reply."""

    messages = ALL
    version = SelectField(lazy_gettext("Versión de la respuesta"), choices=[], validate_choice=False)

    def number(self) -> int:
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


class DeliveryForm(Form):
    """What happened to a letter."""

    messages = ALL
    step = RadioField(lazy_gettext("Qué pasó"), choices=_choices(STEPS), validate_choice=False)
    on = DayField(lazy_gettext("Qué día"), validators=[Optional()])
    note = line(lazy_gettext("Nota: a quién se entregó, o qué decía el correo devuelto"), 300, required=False)

    def draft(self) -> DeliveryNote:
        return DeliveryNote(_member(DeliveryStep, self.step.data), self.on.data, self.note.data or "")


class PrintForm(Form):
    """Letters ticked in the list, or all that need paper."""

    messages = ALL

    def chosen(self) -> list[int]:
        ticked = request.form.getlist("chosen")
        return [int(item) for item in ticked if item.isascii() and item.isdigit() and len(item) < 12]

    def takes_all(self) -> bool:
        return request.form.get("all") == "si"


class LinkForm(Form):
    """The address whose private link is asked for."""

    messages = ALL
    email = line(lazy_gettext("Su correo"), 254, required=False)
