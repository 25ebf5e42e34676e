"""How one identifies oneself: document, code by mail, printed code, an officer's key, a receipt."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from app.core.fields import Form, line
from app.voting.messages import PROBLEMS


class DocumentForm(Form):
    messages = PROBLEMS
    document = line(_("Número de DNI"), 20)
    carried = HiddenField()


class CodeForm(Form):
    messages = PROBLEMS
    handle = HiddenField()
    carried = HiddenField()
    code = line(_("Código de seis números"), 20)
    reminds = BooleanField(_("Si no termino de votar, recuérdenme una vez por correo"))


class TokenForm(Form):
    messages = PROBLEMS
    token = line(_("Código impreso"), 40)
    carried = HiddenField()


class HandOverForm(Form):
    messages = PROBLEMS
    document = line(_("DNI de quien va a votar"), 20)
    pin = line(_("Clave de la mesa"), 40)


class ReceiptForm(Form):
    messages = PROBLEMS
    receipt = line(_("Código de su constancia"), 60)
