"""Why something in a round is refused, in words that say what to do."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext

from app.budgeting.messages.names import ACTIVITIES, PHASES
from app.budgeting.rules.calendar import CalendarProblem, RoundActivity, RoundPhase
from app.budgeting.rules.course import CourseProblem
from app.budgeting.rules.documents import DocumentProblem
from app.budgeting.rules.hearings import HearingProblem
from app.budgeting.rules.money import MoneyProblem
from app.budgeting.rules.registering import AgentProblem
from app.core.dates import long_date
from app.core.errors import Problem

_REASON = lazy_gettext("Diga el motivo con %(shortest)s letras o más: se publica.")

PROBLEMS = {
    CourseProblem.NOT_NEXT: lazy_gettext("El presupuesto ya cambió de estado, o ese no es el que sigue. Vuelva a cargar la página."),
    CourseProblem.REASON_MISSING: _REASON,
    CourseProblem.NOT_A_BUDGET: lazy_gettext("Este proceso no es un presupuesto participativo. Cree uno de ese tipo."),
    CourseProblem.HAS_ROUND: lazy_gettext("Este proceso ya tiene su presupuesto abierto."),
    CourseProblem.PROCESS_NOT_PUBLIC: lazy_gettext("El proceso todavía es un borrador. Publique primero su cronograma."),
    CourseProblem.YEAR_UNLIKELY: lazy_gettext("Revise el año fiscal: va de 2004 a tres años después de este."),
    CourseProblem.APPEAL_DAYS: lazy_gettext("Los días para apelar van de 1 a 60."),
    CourseProblem.COMMITTEE_SIZE: lazy_gettext("El comité necesita al menos una persona y un mes de periodo."),
    CourseProblem.REGULATION_MISSING: lazy_gettext("Falta publicar el reglamento."),
    CourseProblem.CALENDAR_MISSING: lazy_gettext("Falta publicar el calendario."),
    CourseProblem.REGISTRATION_OPEN: lazy_gettext("El registro de agentes no ha terminado, según el calendario."),
    CourseProblem.AGENTS_WAITING: lazy_gettext("Quedan %(n)s inscripciones sin revisar."),
    CourseProblem.APPEALS_WAITING: lazy_gettext("Quedan %(n)s apelaciones sin resolver."),
    CourseProblem.NO_VOTING_AGENTS: lazy_gettext("No hay ningún agente acreditado con voto."),
    CourseProblem.NO_TECHNICAL_TEAM: lazy_gettext("Falta nombrar al equipo técnico."),
    CourseProblem.DIAGNOSIS_MISSING: lazy_gettext("Falta publicar el diagnóstico."),
    CourseProblem.RESULTS_WORKSHOP_AHEAD: lazy_gettext("Los talleres de resultados no han terminado, según el calendario."),
    CourseProblem.PROJECTS_WAITING: lazy_gettext("Quedan %(n)s proyectos públicos sin opinión técnica que esté firme."),
    CourseProblem.APPEALS_RUNNING: lazy_gettext(
        "Todavía se puede apelar contra una evaluación, hasta el %(day)s. Espere a que pase ese día."
    ),
    CourseProblem.VOTE_OPEN: lazy_gettext("Quedan %(n)s votaciones sin resultados publicados."),
    CourseProblem.ACT_MISSING: lazy_gettext("Falta el acta de acuerdos y compromisos con sus firmas."),
    CourseProblem.COMMITTEE_MISSING: lazy_gettext("Falta elegir el comité de vigilancia."),
    CourseProblem.DROPPED_UNANSWERED: lazy_gettext("Quedan %(n)s proyectos priorizados que se cayeron sin respuesta publicada."),
    CourseProblem.OPENING_BUDGET_MISSING: lazy_gettext("Falta publicar el presupuesto de apertura (PIA) que los incluye."),
    CourseProblem.YEAR_NOT_BEGUN: lazy_gettext("El año fiscal %(year)s no ha comenzado."),
    CourseProblem.HEARING_MISSING: lazy_gettext(
        "Falta una audiencia de rendición de cuentas hecha durante la ejecución, con su acta publicada. Enlácela a este presupuesto."
    ),
    MoneyProblem.CEILING_MISSING: lazy_gettext("Escriba el monto total en soles, por ejemplo 9,600,000."),
    MoneyProblem.CEILING_TOO_LARGE: lazy_gettext("El monto es demasiado grande. Revise si sobra algún cero."),
    MoneyProblem.PART_WITHOUT_PLACE: lazy_gettext("Cada techo es de un territorio o de un tema de la lista."),
    MoneyProblem.PART_REPEATED: lazy_gettext("Hay dos techos para lo mismo. Deje uno."),
    MoneyProblem.PART_EMPTY: lazy_gettext("Un techo debe ser mayor que cero. Si no hay, deje la casilla vacía."),
    MoneyProblem.PARTS_EXCEED: lazy_gettext("Los techos suman %(over)s más de lo que hay. Baje alguno o suba el total."),
    MoneyProblem.INSIDE_EXCEEDS: lazy_gettext(
        "Lo reservado por tema en un territorio pasa este techo por %(over)s. Baje alguno o suba este."
    ),
    MoneyProblem.REASON_MISSING: _REASON,
    MoneyProblem.NOTHING_CHANGES: lazy_gettext("Los montos son los mismos que ya están publicados."),
    MoneyProblem.DECIDING: lazy_gettext(
        "Se está calificando o votando con los techos publicados: cámbielos cuando el resultado esté publicado."
    ),
    MoneyProblem.FROZEN: lazy_gettext("El acta está firmada: los techos ya no cambian."),
    DocumentProblem.TITLE_MISSING: lazy_gettext("Escriba el título del documento."),
    DocumentProblem.NUMBER_MISSING: lazy_gettext("Escriba el número de la norma como se cita."),
    DocumentProblem.DATED_AHEAD: lazy_gettext("La fecha del documento no puede ser futura."),
    DocumentProblem.CONTENT_MISSING: lazy_gettext("Adjunte el archivo, o escriba el texto con %(shortest)s letras o más."),
    DocumentProblem.REASON_MISSING: _REASON,
    DocumentProblem.SAME_AS_BEFORE: lazy_gettext("Es igual a la versión publicada. Cambie el texto, el título o el archivo."),
    DocumentProblem.NOT_A_NORM: lazy_gettext("El presupuesto se abre con su ordenanza."),
    CalendarProblem.EMPTY_PHASE: lazy_gettext("La fase «%(phase)s» no tiene ninguna actividad con fechas."),
    CalendarProblem.REGISTRATION_MISSING: lazy_gettext("Falta la fecha del registro de agentes: de ella depende quién puede inscribirse."),
    CalendarProblem.ENDS_BEFORE: lazy_gettext("«%(activity)s» termina antes de empezar."),
    CalendarProblem.PHASES_CROSSED: lazy_gettext("Una fase empieza antes que la anterior. Revise las fechas."),
    CalendarProblem.PAST_CHANGED: lazy_gettext("«%(activity)s» ya pasó: lo que pasó no se cambia."),
    CalendarProblem.REASON_MISSING: _REASON,
    CalendarProblem.NOTHING_NEW: lazy_gettext("El calendario es igual al que ya está publicado."),
    CalendarProblem.TOO_MANY: lazy_gettext("Son más de %(most)s actividades. Junte algunas."),
    CalendarProblem.TITLE_MISSING: lazy_gettext("Ponga nombre y fechas a la actividad."),
    HearingProblem.NOT_A_HEARING: lazy_gettext("Esa reunión no es una audiencia."),
    HearingProblem.OTHER_SPACE: lazy_gettext("Esa audiencia es de otra municipalidad."),
    HearingProblem.ALREADY: lazy_gettext("Esa audiencia ya rinde cuentas de este presupuesto."),
    HearingProblem.NOT_LINKED: lazy_gettext("Esa audiencia ya no está entre las que rinden cuentas. Vuelva a cargar la página."),
    HearingProblem.ACCOUNTED: lazy_gettext("Con esta audiencia se rindieron cuentas: enlace antes otra con su acta publicada."),
    HearingProblem.REASON_MISSING: _REASON,
    HearingProblem.NONE_CHOSEN: lazy_gettext("Elija una audiencia."),
    AgentProblem.NAME_MISSING: lazy_gettext("Escriba el nombre completo."),
    AgentProblem.ORGANISATION_MISSING: lazy_gettext("Escriba la organización o institución a la que representa."),
    AgentProblem.TERRITORY_MISSING: lazy_gettext("Elija el distrito."),
    AgentProblem.EMAIL_WRONG: lazy_gettext("Revise el correo: falta algo, por ejemplo la arroba."),
    AgentProblem.OFFICE_MISSING: lazy_gettext("Escriba el cargo en el equipo técnico."),
    AgentProblem.TEAM_BY_STAFF: lazy_gettext("Al equipo técnico lo nombra la municipalidad. Elija otra opción."),
    AgentProblem.CONSENT_MISSING: lazy_gettext("Marque que sabe que su nombre y su organización serán públicos."),
    AgentProblem.NOT_OPEN_YET: lazy_gettext("El registro empieza el %(day)s."),
    AgentProblem.WINDOW_CLOSED: lazy_gettext("El registro terminó el %(day)s."),
    AgentProblem.NO_CALENDAR: lazy_gettext("Todavía no hay fechas de registro: aparecerán en el calendario."),
    AgentProblem.REPEATED: lazy_gettext("Esta persona ya está inscrita en este presupuesto."),
    AgentProblem.NUMBER_TAKEN: lazy_gettext("Mucha gente se inscribe a la vez. Envíe el formulario otra vez."),
    AgentProblem.NOT_WAITING: lazy_gettext("Otra persona ya decidió sobre esta inscripción."),
    AgentProblem.OWN_REGISTRATION: lazy_gettext("Es su propia inscripción: debe decidirla otra persona."),
    AgentProblem.REASON_CODE_MISSING: lazy_gettext("Elija el motivo de la lista publicada."),
    AgentProblem.REASON_MISSING: lazy_gettext("Explique el motivo con %(shortest)s letras o más: la persona lo recibirá por escrito."),
    AgentProblem.NOT_REFUSED: lazy_gettext("Solo se apela una inscripción que no fue acreditada."),
    AgentProblem.APPEAL_LATE: lazy_gettext("El plazo para apelar terminó el %(day)s."),
    AgentProblem.APPEAL_SHORT: lazy_gettext("Cuente por qué apela con %(shortest)s letras o más."),
    AgentProblem.APPEAL_REPEATED: lazy_gettext("Ya apeló: la respuesta le llegará por escrito."),
    AgentProblem.APPEAL_ANSWERED: lazy_gettext("Otra persona ya resolvió esta apelación."),
    AgentProblem.SAME_PERSON: lazy_gettext("Usted no acreditó a esta persona: la apelación debe resolverla alguien distinto."),
    AgentProblem.GONE: lazy_gettext("Ya no se puede: la inscripción terminó o el acta está firmada."),
    AgentProblem.NO_ALTERNATE: lazy_gettext("Escriba el nombre del alterno."),
    AgentProblem.FILE_EMPTY: lazy_gettext("La lista no tiene filas."),
    AgentProblem.FILE_TOO_LONG: lazy_gettext("La lista tiene más de %(most)s filas. Divídala."),
    AgentProblem.FILE_COLUMN: lazy_gettext("Falta la columna «%(column)s». Use la plantilla."),
    AgentProblem.FILE_KIND: lazy_gettext("No se conoce el tipo «%(value)s»."),
    AgentProblem.FILE_SECTOR: lazy_gettext("No se conoce el sector «%(value)s»."),
    AgentProblem.FILE_TERRITORY: lazy_gettext("«%(value)s» no es un distrito de esta municipalidad."),
    AgentProblem.FILE_UNREADABLE: lazy_gettext("No se puede leer el archivo. Guárdelo como CSV en UTF-8."),
}

CHANGED_MEANWHILE = lazy_gettext("Otra persona publicó un cambio mientras usted escribía. Mire lo publicado y vuelva a cargar la página.")


def said(problem: Problem) -> str:
    """The sentence of a problem of a round, its days and names in words."""
    return str(PROBLEMS[problem.code]) % {name: _in_words(value) for name, value in problem.values.items()}


def _in_words(value: Any) -> Any:
    if isinstance(value, RoundActivity):
        return str(ACTIVITIES[value])
    if isinstance(value, RoundPhase):
        return str(PHASES[value])
    return long_date(value) if isinstance(value, date) else value
