"""What each check says, and how to mend what it found; the questions of domain.md 6.4 in words."""

from typing import Any

from flask_babel import gettext, lazy_gettext

from app.contributions.messages import LANGUAGES
from app.contributions.rules.terms import Language
from app.core.fields import sentence
from app.feedback.rules.checks import Check, CheckCode, Question, as_problem

CHECKS = {
    CheckCode.NO_OUTCOME: lazy_gettext("Elija qué se decide."),
    CheckCode.NO_TEXT: lazy_gettext("Escriba por qué: toda decisión lleva su razón, también cuando se acoge."),
    CheckCode.TEXT_SHORT: lazy_gettext("La razón lleva %(length)s letras; escriba %(shortest)s o más."),
    CheckCode.TEXT_SAID: lazy_gettext("Dice por qué."),
    CheckCode.NO_REASON_CODE: lazy_gettext("Elija el motivo de la lista."),
    CheckCode.NO_SCORE: lazy_gettext(
        "El motivo R09 se apoya en los criterios y este aporte no tiene puntaje: pida que el comité lo evalúe, o elija otro motivo."
    ),
    CheckCode.R99_SHORT: lazy_gettext("«Otro motivo» se explica con %(shortest)s letras o más; lleva %(length)s."),
    CheckCode.NO_COMMITMENT: lazy_gettext(
        "Lo acogido se refleja en el plan: elija el compromiso. En un presupuesto participativo escriba, como documento, el código del "
        "proyecto que se eligió."
    ),
    CheckCode.UNKNOWN_COMMITMENT: lazy_gettext("El plan no tiene el compromiso %(number)s: elija uno que exista."),
    CheckCode.UNKNOWN_MILESTONE: lazy_gettext("El compromiso %(number)s no tiene el hito %(milestone)s: elija uno suyo."),
    CheckCode.TRACED: lazy_gettext("Señala el compromiso %(number)s del plan."),
    CheckCode.NO_TITLE_WORD: lazy_gettext("No nombra lo que pidió la persona: use una palabra de «%(title)s» o cite sus palabras."),
    CheckCode.NAMES_REQUEST: lazy_gettext("Nombra lo que pidió la persona."),
    CheckCode.BOILERPLATE: lazy_gettext(
        "Es casi igual (%(percent)s %%) a la respuesta de %(target)s: diga lo propio de este aporte, o unifíquelos."
    ),
    CheckCode.NO_REFERENCE: lazy_gettext("Este motivo necesita la norma, el documento o la dirección que lo respalda."),
    CheckCode.NO_WHAT_CHANGED: lazy_gettext("Diga en una frase qué cambia gracias a este aporte."),
    CheckCode.NO_BEFORE_AFTER: lazy_gettext("Diga cómo era antes y cómo será ahora."),
    CheckCode.SAYS_WHAT_CHANGED: lazy_gettext("Dice qué había antes y qué habrá ahora."),
    CheckCode.LONG_SENTENCE: lazy_gettext("Parta en dos la frase «%(sentence)s»: tiene %(words)s palabras y se leen bien hasta %(most)s."),
    CheckCode.HARD_TO_READ: lazy_gettext(
        "Se lee con esfuerzo: %(index)s de 100, y conviene %(least)s o más. Use palabras más cortas y frases de una sola idea."
    ),
    CheckCode.EASY_TO_READ: lazy_gettext("Se lee bien: %(index)s de 100."),
    CheckCode.ACRONYM: lazy_gettext("Escriba completo, al menos una vez, lo que significa %(acronyms)s."),
    CheckCode.RESPECT: lazy_gettext("¿Trata con respeto y agradece, sin ponerse a la defensiva?"),
    CheckCode.NO_ORGANISATION: lazy_gettext("Elija la entidad que responde."),
    CheckCode.LATE: lazy_gettext("El plan ya se aprobó: la respuesta se publicará con la marca «tardía»."),
    CheckCode.NO_REPLY_PATH: lazy_gettext("Falta a dónde replicar: pida que se complete el contacto del espacio."),
    CheckCode.REPLY_PATH: lazy_gettext("Quien lo propuso podrá replicar durante %(days)s días escribiendo a %(contact)s."),
    CheckCode.OTHER_LANGUAGE: lazy_gettext("El aporte no está en castellano: ¿lleva al menos un resumen en su lengua?"),
    CheckCode.NO_SUMMARY: lazy_gettext("El aporte está en %(language)s: escriba un resumen de la respuesta en esa lengua."),
    CheckCode.SUMMARISED: lazy_gettext("Lleva un resumen en %(language)s."),
    CheckCode.GROUP_INCOMPLETE: lazy_gettext(
        "El grupo cambió y la respuesta no nombra %(codes)s: guárdela otra vez para que nombre a todos los del grupo, y solo a ellos."
    ),
    CheckCode.GROUP_LISTED: lazy_gettext("Nombra los %(count)s aportes del grupo."),
    CheckCode.CRITERIA_LATE: lazy_gettext(
        "Los criterios se publicaron después de abrir los aportes: no apoye la respuesta solo en ellos y dígalo."
    ),
    CheckCode.CRITERIA_IN_TIME: lazy_gettext("Los criterios eran públicos antes de abrir los aportes."),
    CheckCode.PRIORITY_NOT_NAMED: lazy_gettext(
        "El taller %(workshop)s votó este aporte como prioridad (%(votes)s votos): diga qué se hizo con esa votación."
    ),
    CheckCode.PRIORITY_NAMED: lazy_gettext("Habla de la prioridad que votó el taller %(workshop)s (%(votes)s votos)."),
    CheckCode.DISSENT: lazy_gettext("¿Alguien del foro no está de acuerdo? Puede dejar su desacuerdo, con razones, junto a la respuesta."),
    CheckCode.DISSENT_RECORDED: lazy_gettext("Lleva %(count)s desacuerdos con sus razones."),
    CheckCode.HAS_DNI: lazy_gettext("Parece haber un número de DNI (%(found)s). Quítelo."),
    CheckCode.HAS_PHONE: lazy_gettext("Parece haber un teléfono personal (%(found)s). Quítelo."),
    CheckCode.HAS_EMAIL: lazy_gettext("Hay un correo que no es de una entidad (%(found)s). Quítelo."),
    CheckCode.HAS_SURNAME: lazy_gettext("Nombra a quien pidió no ser nombrado (%(found)s). Quítelo."),
    CheckCode.NO_PERSONAL_DATA: lazy_gettext("Sin datos personales."),
    CheckCode.NO_CORRECTION_REASON: lazy_gettext("La respuesta ya es pública: diga por qué se corrige."),
    CheckCode.CORRECTION_SAID: lazy_gettext("Dice por qué se corrige; la versión anterior seguirá visible."),
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
    CheckCode.NO_IDEA: lazy_gettext("Escriba qué pidió la persona en esta idea."),
    CheckCode.ONE_PART: lazy_gettext("Quedó una sola idea: agregue otra o júntelas en una respuesta."),
    CheckCode.PART_OUTCOME: lazy_gettext("Esa decisión es para el aporte entero: elija otra para esta idea."),
}
"""Sentences of the checks; those that stop also serve as problems of a form."""

