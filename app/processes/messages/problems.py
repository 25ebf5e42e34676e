"""The sentence for each reason to refuse, in words that say what to do."""

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import dates
from app.core.errors import Problem
from app.processes.messages import names
from app.processes.rules.completeness import Missing
from app.processes.rules.drafts import ProcessProblem
from app.processes.rules.publication import ScheduleProblem
from app.processes.rules.readings import ReadingProblem
from app.processes.rules.states import ApprovalSeat, ProcessState
from app.processes.rules.transitions import StateProblem

SCHEDULE_PROBLEMS = {
    ScheduleProblem.NO_START: _("Ponga la fecha y la hora en que empieza el proceso."),
    ScheduleProblem.START_TOO_SOON: _(
        "El inicio está a %(days)s días y deben ser 14 o más. Si publica hoy, la primera fecha posible es el %(earliest)s."
    ),
    ScheduleProblem.NO_PHASES: _("Añada las fases. Puede llenar las seis de una vez."),
    ScheduleProblem.NO_FEEDBACK_PHASE: _(
        "Añada la fase de retroalimentación: cada aporte debe recibir respuesta antes de aprobar el plan."
    ),
    ScheduleProblem.NO_APPROVAL_PHASE: _("Añada la fase de aprobación."),
    ScheduleProblem.PHASE_BACKWARDS: _("La fase «%(phase)s» termina antes de empezar. Corrija sus fechas."),
    ScheduleProblem.PHASES_OUT_OF_ORDER: _("La fase «%(second)s» empieza antes que «%(first)s». Corrija sus fechas."),
    ScheduleProblem.PHASE_OVERLAP: _("La fase «%(second)s» empieza antes de que termine «%(first)s». Deben ir una después de otra."),
    ScheduleProblem.NO_OPPORTUNITIES: _("Añada al menos una oportunidad para participar."),
    ScheduleProblem.OPPORTUNITY_INCOMPLETE: _("A «%(title)s» le falta: %(missing)s."),
    ScheduleProblem.OPPORTUNITY_BACKWARDS: _("«%(title)s» termina antes de empezar. Corrija sus fechas."),
    ScheduleProblem.OPPORTUNITY_BEFORE_START: _("«%(title)s» empieza antes que el proceso. Cambie su fecha o la del inicio."),
    ScheduleProblem.SLUG_TAKEN: _("Ya existe una oportunidad con esa dirección."),
    ScheduleProblem.NOTHING_CHANGED: _("El borrador dice lo mismo que lo publicado. Cambie algo antes de publicar."),
    ScheduleProblem.REASON_MISSING: _("Escriba el motivo del cambio en %(shortest)s caracteres o más. Será público."),
    ScheduleProblem.NOT_IN_REVIEW: _("Envíe primero el borrador a aprobación."),
    ScheduleProblem.NOT_OPEN: _("Esta versión ya se publicó y no cambia más. Abra un borrador nuevo."),
    ScheduleProblem.DRAFTER_APPROVES: _("Usted redactó este borrador. Debe aprobarlo otra persona del sector no gubernamental."),
    ScheduleProblem.SAME_PERSON_APPROVES: _("Usted ya aprobó por el otro sector. Debe aprobar otra persona."),
    ScheduleProblem.ALREADY_APPROVED: _("Este sector ya aprobó este texto."),
    ScheduleProblem.APPROVAL_MISSING: _("Falta una aprobación: %(seat)s."),
}
STATE_PROBLEMS = {
    StateProblem.NOT_A_STEP: _("De «%(state)s» no se pasa a «%(to)s»."),
    StateProblem.SCHEDULE_NOT_PUBLISHED: _("Publique primero el cronograma."),
    StateProblem.START_NOT_RECORDED: _("Registre primero el inicio real del proceso."),
    StateProblem.NOT_ASSIGNED: _("Quedan %(count)s aportes sin asignar. Asígnelos antes de pasar a la retroalimentación."),
    StateProblem.ANSWERS_WAITING: _("Quedan %(count)s aportes sin respuesta publicada."),
    StateProblem.ANSWERS_UNKNOWN: _("Este paso se da desde la mesa de respuestas, cuando todas están publicadas."),
    StateProblem.STATE_REASON_MISSING: _("Escriba el motivo en %(shortest)s caracteres o más. Será público."),
    StateProblem.ALREADY_STARTED: _("El inicio ya está registrado y no cambia."),
    StateProblem.START_IN_FUTURE: _("Registre el inicio cuando haya ocurrido: esa fecha todavía no llega."),
}
PROCESS_PROBLEMS = {
    ProcessProblem.TITLE_MISSING: _("Escriba el título."),
    ProcessProblem.SUMMARY_MISSING: _("Escriba el resumen en una o dos frases."),
    ProcessProblem.CODE_SHAPE: _("Use de 2 a 8 mayúsculas o números, por ejemplo CUS27."),
    ProcessProblem.CODE_TAKEN: _("Otro proceso ya usa este código. Elija otro."),
    ProcessProblem.SLUG_SHAPE: _(
        "Use minúsculas sin acentos, números y guiones, hasta %(longest)s caracteres. Por ejemplo plan-cusco-2027."
    ),
    ProcessProblem.SLUG_TAKEN: _("Otro proceso ya usa esta dirección. Elija otra."),
    ProcessProblem.NAME_IS_PERMANENT: _("El proceso ya es público: su código y su dirección no cambian."),
    ProcessProblem.THEME_NAME_MISSING: _("Escriba el nombre del tema."),
    ProcessProblem.THEME_TAKEN: _("Ya hay un tema con ese nombre."),
    ProcessProblem.THEME_IN_USE: _("Hay aportes en este tema: no se puede quitar. Puede cambiar su nombre."),
    ProcessProblem.CRITERION_NAME_MISSING: _("Escriba el nombre del criterio."),
    ProcessProblem.CRITERION_TAKEN: _("Ya hay un criterio con ese nombre."),
    ProcessProblem.CRITERION_WEIGHT: _("El peso va de 1 a 100."),
    ProcessProblem.CRITERION_SCALE: _("La escala va de menor a mayor con números enteros, desde 0 hasta %(highest)s como mucho."),
    ProcessProblem.CRITERIA_WEIGHTS: _("Los pesos suman %(sum)s y deben sumar 100."),
    ProcessProblem.CRITERIA_PUBLISHED: _("Los criterios ya son públicos y no cambian."),
    ProcessProblem.CRITERIA_MISSING: _("Añada al menos un criterio."),
}
READING_PROBLEMS = {
    ReadingProblem.TEXT_SHORT: _("Escriba al menos %(shortest)s caracteres: qué es, qué se decide y cómo participar."),
    ReadingProblem.TEXT_LONG: _("Use %(longest)s caracteres como mucho: una versión fácil es corta."),
    ReadingProblem.TRIAL_MISSING: _("Diga con quiénes se probó, sin nombres. Por ejemplo: tres personas de la asociación de sordos."),
    ReadingProblem.NOTHING_CHANGED: _("El texto es el mismo que ya está publicado."),
}
PROBLEMS: dict[Any, Any] = {**SCHEDULE_PROBLEMS, **STATE_PROBLEMS, **PROCESS_PROBLEMS, **READING_PROBLEMS}


def filled(problem: Problem) -> str:
    """The whole sentence of a problem: dates and codes among its values in words."""
    template = str(PROBLEMS[problem.code])
    return template % {key: _words(value) for key, value in problem.values.items()} if problem.values else template


def _words(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return dates.long_date(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_words(item)) for item in value)
    tables: tuple[tuple[type, dict[Any, Any]], ...] = (
        (Missing, names.MISSING), (ProcessState, names.STATES), (ApprovalSeat, names.SEATS),
    )  # fmt: skip
    for kind, labels in tables:
        if isinstance(value, kind):
            return str(labels[value])
    return value
