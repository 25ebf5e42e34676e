"""What a moderator chooses and writes."""

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from app.core.fields import Form, text
from app.moderation import messages as words
from app.moderation.rules import LONGEST_NOTE, HidingReason


def _reason(value: object) -> HidingReason | None:
    return next((reason for reason in HidingReason if reason.value == value), None)


class SeenForm(Form):
    """An act on what the moderator has in front (`seen`)."""

    messages = words.PROBLEMS
    seen = HiddenField()


class RedactForm(SeenForm):
    """The pieces marked to be taken out: `piece`, as they stand in the text."""

    def pieces(self) -> list[str]:
        return list(dict.fromkeys(request.form.getlist("piece")))


class HideForm(SeenForm):
    reason = SelectField(
        _("Razón, que se publica"), coerce=_reason, validate_choice=False,
        choices=[SelectChoice("", _("Elija una razón")), *(SelectChoice(reason.value, name) for reason, name in words.REASONS.items())],
    )  # fmt: skip
    note = text(_("Nota para el equipo, que no se publica"), LONGEST_NOTE, required=False)
