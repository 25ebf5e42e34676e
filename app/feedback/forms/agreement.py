"""Forms of an objection, of a dissent and of the hour of a batch: shape only."""

from datetime import datetime
from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, Optional

from app.contributions.forms import new_key
from app.contributions.messages import PROBLEMS as CONTRIBUTION_PROBLEMS
from app.core.clock import lima_instant
from app.core.fields import REQUIRED, Form, day, hour
from app.core.fields import text as paragraph
from app.feedback.messages import ALL
from app.feedback.rules.agreement import LONGEST


class ObjectionForm(Form):
    """Why a sector does not agree with the text whose hash was on the screen."""

    messages = ALL
    sha256 = HiddenField()
    reason = paragraph(lazy_gettext("Por qué objeta este texto"), LONGEST)


class DissentForm(Form):
    """A reasoned disagreement, for the public."""

    messages = ALL
    sha256 = HiddenField()
    text = paragraph(lazy_gettext("Su desacuerdo y sus razones"), LONGEST)


class WithdrawalForm(Form):
    """Why a dissent is taken back."""

    messages = ALL
    withdrawal_reason = paragraph(lazy_gettext("Por qué lo retira"), 1_000)


class HourForm(Form):
    """The day and hour at which a batch is released, in Lima."""

    messages = ALL
    at_day: Any = day(lazy_gettext("Día"), required=False)
    at_hour: Any = hour(lazy_gettext("Hora"), required=False)

    def at(self) -> datetime | None:
        """The instant; None when the day or the hour is missing."""
        return lima_instant(self.at_day.data, self.at_hour.data) if self.at_day.data and self.at_hour.data else None


class VotesForm(Form):
    """The votes of a workshop, one number for each code, and how it voted."""

    messages = ALL
    voters = IntegerField(lazy_gettext("Personas que votaron"), validators=[Optional()])
    votes_each = IntegerField(lazy_gettext("Votos de cada una"), validators=[Optional()])

    def votes(self) -> dict[str, int | None]:
        """Votes by code as typed; None for what is not a whole number; empty is 0."""
        found: dict[str, int | None] = {}
        for name, value in request.form.items():
            if name.startswith("votes-"):
                typed = value.strip()
                is_whole = typed.isascii() and (typed.isdigit() or not typed) and len(typed) < 9
                found[name.removeprefix("votes-")] = int(typed or 0) if is_whole else None
        return found


class OptionForm(Form):
    """Something the workshop voted that nobody had captured: it becomes a contribution of the workshop, with its votes."""

    messages = ALL | CONTRIBUTION_PROBLEMS
    submission_key = HiddenField(default=new_key)
    text = paragraph(lazy_gettext("Qué se votó"), 4_000)
    votes = IntegerField(lazy_gettext("Votos"), validators=[InputRequired(REQUIRED)])
