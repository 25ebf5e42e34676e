"""Forms of accounts."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.messages import AGES, PROBLEMS
from app.accounts.rules.joining import AccountDraft, AgeBand
from app.accounts.rules.passwords import LONGEST_PASSWORD
from app.core.fields import REQUIRED, Form, line, no_nul
from app.core.text import clean_line

LONGEST_NAME, LONGEST_CODE, LONGEST_SEALED, LONGEST_KEY_ANSWER = 120, 40, 600, 8_000


def _email(label: Any) -> EmailField:
    return EmailField(label, validators=[InputRequired(REQUIRED), Length(max=254), no_nul], filters=[clean_line])


def _password(label: Any, *, required: bool = True) -> PasswordField:
    presence = InputRequired(REQUIRED) if required else Optional()
    return PasswordField(label, validators=[presence, no_nul])


def _code(label: Any) -> StringField:
    return StringField(label, validators=[InputRequired(REQUIRED), Length(max=LONGEST_CODE), no_nul], filters=[clean_line])


def _age(value: Any) -> AgeBand | None:
    return next((age for age in AgeBand if age.value == value), None)


def _age_field() -> RadioField:
    return RadioField(
        _("¿Qué edad tiene?"), choices=[SelectChoice(a.value, n) for a, n in AGES.items()], coerce=_age, validate_choice=False
    )


class SignInForm(Form):
    messages = PROBLEMS
    email = _email(_("Correo electrónico"))
    password = PasswordField(_("Clave"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD), no_nul])
    siguiente = HiddenField()


class AddressForm(Form):
    """An address to write to: a code, a new password, a new address of the account."""

    messages = PROBLEMS
    email = _email(_("Correo electrónico"))
    siguiente = HiddenField()


class CodeForm(Form):
    messages = PROBLEMS
    code = _code(_("Código"))


class JoinForm(Form):
    """What a new account needs besides its address."""

    messages = PROBLEMS
    name = line(_("Nombre y apellidos"), LONGEST_NAME, required=False)
    age = _age_field()
    pseudonym = line(_("Seudónimo"), 60, required=False)
    password = _password(_("Clave"), required=False)
    accepts_notice = BooleanField(_("Leí cómo se usan mis datos y acepto que se guarden para esta cuenta"))

    def draft(self) -> AccountDraft:
        return AccountDraft(
            self.name.data or "", self.age.data, bool(self.accepts_notice.data), self.pseudonym.data or "", self.password.data or ""
        )


class InvitationForm(Form):
    messages = PROBLEMS
    name = line(_("Nombre y apellidos"), LONGEST_NAME, required=False)
    password = _password(_("Clave"))
    accepts_notice = BooleanField(_("Leí cómo se usan mis datos y acepto que se guarden para esta cuenta"))


class PasswordForm(Form):
    messages = PROBLEMS
    current = PasswordField(_("Clave actual"), validators=[Optional(), Length(max=LONGEST_PASSWORD), no_nul])
    password = _password(_("Clave nueva"))


class NewPasswordForm(Form):
    messages = PROBLEMS
    password = _password(_("Clave nueva"))


class ProofForm(Form):
    """Proving again who one is: with the password, or a code sent by mail."""

    messages = PROBLEMS
    proof = PasswordField(_("Clave"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD), no_nul])
    siguiente = HiddenField()


class SecondStepForm(CodeForm):
    siguiente = HiddenField()


class AuthenticatorForm(CodeForm):
    sealed = HiddenField(validators=[Length(max=LONGEST_SEALED)])


class PasskeyForm(Form):
    messages = PROBLEMS
    credential = HiddenField(validators=[Length(max=LONGEST_KEY_ANSWER)])
    name = line(_("Nombre de la llave"), 60, required=False)


class PasskeySignInForm(Form):
    messages = PROBLEMS
    credential = HiddenField(validators=[Length(max=LONGEST_KEY_ANSWER)])
    siguiente = HiddenField()


class EmptyForm(Form):
    """Only the guard against forged requests."""

    messages = PROBLEMS
