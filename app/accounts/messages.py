"""Sentences about signing in."""

from flask_babel import lazy_gettext as _

from app.accounts.rules import AccountProblem

PROBLEMS = {
    AccountProblem.EMAIL_TAKEN: _("Ya hay una cuenta con ese correo."),
    AccountProblem.PASSWORD_SHORT: _("La clave necesita %(shortest)s caracteres o más. Una frase sirve."),
    AccountProblem.PASSWORD_LONG: _("La clave admite hasta %(longest)s caracteres."),
    AccountProblem.NOT_RECOGNISED: _("El correo o la clave no coinciden. Revíselos y vuelva a intentar."),
    AccountProblem.TOO_MANY_ATTEMPTS: _("Hubo demasiados intentos con ese correo. Espere cinco minutos y vuelva a intentar."),
}
