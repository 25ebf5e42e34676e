"""What outcomes, reasons, states and rules are called, and the sentence each check says: always how to mend it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext

from app.contributions.messages import IN_FILES
from app.contributions.rules.faults import FileProblem
from app.core.errors import Problem
from app.core.fields import sentence
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.checks import CheckCode
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason, Seat
from app.feedback.rules.pile import PileState

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
}
"""Sentences of the rules about acts."""

CHECKS = {
    CheckCode.NO_OUTCOME: lazy_gettext("Elija qué se decide."),
    CheckCode.NO_TEXT: lazy_gettext("Escriba por qué: toda decisión lleva su razón, también cuando se acoge."),
    CheckCode.TEXT_SHORT: lazy_gettext("La razón lleva %(length)s letras; escriba %(shortest)s o más."),
    CheckCode.TEXT_SAID: lazy_gettext("Dice por qué."),
    CheckCode.NO_REASON_CODE: lazy_gettext("Elija el motivo de la lista."),
    CheckCode.R99_SHORT: lazy_gettext("«Otro motivo» se explica con %(shortest)s letras o más; lleva %(length)s."),
    CheckCode.NO_COMMITMENT: lazy_gettext("Lo acogido se refleja en el plan: elija el compromiso."),
    CheckCode.UNKNOWN_COMMITMENT: lazy_gettext("El plan no tiene el compromiso %(number)s: elija uno que exista."),
    CheckCode.UNKNOWN_MILESTONE: lazy_gettext("El compromiso %(number)s no tiene el hito %(milestone)s: elija uno suyo."),
    CheckCode.TRACED: lazy_gettext("Señala el compromiso %(number)s del plan."),
    CheckCode.NO_TITLE_WORD: lazy_gettext("No nombra lo que pidió la persona: repita una palabra de su título o cítela."),
    CheckCode.NAMES_REQUEST: lazy_gettext("Nombra lo que pidió la persona."),
    CheckCode.BOILERPLATE: lazy_gettext(
        "Es casi igual (%(percent)s %%) a la respuesta de %(target)s: diga lo propio de este aporte, o unifíquelos."
    ),
    CheckCode.NO_REFERENCE: lazy_gettext("Este motivo necesita la norma, el documento o la dirección que lo respalda."),
    CheckCode.NO_WHAT_CHANGED: lazy_gettext("Diga en una frase qué cambia gracias a este aporte."),
    CheckCode.NO_BEFORE_AFTER: lazy_gettext("Diga cómo era antes y cómo será ahora."),
    CheckCode.LONG_SENTENCE: lazy_gettext("Hay una frase de %(words)s palabras; procure %(most)s."),
    CheckCode.RESPECT: lazy_gettext("¿Trata con respeto y agradece, sin ponerse a la defensiva?"),
    CheckCode.NO_ORGANISATION: lazy_gettext("Elija la entidad que responde."),
    CheckCode.LATE: lazy_gettext("El plan ya se aprobó: la respuesta se publicará con la marca «tardía»."),
    CheckCode.NO_REPLY_PATH: lazy_gettext("Falta a dónde replicar: pida que se complete el contacto del espacio."),
    CheckCode.OTHER_LANGUAGE: lazy_gettext("El aporte no está en castellano: ¿lleva al menos un resumen en su lengua?"),
    CheckCode.HAS_DNI: lazy_gettext("Parece haber un número de DNI (%(found)s). Quítelo."),
    CheckCode.HAS_PHONE: lazy_gettext("Parece haber un teléfono personal (%(found)s). Quítelo."),
    CheckCode.HAS_EMAIL: lazy_gettext("Hay un correo que no es de una entidad (%(found)s). Quítelo."),
    CheckCode.HAS_SURNAME: lazy_gettext("Nombra a quien pidió no ser nombrado (%(found)s). Quítelo."),
    CheckCode.NO_PERSONAL_DATA: lazy_gettext("Sin datos personales."),
    CheckCode.NO_CORRECTION_REASON: lazy_gettext("La respuesta ya es pública: diga por qué se corrige."),
    CheckCode.NOT_MODERATED: lazy_gettext("El aporte aún no pasó por moderación: pida que se publique o se oculte antes de responder."),
    CheckCode.NO_ADOPTED_PART: lazy_gettext("Diga qué parte se acoge."),
    CheckCode.NO_REJECTED_PART: lazy_gettext("Diga qué parte no se acoge."),
    CheckCode.NO_TARGET_CYCLE: lazy_gettext("Diga para qué plan o año queda."),
    CheckCode.NO_CARRY_OVER_OWNER: lazy_gettext("Diga quién se encarga de llevarlo al próximo plan."),
    CheckCode.NO_REFERRED_TO: lazy_gettext("Diga a qué entidad se derivó."),
    CheckCode.NO_REFERRED_DOCUMENT: lazy_gettext("Escriba el documento o expediente con que se derivó."),
    CheckCode.NO_REFERRED_ON: lazy_gettext("Escriba el día en que se envió."),
    CheckCode.REFERRED_AHEAD: lazy_gettext("El día de envío está en el futuro: envíelo primero y ponga la fecha real."),
    CheckCode.NO_CRITERION: lazy_gettext("Diga qué criterio publicado se aplicó."),
    CheckCode.NO_CHANGE_NEEDED: lazy_gettext("Diga qué tendría que cambiar para acogerlo."),
    CheckCode.NO_WHERE_TO_GO: lazy_gettext("Diga a dónde puede acudir la persona."),
    CheckCode.NO_MERGE_TARGET: lazy_gettext("Escriba el código del aporte con que se unifica."),
    CheckCode.UNKNOWN_MERGE_TARGET: lazy_gettext("No hay un aporte con ese código en este proceso."),
    CheckCode.MERGED_INTO_ITSELF: lazy_gettext("Un aporte no se unifica consigo mismo: escriba el código del otro."),
    CheckCode.MERGE_CYCLE: lazy_gettext("El aporte %(target)s termina unificado con este: uno de los dos debe llevar la respuesta."),
    CheckCode.MERGE_TARGET_UNANSWERED: lazy_gettext("El aporte %(target)s aún no tiene respuesta: publíquela antes o en el mismo lote."),
    CheckCode.NO_QUESTION: lazy_gettext("Escriba la pregunta."),
    CheckCode.NO_CLARIFY_BY: lazy_gettext("Diga hasta qué día puede contestar."),
    CheckCode.CLARIFY_TOO_SOON: lazy_gettext("Dé al menos %(days)s días para contestar."),
    CheckCode.NO_FALLBACK: lazy_gettext("Diga qué se decidirá si no hay respuesta."),
    CheckCode.FALLBACK_NOT_FINAL: lazy_gettext("Lo que se decidirá sin respuesta debe ser una decisión final."),
    CheckCode.NO_REQUEST_RECORD: lazy_gettext("Escriba dónde consta el pedido de retiro."),
}
"""Sentences of the checks; those that stop also serve as problems of a form."""

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

ALL: dict[Any, Any] = {**PROBLEMS, **CHECKS}


def told(problems: Sequence[FileProblem]) -> list[dict[str, Any]]:
    """Each problem of a file with its sentence, as files and commands give it."""
    found: dict[Any, Any] = {**IN_FILES, **ALL}
    return [
        {"row": p.row, "column": p.column, "code": str(p.code), "message": sentence(found, Problem(p.code, None, dict(p.values)))}
        for p in problems
    ]
