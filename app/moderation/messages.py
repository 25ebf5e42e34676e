"""Sentences of moderation, the reasons and acts as the public reads them."""

from flask_babel import lazy_gettext as _

from app.contributions.rules.floods import Mark
from app.moderation.rules import HIDING, HidingReason, ModerationKind, ModerationProblem
from app.moderation.rules.appeals import AppealOutcome, AppealProblem
from app.moderation.rules.reports import Pile

PROBLEMS = {
    ModerationProblem.REASON_MISSING: _("Elija por qué se oculta: la razón se publica."),
    ModerationProblem.NOTE_TOO_LONG: _("Use %(longest)s caracteres o menos."),
    ModerationProblem.NOTHING_MARKED: _("Marque al menos uno de los datos que se encontraron."),
    ModerationProblem.AWAITS_VOICE: _(
        "Es un audio y su autor todavía no confirma el texto: no hay qué publicar. Puede escribirlo en «fotos y audio»."
    ),
    ModerationProblem.NOT_FROM_HERE: _("Esto ya no se puede hacer: el aporte cambió de estado."),
    ModerationProblem.DAYS_WRONG: _("Escriba cuántos días, de %(least)s a %(most)s: la suspensión termina sola."),
    ModerationProblem.NOBODY_TO_TELL: _("Este aporte se envió sin cuenta: no hay a quién advertir ni suspender."),
    ModerationProblem.OWN_ACCOUNT: _("Es su propia cuenta: le toca a otra persona de moderación."),
    ModerationProblem.SUSPENDED_ALREADY: _("Esta cuenta ya está suspendida. Termina sola, o puede levantarla antes."),
    ModerationProblem.NOT_SUSPENDED: _("Esta cuenta no está suspendida: la suspensión terminó o alguien la levantó."),
    ModerationProblem.FAVOURED_UNKNOWN: _("Escriba el código de un aporte público de este proceso: el que se queda."),
    ModerationProblem.FAVOURED_SAME: _("Un aporte no se retira a favor de sí mismo. Escriba el código del otro."),
    ModerationProblem.NOTHING_CHOSEN: _("Marque al menos uno de la lista."),
    ModerationProblem.TOO_MANY_CHOSEN: _("Marcó %(chosen)s y de una vez se hacen hasta %(most)s. Desmarque algunos."),
    ModerationProblem.ACT_MISSING: _("Elija qué hacer con lo marcado."),
    ModerationProblem.PAIR_UNKNOWN: _("Los dos códigos deben ser de aportes distintos de este proceso."),
    AppealProblem.TEXT_SHORT: _("Escriba al menos %(shortest)s letras: por qué cree que fue un error."),
    AppealProblem.TEXT_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    AppealProblem.NOT_APPEALABLE: _("Este acto no quitó nada, así que no hay qué apelar."),
    AppealProblem.APPEALED: _("Ya apeló este acto. Se apela una vez; aquí verá qué se resuelve."),
    AppealProblem.SAME_MODERATOR: _("Usted hizo este acto: la apelación la resuelve otra persona."),
    AppealProblem.OUTCOME_MISSING: _("Elija si se confirma o se revoca."),
    AppealProblem.REASON_SHORT: _("Explique por qué con al menos %(shortest)s letras: lo lee quien apeló."),
    AppealProblem.REASON_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    AppealProblem.DECIDED: _("Otra persona ya resolvió esta apelación. Lo que escribió sigue abajo."),
}
ON_PEOPLE = {**PROBLEMS, ModerationProblem.REASON_MISSING: _("Elija la razón: se le dice a la persona y se publica sin su nombre.")}
REPORTING = {**PROBLEMS, ModerationProblem.REASON_MISSING: _("Elija qué regla rompe.")}
REASONS = {
    HidingReason.PERSONAL_DATA: _("Muestra datos personales de alguien"),
    HidingReason.INSULT: _("Insulta o amenaza a personas"),
    HidingReason.ADVERTISING: _("Es publicidad"),
    HidingReason.OFF_TOPIC: _("No tiene que ver con el proceso"),
    HidingReason.UNLAWFUL: _("Su contenido es ilegal"),
    HidingReason.DUPLICATE: _("Dice lo mismo que otro, que se queda"),
}
HIDING_REASONS = {reason: REASONS[reason] for reason in HIDING}
REASON_NOTES = {
    HidingReason.PERSONAL_DATA: _(
        "Teléfonos, correos, DNI o direcciones de una persona. Si se puede, se quita solo el dato y el resto queda."
    ),
    HidingReason.INSULT: _("Ataca a una persona o a un grupo. Una crítica dura a una autoridad o a una obra no se oculta."),
    HidingReason.ADVERTISING: _("Vende o promociona algo, o repite enlaces que nadie pidió."),
    HidingReason.OFF_TOPIC: _("No habla de nada que este proceso pueda decidir."),
    HidingReason.UNLAWFUL: _("Lo prohíbe una norma, que se dice a su autor."),
    HidingReason.DUPLICATE: _("Se retira a favor del otro. Los dos códigos se conservan y los dos reciben respuesta."),
}
KINDS = {
    ModerationKind.PUBLISH: _("Publicado"),
    ModerationKind.HIDE: _("Ocultado"),
    ModerationKind.RESTORE: _("Vuelto a publicar"),
    ModerationKind.REDACT: _("Publicado sin datos personales"),
    ModerationKind.KEEP: _("Se queda, tras revisar denuncias"),
    ModerationKind.RETIRE: _("Retirado a favor de otro"),
    ModerationKind.WARN: _("Advertencia a una cuenta"),
    ModerationKind.SUSPEND: _("Suspensión de una cuenta"),
    ModerationKind.LIFT: _("Suspensión levantada"),
}
OUTCOMES = {
    AppealOutcome.UPHELD: _("Se confirmó"),
    AppealOutcome.OVERTURNED: _("Se revocó"),
}
DECISIONS = {
    AppealOutcome.OVERTURNED: _("Revocar: fue un error y se deshace"),
    AppealOutcome.UPHELD: _("Confirmar: el acto se queda como está"),
}
PILES = {
    Pile.WAITING: _("Esperan"),
    Pile.REPORTED: _("Denunciados"),
    Pile.SUSPECT: _("Parecen correo basura"),
    Pile.HIDDEN: _("Ocultos"),
}
BULK = {
    ModerationKind.PUBLISH: _("Publicar lo marcado"),
    ModerationKind.HIDE: _("Ocultar lo marcado (hasta 20)"),
    ModerationKind.KEEP: _("Dejar público lo denunciado"),
}
MARKS = {
    Mark.TRAP: _("llenó un espacio que las personas no ven"),
    Mark.FAST: _("se envió más rápido de lo que se lee el formulario"),
    Mark.LINKS: _("lleva varios enlaces"),
    Mark.NEW_ACCOUNT_LINK: _("cuenta creada hoy, con enlace"),
    Mark.SAME_TEXT: _("casi igual a otro enviado hace poco"),
    Mark.PERSON_FLOOD: _("muchos de la misma cuenta en una hora"),
    Mark.ADDRESS_FLOOD: _("muchos desde la misma conexión en una hora"),
    Mark.PERSONAL_DATA: _("parece llevar datos personales"),
}
