"""Sentences about paper forms."""

from flask_babel import lazy_gettext as _

from app.contributions.messages import PROBLEMS as CONTRIBUTION_PROBLEMS
from app.contributions.rules.terms import Channel
from app.paper.rules import PaperProblem, SheetState, Unreadable

PROBLEMS = {
    **CONTRIBUTION_PROBLEMS,
    PaperProblem.COUNT: _("Escriba cuántas hojas: de 1 a %(most)s."),
    PaperProblem.KEYED: _("Esta hoja ya se registró como %(code)s. Si el papel dice otra cosa, avise a quien la registró."),
    PaperProblem.VOIDED: _("Esta hoja está anulada y no se registra. Use otra."),
    PaperProblem.REASON: _("Diga por qué se anula, de %(shortest)s a %(longest)s letras: lo lee quien tenga el talón."),
    PaperProblem.NOT_KEYED: _("Esta hoja todavía no se ha registrado."),
    PaperProblem.OWN_WORK: _("La revisión contra el papel la hace otra persona, no quien la registró."),
    PaperProblem.CHANNEL: _("Elija si fue por teléfono, en la ventanilla o en papel."),
}
STATES = {SheetState.UNUSED: _("Sin registrar"), SheetState.KEYED: _("Registrada"), SheetState.VOID: _("Anulada")}
UNREADABLE = {
    Unreadable.WORDS: _("Parte del texto"),
    Unreadable.NAME: _("El nombre"),
    Unreadable.CONTACT: _("El correo o el teléfono"),
    Unreadable.PLACE: _("El lugar"),
}
BY_HAND = {Channel.WINDOW: _("En la ventanilla"), Channel.PHONE: _("Por teléfono"), Channel.PAPER: _("En un papel propio")}
