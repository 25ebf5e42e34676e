"""Media, languages, and why a text is refused."""

from flask_babel import lazy_gettext as _l

from app.activities.messages import OUTREACH_LANGUAGES
from app.notices.rules import LANGUAGES, Medium, NoticeProblem

MEDIA = {
    Medium.POSTER: _l("Afiche"),
    Medium.MESSAGE: _l("Mensaje para WhatsApp"),
    Medium.RADIO: _l("Guion para la radio"),
}
DONE = {
    Medium.POSTER: _l("Afiche puesto en la puerta de la municipalidad"),
    Medium.MESSAGE: _l("Mensaje enviado por WhatsApp"),
    Medium.RADIO: _l("Aviso entregado a la radio"),
}
RECORD = {
    Medium.POSTER: _l("Registrar que se puso"),
    Medium.MESSAGE: _l("Registrar que se envió"),
    Medium.RADIO: _l("Registrar que se entregó"),
}
LANGUAGE_NAMES = {code: OUTREACH_LANGUAGES[code] for code in LANGUAGES}
PROBLEMS = {
    NoticeProblem.LANGUAGE_UNKNOWN: _l("Elija una lengua de la lista."),
    NoticeProblem.TEXT_LONG: _l("Use %(longest)d caracteres o menos."),
}