QUESTIONS = {
    Question.Q1: lazy_gettext("Todo aporte tiene respuesta final publicada"),
    Question.Q2: lazy_gettext("Una decisión explícita, de la lista"),
    Question.Q3: lazy_gettext("La razón de lo que no se acoge entero"),
    Question.Q4: lazy_gettext("Lo acogido señala un lugar vivo del plan"),
    Question.Q5: lazy_gettext("Habla de este aporte, no repite otra respuesta"),
    Question.Q6: lazy_gettext("La norma o el documento que la respalda"),
    Question.Q7: lazy_gettext("Dice qué cambia, antes y ahora"),
    Question.Q8: lazy_gettext("Se lee con facilidad"),
    Question.Q9: lazy_gettext("Trata con respeto y agradece"),
    Question.Q10: lazy_gettext("Quién responde; quien redacta no aprueba"),
    Question.Q11: lazy_gettext("Publicada antes de aprobar el plan"),
    Question.Q12: lazy_gettext("Cómo y hasta cuándo replicar"),
    Question.Q13: lazy_gettext("En la lengua del aporte, al menos un resumen"),
    Question.Q14: lazy_gettext("Sin datos personales"),
    Question.Q15: lazy_gettext("La respuesta de un grupo nombra todos sus códigos"),
    Question.Q16: lazy_gettext("Criterios públicos antes de abrir los aportes"),
    Question.Q17: lazy_gettext("Lo que votaron los talleres quedó cerrado"),
    Question.Q18: lazy_gettext("El desacuerdo queda registrado"),
    Question.Q19: lazy_gettext("Los totales cuadran"),
    Question.Q20: lazy_gettext("Toda corrección es visible y dice su razón"),
    Question.Q21: lazy_gettext("La respuesta llegó a quien habló"),
}


def said(check: Check) -> str:
    """The sentence of a finding; of one idea of several, with its number in front."""
    values: dict[str, Any] = {**check.values}
    if "language" in values:
        values["language"] = str(LANGUAGES[Language(values["language"])]).lower()
    problem = as_problem(check)
    words = sentence(CHECKS, type(problem)(problem.code, None, values))
    return gettext("Idea %(n)s: %(words)s", n=check.part, words=words) if check.part else words


FAULTS = {
    "Q1": lazy_gettext("Espera respuesta: escríbala, o publique la que está aprobada."),
    "Q17": lazy_gettext("Un taller lo votó como prioridad y aún no tiene respuesta final publicada."),
    "Q21": lazy_gettext("La carta con la respuesta no consta como entregada: revise la bandeja de salida o entréguela en papel."),
    "criteria": lazy_gettext("Los criterios no eran públicos cuando se abrió el primer canal de aportes."),
    "outcome": lazy_gettext("La suma por decisión no da lo recibido."),
    "sector": lazy_gettext("La suma por sector no da lo recibido."),
    "region": lazy_gettext("La suma por región no da lo recibido."),
    "reason": lazy_gettext("La suma por motivo no da lo recibido."),
    "tally": lazy_gettext("Los números públicos no son los de las respuestas vigentes."),
    "code": lazy_gettext("Un código se contó dos veces."),
}
"""What does not pass, where there is no finding about a text."""
