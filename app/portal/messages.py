"""Sentences of the public pages: how a contribution arrived, what each outcome means in plain words."""

from flask_babel import lazy_gettext as _

from app.contributions.rules.terms import Channel
from app.feedback.rules.outcomes import Outcome

RECEIVED_BY = {
    Channel.WORKSHOP: _("Se dijo en un taller; la autora o el autor es quien habló."),
    Channel.WEB: _("Llegó por esta página."),
    Channel.PAPER: _("Llegó en una hoja de papel."),
    Channel.PHONE: _("Se dictó por teléfono."),
    Channel.EMAIL: _("Llegó por correo electrónico."),
    Channel.WINDOW: _("Se presentó en ventanilla."),
}
MEANINGS = {
    Outcome.ADOPTED: _("Lo pedido entra al plan; la respuesta dice en qué compromiso."),
    Outcome.ADOPTED_PARTIALLY: _("Una parte entra al plan y otra no; la respuesta dice cuál y por qué."),
    Outcome.ALREADY_COVERED: _("Ya existe un compromiso, una norma o un programa que lo atiende; la respuesta lo cita."),
    Outcome.DEFERRED: _("Se guarda para un próximo plan, con un responsable."),
    Outcome.REFERRED: _("Le toca a otra entidad; la respuesta dice a cuál se envió, con qué documento y cuándo."),
    Outcome.NOT_ADOPTED: _("No entra al plan; la respuesta dice por qué y qué tendría que cambiar."),
    Outcome.OUT_OF_SCOPE: _("No es materia de este proceso; la respuesta dice a dónde acudir."),
    Outcome.MERGED: _("Dice lo mismo que otro aporte y se responden juntos; cada uno conserva su código."),
    Outcome.NEEDS_CLARIFICATION: _("Falta que su autora o autor aclare algo; la pregunta tiene plazo."),
    Outcome.WITHDRAWN: _("Quien lo presentó pidió retirarlo."),
}
