"""What moderators choose and write, and what people report and appeal."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.contributions.forms import Needed
from app.core.fields import ArrivingForm, Form, line, text
from app.moderation import messages as words
from app.moderation.rules import LONGEST_NOTE, HidingReason, ModerationKind
from app.moderation.rules.appeals import LONGEST_APPEAL, LONGEST_DECISION, AppealOutcome
from app.moderation.rules.reports import LONGEST_WORDS


def _member(kind: type[StrEnum]) -> Callable[[Any], Any]:
    return lambda value: next((member for member in kind if member.value == value), None)


_REASONS = [SelectChoice(reason.value, name) for reason, name in words.HIDING_REASONS.items()]


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
        _("Razón, que se publica"), coerce=_member(HidingReason), validate_choice=False,
        choices=[SelectChoice("", _("Elija una razón")), *_REASONS],
    )  # fmt: skip
    note = text(_("Nota para el equipo, que no se publica"), LONGEST_NOTE, required=False)


class RetireForm(SeenForm):
    favoured = line(_("Código del aporte que se queda"), 40)


class PersonForm(HideForm):
    """A warning; with `days`, a suspension."""

    messages = words.ON_PEOPLE

    days = IntegerField(_("Días de suspensión"), validators=[Optional()])


class BulkForm(Form):
    """One act on many: `code` before the preview, `item` (code and fingerprint) after it."""

    messages = words.PROBLEMS
    act = SelectField(
        _("Con lo marcado"), coerce=_member(ModerationKind), validate_choice=False,
        choices=[SelectChoice("", _("Elija qué hacer")), *(SelectChoice(kind.value, name) for kind, name in words.BULK.items())],
    )  # fmt: skip
    reason = SelectField(
        _("Razón, si se oculta"), coerce=_member(HidingReason), validate_choice=False,
        choices=[SelectChoice("", _("Elija una razón")), *_REASONS],
    )  # fmt: skip
    note = text(_("Nota para el equipo, que no se publica"), LONGEST_NOTE, required=False)

    def codes(self) -> list[str]:
        return [code[:40] for code in request.form.getlist("code")][:500]

    def items(self) -> list[tuple[str, str]]:
        pairs = [item[:80].partition(" ") for item in request.form.getlist("item")][:500]
        return [(code, seen) for code, _space, seen in pairs]


class PairForm(Form):
    """Two contributions that may say the same."""

    messages = words.PROBLEMS
    first = HiddenField()
    second = HiddenField()


class ReportForm(ArrivingForm):
    """Anybody says that a public text breaks a rule."""

    messages = words.REPORTING
    reason = RadioField(_("Qué regla rompe"), choices=_REASONS, coerce=_member(HidingReason), validate_choice=False, validators=[Needed()])
    words = text(_("¿Algo que deba saber quien lo revise?"), LONGEST_WORDS, required=False)


class AppealForm(Form):
    messages = words.PROBLEMS
    text = text(_("Por qué cree que fue un error"), LONGEST_APPEAL)


class AppealDecisionForm(Form):
    messages = words.PROBLEMS
    outcome = RadioField(
        _("Qué se resuelve"), choices=[SelectChoice(outcome.value, name) for outcome, name in words.DECISIONS.items()],
        coerce=_member(AppealOutcome), validate_choice=False, validators=[Needed()],
    )  # fmt: skip
    reason = text(_("Por qué, para quien apeló"), LONGEST_DECISION)
