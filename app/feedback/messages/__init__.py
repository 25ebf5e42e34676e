"""What outcomes, reasons, states and rules are called, and the sentence each check says: always how to mend it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext

from app.contributions.messages import IN_FILES
from app.contributions.rules.faults import FileProblem
from app.core.errors import Problem
from app.core.fields import sentence
from app.feedback.messages.agreement import ENDINGS as ENDINGS
from app.feedback.messages.agreement import PROBLEMS as AGREEMENT_PROBLEMS
from app.feedback.messages.bulk import PROBLEMS as BULK_PROBLEMS
from app.feedback.messages.checks import CHECKS
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason, Seat
from app.feedback.rules.pile import PileState
from app.groups.messages import PROBLEMS as GROUP_PROBLEMS

OUTCOMES = {
    Outcome.ADOPTED: lazy_gettext("Acogido"),
    Outcome.ADOPTED_PARTIALLY: lazy_gettext("Acogido parcialmente"),
    Outcome.ALREADY_COVERED: lazy_gettext("Ya contemplado"),
    Outcome.DEFERRED: lazy_gettext("Para un próximo plan"),
    Outcome.REFERRED: lazy_gettext("Derivado a otra entidad"),
    Outcome.NOT_ADOPTED: lazy_gettext("No acogido"),
    Outcome.OUT_OF_SCOPE: lazy_gettext("Fuera del alcance"),
    Outcome.MERGED: lazy_gettext("Unificado con otro"),
    Outcome.NEEDS_CLARIFICATION: lazy_gettext("Requiere aclaración"),
    Outcome.WITHDRAWN: lazy_gettext("Retirado por su autor"),
}
REASONS = {
    Reason.R01: lazy_gettext("Ya está hecho o en marcha"),
    Reason.R02: lazy_gettext("No es competencia de esta entidad"),
    Reason.R03: lazy_gettext("Impedimento legal"),
    Reason.R04: lazy_gettext("Presupuesto o recursos"),
    Reason.R05: lazy_gettext("No cabe en el periodo del plan"),
    Reason.R06: lazy_gettext("Técnicamente no es viable"),
    Reason.R07: lazy_gettext("Sin lente de gobierno abierto"),
    Reason.R08: lazy_gettext("Poco específico aun después de aclarar"),
    Reason.R09: lazy_gettext("Menor prioridad según los criterios publicados"),
    Reason.R10: lazy_gettext("Ninguna entidad asumió la responsabilidad"),
    Reason.R11: lazy_gettext("Choca con otro aporte acogido"),
    Reason.R12: lazy_gettext("Evidencia insuficiente"),
    Reason.R13: lazy_gettext("Riesgo para derechos, privacidad o seguridad"),
    Reason.R99: lazy_gettext("Otro motivo"),
}
STATES = {
    DecisionState.DRAFT: lazy_gettext("Borrador"),
    DecisionState.REVIEW: lazy_gettext("En revisión"),
    DecisionState.APPROVED: lazy_gettext("Aprobada, por publicar"),
    DecisionState.PUBLISHED: lazy_gettext("Publicada"),
}
PILE_STATES = {
    PileState.UNANSWERED: lazy_gettext("Sin responder"),
    PileState.DRAFT: lazy_gettext("En borrador"),
    PileState.RETURNED: lazy_gettext("Devueltas"),
    PileState.REVIEW: lazy_gettext("En revisión"),
    PileState.APPROVED: lazy_gettext("Aprobadas"),
    PileState.PUBLISHED: lazy_gettext("Publicadas"),
    PileState.ALL: lazy_gettext("Todas"),
}
SEATS = {Seat.GOVERNMENT: lazy_gettext("Gobierno"), Seat.NON_GOVERNMENT: lazy_gettext("Sociedad civil")}
POSTS = {
    Seat.GOVERNMENT: lazy_gettext("Representante del gobierno en el foro"),
    Seat.NON_GOVERNMENT: lazy_gettext("Representante de la sociedad civil en el foro"),
}

PROBLEMS = {
    FeedbackProblem.NOT_IN_REVIEW: lazy_gettext("Esta respuesta ya no está en revisión. Actualice la página y mire cómo quedó."),
    FeedbackProblem.NOT_A_DRAFT: lazy_gettext("Esta respuesta ya fue enviada a revisión. Actualice la página."),
    FeedbackProblem.NOT_APPROVED: lazy_gettext("Todavía no está aprobada por los dos sectores. Quítela del lote o espere las firmas."),
    FeedbackProblem.CANNOT_BE_RETURNED: lazy_gettext("Solo se devuelve una respuesta que está en revisión o aprobada."),
    FeedbackProblem.TEXT_CHANGED: lazy_gettext("El texto cambió después de que usted lo abrió. Léalo otra vez antes de seguir."),
    FeedbackProblem.WRITER_SIGNS: lazy_gettext("Usted escribió en esta respuesta: debe firmarla otra persona de su sector."),
    FeedbackProblem.SIGNED_OTHER_SEAT: lazy_gettext("Usted ya firmó por el otro sector: debe firmar otra persona."),
    FeedbackProblem.ALREADY_SIGNED: lazy_gettext("Su sector ya firmó esta respuesta."),
    FeedbackProblem.NO_POST: lazy_gettext("Falta el cargo de quien firma. Pida que se complete su nombramiento."),
    FeedbackProblem.SIGNATURES_MISSING: lazy_gettext(
        "Faltan las firmas de los dos sectores sobre este texto. Envíela otra vez a revisión."
    ),
    FeedbackProblem.NOTE_SHORT: lazy_gettext("Escriba la nota, con %(shortest)s letras o más, para que se sepa qué corregir."),
    FeedbackProblem.NOTHING_CHOSEN: lazy_gettext("Marque al menos una respuesta."),
    FeedbackProblem.OTHER_PROCESS: lazy_gettext("Esta respuesta es de otro proceso. Quítela del lote."),
    FeedbackProblem.ANSWER_STOPPED: lazy_gettext("La revisión encontró algo que corregir antes de publicar."),
    FeedbackProblem.UNKNOWN_COMMITMENT: lazy_gettext(
        "El plan no tiene el compromiso %(number)s. Elija uno de la lista o agréguelo al plan."
    ),
    FeedbackProblem.UNKNOWN_MILESTONE: lazy_gettext("Ese compromiso no tiene el hito %(milestone)s. Elija un hito del mismo compromiso."),
    FeedbackProblem.UNKNOWN_ORGANISATION: lazy_gettext("No se conoce la entidad «%(organisation)s». Elija una de la lista."),
    FeedbackProblem.UNKNOWN_CONTRIBUTION: lazy_gettext("No hay un aporte con código %(code)s en este proceso. Revise el código."),
    FeedbackProblem.NO_CORRECTION_REASON: lazy_gettext(
        "La respuesta ya es pública: diga por qué se corrige. La versión anterior seguirá visible."
    ),
    FeedbackProblem.DRAFT_EXISTS: lazy_gettext("El aporte %(code)s ya tiene otra respuesta en la mesa: ábrala ahí, o quite la fila."),
    FeedbackProblem.PERSONAL_DATA_IN_REASON: lazy_gettext("La razón será pública y tiene un dato personal (%(found)s). Quítelo."),
    FeedbackProblem.IN_GROUP: lazy_gettext("%(code)s está en el grupo %(group)s: respóndalo desde la mesa, con todo su grupo."),
    FeedbackProblem.GROUP_STOPPED: lazy_gettext("Va con el grupo %(group)s, y otro aporte del grupo tiene algo que corregir."),
    FeedbackProblem.UNKNOWN_CLAUSE: lazy_gettext("El compromiso %(number)s no tiene esa parte. Elija una del mismo compromiso."),
}
"""Sentences of the rules about acts."""

COLUMN_NAMES = {
    "codigo": lazy_gettext("Código del aporte"),
    "referencia_externa": lazy_gettext("Referencia o número en su archivo"),
    "decision": lazy_gettext("Qué se decide"),
    "motivo_codigo": lazy_gettext("Motivo (R01 a R99)"),
    "respuesta": lazy_gettext("Por qué: la respuesta"),
    "compromiso": lazy_gettext("Compromiso del plan"),
    "hito": lazy_gettext("Hito"),
    "criterio_aplicado": lazy_gettext("Criterio aplicado"),
    "referencia": lazy_gettext("Norma o documento de respaldo"),
    "que_cambia": lazy_gettext("Qué cambia gracias al aporte"),
    "parte_acogida": lazy_gettext("Qué parte se acoge"),
    "parte_no_acogida": lazy_gettext("Qué parte no se acoge"),
    "que_tendria_que_cambiar": lazy_gettext("Qué tendría que cambiar para acogerlo"),
    "ciclo_destino": lazy_gettext("Para qué plan o año"),
    "responsable_de_llevarlo": lazy_gettext("Quién se encarga de llevarlo"),
    "derivado_a": lazy_gettext("Entidad a la que se derivó"),
    "documento_de_derivacion": lazy_gettext("Documento o expediente"),
    "fecha_de_derivacion": lazy_gettext("Día en que se envió"),
    "donde_acudir": lazy_gettext("A dónde puede acudir"),
    "unificado_con": lazy_gettext("Código del aporte con que se unifica"),
    "pregunta": lazy_gettext("Pregunta a quien lo propuso"),
    "plazo_para_aclarar": lazy_gettext("Hasta qué día puede contestar"),
    "decision_si_no_responde": lazy_gettext("Qué se decidirá si no contesta"),
    "constancia_del_pedido": lazy_gettext("Dónde consta el pedido de retiro"),
    "motivo_de_la_correccion": lazy_gettext("Por qué se corrige lo publicado"),
    "entidad_que_responde": lazy_gettext("Entidad que responde"),
}
"""What each column of a spreadsheet of answers holds."""

ALL: dict[Any, Any] = {**GROUP_PROBLEMS, **PROBLEMS, **AGREEMENT_PROBLEMS, **BULK_PROBLEMS, **CHECKS}


def in_words(problem: Problem) -> str:
    """The sentence of any problem of this package; of one idea of several, with its number in front."""
    words = sentence(ALL, problem)
    part = problem.values.get("part")
    return gettext("Idea %(n)s: %(words)s", n=part, words=words) if part else words


def told(problems: Sequence[FileProblem]) -> list[dict[str, Any]]:
    """Each problem of a file with its sentence, as files and commands give it."""
    found: dict[Any, Any] = {**IN_FILES, **ALL}
    return [
        {"row": p.row, "column": p.column, "code": str(p.code), "message": sentence(found, Problem(p.code, None, dict(p.values)))}
        for p in problems
    ]
