"""Sentences of what was refused, and the names of states, counts and what a record still needs."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.activities.rules import ActivityProblem, ActivityState, Dimension, Need
from app.activities.rules.attending import AccessNeed, AttendingProblem, RegistrationState
from app.activities.rules.calling import CallOutcome, CallProblem, CallReason
from app.activities.rules.minutes import MinutesProblem
from app.activities.rules.outreach import OutreachChannel, OutreachProblem
from app.evidence import messages as evidence
from app.evidence.messages import KINDS as FILE_KINDS
from app.forum.rules.seats import Side
from app.processes.messages import LANGUAGES, OPPORTUNITIES

__all__ = [
    "ABSENT",
    "CALL_OUTCOMES",
    "CALL_REASONS",
    "CATEGORIES",
    "CHANNELS",
    "DIMENSIONS",
    "FILE_KINDS",
    "LANGUAGES",
    "MISSING",
    "NEEDS",
    "OPPORTUNITIES",
    "OUTREACH_LANGUAGES",
    "PRESENT",
    "PROBLEMS",
    "REGISTRATIONS",
    "SIDES",
    "STATES",
]

PROBLEMS: dict[Any, Any] = {
    CallProblem.OUTCOME_MISSING: _l("Elija qué pasó con la llamada: le avisó, no contesta o ya no viene."),
    CallProblem.NOT_DUE: _l("A esta persona ya no hay nada que avisarle: alguien la llamó, o lo que cambió volvió a ser como antes."),
    CallProblem.CHANGED_MEANWHILE: _l("La fecha cambió mientras usted llamaba. Vuelva a llamar y dígale la que está abajo."),
    OutreachProblem.TITLE_MISSING: _l("Diga en una línea qué se hizo."),
    OutreachProblem.DAY_IN_FUTURE: _l("Esa fecha todavía no llega. Registre la acción cuando se haya hecho."),
    OutreachProblem.MESSAGE_SHORT: _l("Copie lo que se dijo o se publicó, en %(shortest)d letras o más."),
    OutreachProblem.MESSAGE_LONG: _l("Copie lo principal, en %(longest)d letras o menos; lo demás puede ir como archivo."),
    OutreachProblem.REACH_WRONG: _l("Escriba a cuántas personas llegó con un número entero, o deje el espacio vacío."),
    OutreachProblem.PLACE_UNKNOWN: _l("Elija el lugar de la lista."),
    OutreachProblem.LANGUAGE_UNKNOWN: _l("Elija la lengua de la lista."),
    OutreachProblem.WITHDRAWN: _l("Esta acción ya se retiró: no se cambia."),
    OutreachProblem.REASON_MISSING: _l("Diga por qué se retira, en %(shortest)d letras o más: se publica."),
    **evidence.PROBLEMS,
    ActivityProblem.NOT_AN_EVENT: _l("Esta oportunidad no es una reunión: no tiene registro ni inscripción."),
    ActivityProblem.ENDS_BEFORE_IT_STARTS: _l("La hora de término debe ser posterior a la de inicio."),
    ActivityProblem.TOO_LONG: _l("Una actividad dura menos de 24 horas. Revise la fecha y las horas."),
    ActivityProblem.NOT_YET_HELD: _l("Todavía no termina. Registre las horas cuando la actividad haya pasado."),
    ActivityProblem.ALREADY_PUBLIC: _l("El registro ya es público: no se cambia. La secretaría puede corregir el acta con su razón."),
    ActivityProblem.CANCELLED: _l("Esta actividad no se realizó: no lleva registro."),
    ActivityProblem.HELD: _l("La actividad ya se realizó: no puede marcarse como no realizada."),
    ActivityProblem.CATEGORY_UNKNOWN: _l("Hay un grupo que no está en la lista. Use solo los de esta página."),
    ActivityProblem.COUNT_WRONG: _l("Escriba cada cantidad con números enteros, de 0 en adelante."),
    ActivityProblem.SECTOR_TOTAL_DIFFERS: _l("Por sector suman %(total)d personas y en las otras cuentas %(expected)d. Corrija una."),
    ActivityProblem.SEX_TOTAL_DIFFERS: _l("Por sexo suman %(total)d personas y en las otras cuentas %(expected)d. Corrija una."),
    ActivityProblem.AGE_TOTAL_DIFFERS: _l("Por edad suman %(total)d personas y en las otras cuentas %(expected)d. Corrija una."),
    ActivityProblem.LANGUAGE_TOTAL_DIFFERS: _l("Por lengua suman %(total)d personas y en las otras cuentas %(expected)d. Corrija una."),
    ActivityProblem.MINUTES_SHORT: _l("El acta necesita al menos %(shortest)d letras: qué se trató y qué se acordó."),
    ActivityProblem.MINUTES_LONG: _l("El acta admite hasta %(longest)d letras. Suba el texto completo como archivo."),
    ActivityProblem.REASON_MISSING: _l("Diga la razón en %(shortest)d letras o más: se publica."),
    ActivityProblem.NOT_HELD: _l("Falta registrar cuándo se realizó."),
    ActivityProblem.NO_MINUTES: _l("Falta el acta: escríbala o suba el acta firmada."),
    ActivityProblem.NO_ATTENDANCE: _l("Falta la asistencia en cifras."),
    ActivityProblem.NAME_MISSING: _l("Escriba su nombre."),
    ActivityProblem.REACH_MISSING: _l("Deje un correo o un teléfono: por ahí le avisamos si algo cambia."),
    ActivityProblem.REGISTRATION_CLOSED: _l("La inscripción ya cerró. Si aún quiere ir, llame o escriba al contacto de la actividad."),
    ActivityProblem.FULL: _l("La lista ya no admite más personas. Escriba o llame al contacto de la actividad."),
    ActivityProblem.NOT_APPROVED: _l("Falta que el acta la aprueben los dos lados del foro, o subir el acta firmada en papel."),
    AttendingProblem.NEED_UNKNOWN: _l("Marque solo los apoyos de la lista; lo demás escríbalo abajo."),
    AttendingProblem.OTHER_NOT_SAID: _l("Marcó «otro apoyo»: diga cuál, para poder prepararlo."),
    AttendingProblem.GROUP_UNKNOWN: _l("Elija una opción de la lista, o déjelo sin marcar."),
    AttendingProblem.ALREADY_CANCELLED: _l("Esta inscripción ya estaba cancelada."),
    AttendingProblem.TOO_LATE_TO_CANCEL: _l("La actividad ya empezó: la inscripción no se cancela."),
    AttendingProblem.ALREADY_IN: _l("Esta persona ya está registrada como presente."),
    AttendingProblem.NOT_IN: _l("Esta persona no estaba registrada como presente."),
    AttendingProblem.CANCELLED: _l("Esta persona canceló su inscripción. Si vino, regístrela abajo como persona sin inscripción."),
    AttendingProblem.TOO_EARLY: _l("La entrada se registra desde el día de la actividad."),
    AttendingProblem.RECORD_PUBLIC: _l("El registro de la actividad ya es público: la entrada no se cambia."),
    MinutesProblem.NONE: _l("Todavía no hay un texto del acta."),
    MinutesProblem.DRAFTER_APPROVES: _l("Usted escribió este texto: lo aprueba otra persona del foro."),
    MinutesProblem.ALREADY_APPROVED: _l("Su lado ya aprobó este texto."),
    MinutesProblem.SAME_PERSON: _l("La misma persona no puede aprobar por los dos lados."),
    MinutesProblem.APPROVAL_MISSING: _l("Falta la aprobación de un lado del foro."),
    MinutesProblem.ALREADY_PUBLIC: _l("Esta versión ya es pública."),
    MinutesProblem.RECORD_NOT_PUBLIC: _l("El acta se publica junto con el registro de la actividad."),
    MinutesProblem.AGREEMENT_SHORT: _l("Escriba el acuerdo en %(shortest)d letras o más."),
    MinutesProblem.AGREEMENT_LONG: _l("Escriba el acuerdo en %(longest)d letras o menos."),
}
CHANNELS = {
    OutreachChannel.RADIO: _l("Radio"),
    OutreachChannel.TELEVISION: _l("Televisión"),
    OutreachChannel.PRESS: _l("Prensa escrita"),
    OutreachChannel.WEBSITE: _l("Página web"),
    OutreachChannel.SOCIAL: _l("Redes sociales"),
    OutreachChannel.EMAIL: _l("Correo"),
    OutreachChannel.MESSAGES: _l("Mensajes (WhatsApp, SMS)"),
    OutreachChannel.TELEPHONE: _l("Llamadas"),
    OutreachChannel.POSTER: _l("Afiches y volantes"),
    OutreachChannel.LOUDSPEAKER: _l("Perifoneo"),
    OutreachChannel.VISIT: _l("Visita casa por casa o a una organización"),
    OutreachChannel.ASSEMBLY: _l("Asamblea o reunión"),
    OutreachChannel.FAIR: _l("Feria"),
}
OUTREACH_LANGUAGES = {**LANGUAGES, "otro": _l("otra lengua")}
STATES = {
    ActivityState.PLANNED: _l("Anunciada"),
    ActivityState.HELD: _l("Realizada"),
    ActivityState.DOCUMENTED: _l("Lista para publicar"),
    ActivityState.PUBLISHED: _l("Publicada"),
    ActivityState.CANCELLED: _l("No se realizó"),
}
NEEDS = {
    AccessNeed.WHEELCHAIR: _l("Entrar en silla de ruedas o sin gradas"),
    AccessNeed.SIGN_LANGUAGE: _l("Intérprete de lengua de señas"),
    AccessNeed.QUECHUA: _l("Intérprete de quechua"),
    AccessNeed.CHILDCARE: _l("Cuidado de niñas y niños"),
    AccessNeed.OTHER: _l("Otro apoyo"),
}
REGISTRATIONS = {
    RegistrationState.CONFIRMED: _l("Tiene lugar"),
    RegistrationState.WAITING: _l("En lista de espera"),
    RegistrationState.CANCELLED: _l("Canceló"),
}
CALL_REASONS = {
    CallReason.CALLED_OFF: _l("Ya no se hace"),
    CallReason.MOVED: _l("Cambió la fecha, la hora o el lugar"),
    CallReason.MOVED_UP: _l("Ya tiene lugar: estaba en la lista de espera"),
    CallReason.REMINDER: _l("Recordarle que es pronto"),
}
CALL_OUTCOMES = {
    CallOutcome.TOLD: _l("Le avisé"),
    CallOutcome.NO_ANSWER: _l("No contesta"),
    CallOutcome.NOT_COMING: _l("Ya no viene"),
}
SIDES = {Side.GOVERNMENT: _l("Gobierno"), Side.NON_GOVERNMENT: _l("Fuera del gobierno")}
DIMENSIONS = {
    Dimension.SECTOR: _l("Por sector"),
    Dimension.SEX: _l("Por sexo"),
    Dimension.AGE: _l("Por edad"),
    Dimension.LANGUAGE: _l("Por lengua"),
}
CATEGORIES = {
    Dimension.SECTOR: {
        "grassroots": _l("Organizaciones de base"), "civil-society": _l("Sociedad civil"),
        "indigenous": _l("Pueblos indígenas u originarios"), "academia": _l("Academia y colegios profesionales"),
        "private": _l("Empresa privada"), "government": _l("Entidades del Estado"),
        "media": _l("Medios de comunicación"), "cooperation": _l("Cooperación internacional"),
        "citizen": _l("Ciudadanía a título personal"),
    },
    Dimension.SEX: {
        "women": _l("Mujeres"), "men": _l("Hombres"), "non-binary": _l("Personas no binarias"), "undisclosed": _l("Prefiere no decir"),
    },
    Dimension.AGE: {
        "under-18": _l("Menos de 18"), "18-29": _l("18 a 29"), "30-59": _l("30 a 59"), "60-plus": _l("60 o más"),
        "undisclosed": _l("Prefiere no decir"),
    },
    Dimension.LANGUAGE: {"es": _l("Castellano"), "qu": _l("Quechua"), "other": _l("Otra lengua")},
}  # fmt: skip
MISSING = {
    Need.HELD: _l("Registrar cuándo se realizó"),
    Need.ATTENDANCE: _l("Contar la asistencia"),
    Need.MINUTES: _l("Escribir o subir el acta"),
    Need.APPROVAL: _l("Aprobar el acta por los dos lados"),
    Need.PROOF: _l("Subir una foto, audio, video o CSV"),
}
PRESENT = {
    Need.HELD: _l("Se registró cuándo se realizó."),
    Need.ATTENDANCE: _l("La asistencia está contada y las sumas coinciden."),
    Need.MINUTES: _l("El acta está lista."),
    Need.APPROVAL: _l("El acta está aprobada por los dos lados del foro, o firmada en papel."),
    Need.PROOF: _l("Hay al menos una foto, audio, video o CSV."),
}
ABSENT = {
    Need.HELD: PROBLEMS[ActivityProblem.NOT_HELD],
    Need.ATTENDANCE: PROBLEMS[ActivityProblem.NO_ATTENDANCE],
    Need.MINUTES: PROBLEMS[ActivityProblem.NO_MINUTES],
    Need.APPROVAL: PROBLEMS[ActivityProblem.NOT_APPROVED],
    Need.PROOF: _l("Conviene subir, además del acta, una foto, audio, video o CSV: así cualquiera puede comprobar lo que pasó."),
}
