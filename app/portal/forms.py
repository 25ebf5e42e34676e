"""Asking to follow the register."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Email

from app.core.fields import Form, line


class FollowForm(Form):
    """One address."""

    email = line(_l("Correo"), 254)

    def validate_email(self, field: object) -> None:
        Email(_l("Revise el correo: falta algo, por ejemplo la arroba."))(self, field)
