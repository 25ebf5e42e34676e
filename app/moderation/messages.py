"""Sentences of moderation, the reasons as the public reads them."""

from flask_babel import lazy_gettext as _

from app.moderation.rules import HidingReason, ModerationKind, ModerationProblem

PROBLEMS = {
    ModerationProblem.REASON_MISSING: _("Elija por qué se oculta: la razón se publica."),
    ModerationProblem.NOTE_TOO_LONG: _("Use %(longest)s caracteres o menos."),
    ModerationProblem.NOTHING_MARKED: _("Marque al menos uno de los datos que se encontraron."),
    ModerationProblem.AWAITS_VOICE: _(
        "Es un audio y su autor todavía no confirma el texto: no hay qué publicar. Puede escribirlo en «fotos y audio»."
    ),
    ModerationProblem.NOT_FROM_HERE: _("Esto ya no se puede hacer: el aporte cambió de estado."),
}
REASONS = {
    HidingReason.PERSONAL_DATA: _("Muestra datos personales de alguien"),
    HidingReason.INSULT: _("Insulta o amenaza a personas"),
    HidingReason.ADVERTISING: _("Es publicidad"),
    HidingReason.OFF_TOPIC: _("No tiene que ver con el proceso"),
    HidingReason.UNLAWFUL: _("Su contenido es ilegal"),
}
KINDS = {
    ModerationKind.PUBLISH: _("Publicado"),
    ModerationKind.HIDE: _("Ocultado"),
    ModerationKind.RESTORE: _("Vuelto a publicar"),
    ModerationKind.REDACT: _("Publicado sin datos personales"),
}
