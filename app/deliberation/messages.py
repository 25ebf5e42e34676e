"""Sentences of the deliberation: what went wrong and what to do, and the names of sides and states."""

from flask_babel import lazy_gettext as _

from app.contributions.messages import PROBLEMS as CONTRIBUTION_PROBLEMS
from app.deliberation.rules.amendments import AmendmentProblem, AmendmentState
from app.deliberation.rules.comments import CommentProblem, Side

PROBLEMS = {
    **CONTRIBUTION_PROBLEMS,
    CommentProblem.SIDE_MISSING: _("Elija si está a favor, en contra, si pregunta o si aporta un dato."),
    CommentProblem.TEXT_MISSING: _("Escriba su comentario."),
    CommentProblem.TEXT_SHORT: _("Escriba al menos %(shortest)s letras, para que se entienda."),
    CommentProblem.TOO_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    CommentProblem.CONSENT_MISSING: _("Elija cómo quiere que aparezca su nombre."),
    CommentProblem.PSEUDONYM_MISSING: _("Escriba el seudónimo con que quiere aparecer."),
    CommentProblem.CLOSED: _("En esta fase del proceso no se reciben comentarios ni apoyos. Mire en el cronograma cuándo se abren."),
    CommentProblem.SUSPENDED: _("Por ahora no puede comentar ni apoyar en este espacio. En «Mis comentarios» ve hasta cuándo y por qué."),
    CommentProblem.KEY_MALFORMED: _("La página venció. Lo que escribió sigue aquí: envíelo otra vez."),
    CommentProblem.KEY_REUSED: _("Este formulario ya se envió y su comentario es el %(code)s. Para decir algo más, abra uno nuevo."),
    CommentProblem.POST_MISSING: _("Escriba su cargo: la respuesta se publica con él."),
    CommentProblem.OFFICE_MISSING: _("Su cuenta no tiene una entidad en este proceso. Pida a la secretaría que revise su rol."),
    CommentProblem.NOT_PUBLIC: _("Esto ya no está a la vista del público, así que no se puede comentar, apoyar ni responder."),
    AmendmentProblem.WORDING_MISSING: _("Escriba cómo debería decir esta parte."),
    AmendmentProblem.WORDING_SAME: _("Dice lo mismo que el borrador. Cambie lo que deba cambiar."),
    AmendmentProblem.WORDING_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    AmendmentProblem.ANSWER_SHORT: _("Explique la decisión con al menos %(shortest)s letras: se publica."),
    AmendmentProblem.ANSWER_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    AmendmentProblem.DECIDED: _("Otra persona ya decidió sobre esta enmienda. Lea qué decidió; lo que escribió sigue aquí."),
    AmendmentProblem.NOT_PUBLIC: _("La enmienda espera a moderación o fue ocultada: se decide cuando esté a la vista."),
    AmendmentProblem.NOT_REJECTED: _("Solo una enmienda que no se aceptó se convierte en propuesta."),
    AmendmentProblem.PROMOTED: _("Esta enmienda ya se convirtió en propuesta."),
    AmendmentProblem.TEXT_MOVED: _(
        "El texto del compromiso cambió después de publicarse el borrador. Ajústelo a mano en «Redactar el plan» y decida sin aplicarla."
    ),
}
SIDES = {
    Side.FOR: _("A favor"),
    Side.AGAINST: _("En contra"),
    Side.QUESTION: _("Pregunta"),
    Side.INFORMATION: _("Dato"),
}
SIDE_NOTES = {
    Side.FOR.value: _("Por qué conviene."),
    Side.AGAINST.value: _("Por qué no, o qué riesgo ve."),
    Side.QUESTION.value: _("La contesta un funcionario, con su nombre y cargo."),
    Side.INFORMATION.value: _("Algo que ayude a decidir: una cifra, una norma, una experiencia."),
}
STATES = {
    AmendmentState.OPEN: _("Espera decisión"),
    AmendmentState.ACCEPTED: _("Aceptada"),
    AmendmentState.REJECTED: _("No aceptada"),
}
BADGES = {AmendmentState.OPEN: "waiting", AmendmentState.ACCEPTED: "adopted", AmendmentState.REJECTED: "not_adopted"}
EVERYTHING = _("Todo")
