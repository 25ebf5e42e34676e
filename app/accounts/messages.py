"""Sentences about accounts."""

from flask_babel import lazy_gettext as _

from app.accounts.rules.joining import AgeBand
from app.accounts.rules.problems import AccountProblem

PROBLEMS = {
    AccountProblem.EMAIL_TAKEN: _("Ya hay una cuenta con ese correo."),
    AccountProblem.EMAIL_MALFORMED: _("Escriba un correo como nombre@ejemplo.pe."),
    AccountProblem.EMAIL_SAME: _("Ese ya es el correo de su cuenta. Escriba el nuevo."),
    AccountProblem.PASSWORD_SHORT: _("La clave necesita %(shortest)s caracteres o más. Una frase sirve."),
    AccountProblem.PASSWORD_LONG: _("La clave admite hasta %(longest)s caracteres."),
    AccountProblem.PASSWORD_COMMON: _("Esa clave es de las primeras que alguien probaría. Use una frase que solo usted conozca."),
    AccountProblem.NOT_RECOGNISED: _("El correo o la clave no coinciden. Revíselos y vuelva a intentar."),
    AccountProblem.TOO_MANY_ATTEMPTS: _(
        "Hubo demasiados intentos con ese correo. Espere cinco minutos y vuelva a intentar, o entre con un código enviado a su correo."
    ),
    AccountProblem.TOO_BUSY: _("Muchas personas están ingresando a la vez. Espere unos segundos y vuelva a intentar."),
    AccountProblem.LETTERS_TOO_MANY: _("Ya se pidieron varias cartas para ese correo. Revise su bandeja, o vuelva a pedirla en una hora."),
    AccountProblem.CODE_WRONG: _("Ese no es el código que le enviamos. Cópielo tal como está en la carta."),
    AccountProblem.CODE_SPENT: _("Ese código ya no sirve. Pida otro."),
    AccountProblem.FACTOR_WRONG: _(
        "Ese código no sirve, o ya se usó. Espere a que la aplicación muestre el siguiente, o use un código de su hoja."
    ),
    AccountProblem.FACTOR_TOO_MANY: _("Hubo demasiados códigos equivocados. Espere cinco minutos y vuelva a intentar."),
    AccountProblem.FACTOR_LAST: _("Su rol pide un segundo paso: agregue otro antes de quitar este."),
    AccountProblem.PASSKEY_REFUSED: _("La llave no pudo comprobarse. Inténtelo otra vez, o entre de otra manera."),
    AccountProblem.LINK_SPENT: _("Ese enlace ya se usó o venció. Pida otro."),
    AccountProblem.NAME_MISSING: _("Escriba su nombre y apellidos."),
    AccountProblem.AGE_MISSING: _("Elija su edad."),
    AccountProblem.TOO_YOUNG: _(
        "Con menos de 14 años no se puede abrir una cuenta. Una persona adulta responsable puede enviar el aporte con usted, sin cuenta."
    ),
    AccountProblem.NOTICE_NOT_ACCEPTED: _("Para abrir la cuenta hay que aceptar cómo se usan sus datos."),
    AccountProblem.PSEUDONYM_MISSING: _("Elija un seudónimo: con menos de 18 años su nombre no se publica."),
    AccountProblem.PSEUDONYM_IS_NAME: _("El seudónimo no puede ser su nombre. Elija otro."),
    AccountProblem.IDENTITY_REFUSED: _("El proveedor de identidad no confirmó quién es usted. Inténtelo otra vez, o entre de otra manera."),
    AccountProblem.IDENTITY_UNVERIFIED: _(
        "El proveedor de identidad no confirma su correo. Entre con un código enviado a su correo y enlácelo después desde «Mi cuenta»."
    ),
    AccountProblem.IDENTITY_ALREADY_LINKED: _("Esa identidad ya está enlazada con otra cuenta. Quítela allí antes de enlazarla aquí."),
}
AGES = {
    AgeBand.ADULT: _("18 años o más"),
    AgeBand.TEENAGER: _("De 14 a 17 años"),
    AgeBand.CHILD: _("Menos de 14 años"),
}
