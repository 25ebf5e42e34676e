"""Asking to follow, asking for one's page, choosing how often."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email

from app.core.fields import Form, line
from app.follows.messages import NEWS, PACES, PROBLEMS, RHYTHMS
from app.follows.rules import NewsKind, Pace, Rhythm

WRONG_ADDRESS = _l("Revise el correo: falta algo, por ejemplo la arroba.")


class AddressForm(Form):
    """One address."""

    messages = PROBLEMS
    email = line(_l("Correo"), 254)

    def validate_email(self, field: object) -> None:
        Email(WRONG_ADDRESS)(self, field)


class FollowForm(AddressForm):
    """One address and how often it wants to be told."""

    rhythm = RadioField(
        _l("¿Cada cuánto quiere saber?"), choices=[SelectChoice(r.value, name) for r, name in RHYTHMS.items()],
        default=Rhythm.DATES_AT_ONCE.value,
    )  # fmt: skip

    def chosen(self) -> Rhythm:
        return Rhythm(self.rhythm.data)


def _pace(kind: NewsKind) -> SelectField:
    return SelectField(NEWS[kind], choices=[SelectChoice(p.value, name) for p, name in PACES.items()])


class PacesForm(Form):
    """How often, for each kind of news."""

    messages = PROBLEMS
    dates = _pace(NewsKind.DATES)
    answers = _pace(NewsKind.ANSWERS)
    contributions = _pace(NewsKind.CONTRIBUTIONS)
    records = _pace(NewsKind.RECORDS)
    plan = _pace(NewsKind.PLAN)

    def chosen(self) -> dict[NewsKind, Pace]:
        return {kind: Pace(self[kind.value].data) for kind in NewsKind}
