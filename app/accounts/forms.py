"""Forms of accounts."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from app.accounts.messages import PROBLEMS
from app.accounts.rules import LONGEST_PASSWORD
from app.core.fields import REQUIRED, Form, no_nul
from app.core.text import clean_line


class SignInForm(Form):
    messages = PROBLEMS
    email = EmailField(_("Correo electrónico"), validators=[InputRequired(REQUIRED), Length(max=254), no_nul], filters=[clean_line])
    password = PasswordField(_("Clave"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD), no_nul])
    siguiente = HiddenField()


class PasswordForm(Form):
    messages = PROBLEMS
    current = PasswordField(_("Clave actual"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD), no_nul])
    password = PasswordField(_("Clave nueva"), validators=[InputRequired(REQUIRED), no_nul])
