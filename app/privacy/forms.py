"""Forms about one's own data."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from app.accounts import messages as accounts_messages
from app.accounts.rules.joining import AgeBand
from app.contributions import messages as contributions_messages
from app.core.fields import Form, line
from app.privacy import messages

GROWN = (AgeBand.TEENAGER, AgeBand.ADULT)


def _age(value: Any) -> AgeBand | None:
    """None for what is not on the list: then the account keeps the age it says."""
    return next((age for age in GROWN if age.value == value), None)


class CorrectForm(Form):
    messages = accounts_messages.PROBLEMS
    name = line(_("Nombre y apellidos"), 120, required=False)
    pseudonym = line(_("Seudónimo"), 60, required=False)
    age = RadioField(
        _("Edad"), choices=[SelectChoice(a.value, accounts_messages.AGES[a]) for a in GROWN], coerce=_age, validate_choice=False
    )


class GatherForm(Form):
    messages = contributions_messages.PROBLEMS
    receipt = line(_("Enlace de su recibo"), 400)


class EraseForm(Form):
    messages = messages.PROBLEMS
    confirmed = BooleanField(_("Quiero borrar mi cuenta y mis datos. Entiendo que no se puede deshacer."))
