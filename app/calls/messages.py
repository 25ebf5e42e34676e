"""Sentences and names of calls."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.calls.rules.applying import ApplicationProblem, ApplicationState, Outcome
from app.calls.rules.choosing import JuryProblem
from app.calls.rules.course import CallKind, CallProblem, CallStage, Selection
from app.calls.rules.readiness import Conclusion, Question, ReadinessProblem
from app.evidence import messages as evidence
from app.forum.messages import MOTION_PROBLEMS, SEAT_PROBLEMS
from app.organisations.messages import SECTORS

__all__ = [
    "CONCLUSIONS", "KINDS", "OUTCOMES", "PROBLEMS", "QUESTIONS", "SECTORS", "SELECTIONS", "STAGES", "STATES",
]  # fmt: skip

PROBLEMS: dict[Any, Any] = {
    **evidence.PROBLEMS,
    **SEAT_PROBLEMS,
    **MOTION_PROBLEMS,
    CallProblem.TITLE_MISSING: _l("Escriba el título de la convocatoria."),
    CallProblem.REQUIREMENTS_MISSING: _l("Diga qué se pide para postular, en %(shortest)d letras o más."),
    CallProblem.OPENS_BEFORE_NOTICE: _l("La convocatoria se publica antes de abrir: puede abrir desde el %(earliest)s."),
    CallProblem.OPEN_TOO_SHORT: _l("Debe estar abierta al menos %(least)d días, contando el primero y el último."),
    CallProblem.RESULTS_BEFORE_CLOSE: _l("Los resultados se publican después del cierre. Revise la fecha."),
    CallProblem.CLAIMS_TOO_SHORT: _l("Deje al menos %(least)d días para reclamar después de los resultados."),
    CallProblem.SEATS_MISSING: _l("Diga qué asientos se renuevan: un número por asiento, junto a su sector."),
    CallProblem.CRITERIA_MISSING: _l("Escriba los criterios con su peso: se publican antes de abrir."),
    CallProblem.WEIGHTS_WRONG: _l("Los pesos suman %(whole)d y cada escala va de 0 a 1 o más. Revise los criterios."),
    CallProblem.CONTEST_IS_SCORED: _l("Un concurso entre entidades se decide con puntaje de jurado."),
    CallProblem.SLUG_TAKEN: _l("Ya hay una convocatoria con ese título. Cámbielo un poco."),
    CallProblem.NOT_A_DRAFT: _l("La convocatoria ya es pública: no se cambia. Cancélela con su razón y publique otra."),
    CallProblem.NOT_CLOSED: _l("Todavía recibe postulaciones. Evalúe cuando haya cerrado."),
    CallProblem.NOT_EVALUATING: _l("Esta convocatoria no está en evaluación."),
    CallProblem.NOT_PUBLIC: _l("Esta convocatoria no es pública o ya terminó."),
    CallProblem.REASON_MISSING: _l("Diga la razón en %(shortest)d letras o más: se publica."),
    CallProblem.TOO_FEW_JURORS: _l("El jurado necesita al menos %(fewest)d integrantes."),
    CallProblem.CONFLICTS_UNDECLARED: _l("Falta que cada integrante del jurado declare si tiene conflictos de interés."),
    CallProblem.ELIGIBILITY_UNDONE: _l("Falta verificar los requisitos de alguna postulación."),
    CallProblem.RESULTS_UNDONE: _l("Cada postulación necesita su resultado y una razón de %(shortest)d letras o más."),
    CallProblem.TOO_MANY_CHOSEN: _l("Hay más elegidas que asientos en un sector. Revise los resultados."),
    CallProblem.CHOSEN_NOT_ELIGIBLE: _l("Eligió una postulación que no cumple los requisitos."),
    CallProblem.CHOSEN_SKIPS: _l("Eligió una postulación y dejó atrás otra del mismo sector con mejor lugar. Respete el orden."),
    CallProblem.NOT_SELECTED_YET: _l("Falta decidir el orden: sorteo, voto del foro o puntajes del jurado."),
    CallProblem.CLAIMS_RUNNING: _l("El plazo de reclamos sigue abierto. Cierre cuando haya pasado."),
    CallProblem.CLAIMS_UNANSWERED: _l("Hay reclamos sin respuesta. Respóndalos antes de cerrar."),
    CallProblem.CLAIMS_CLOSED: _l("El plazo para reclamar no está abierto."),
    ApplicationProblem.CALL_NOT_OPEN: _l("La convocatoria no recibe postulaciones hoy. Revise las fechas en su página."),
    ApplicationProblem.ORGANISATION_MISSING: _l("Escriba el nombre de la organización."),
    ApplicationProblem.REPRESENTATIVE_MISSING: _l("Escriba quién la representa."),
    ApplicationProblem.REACH_MISSING: _l("Deje un correo o un teléfono: por ahí llega la respuesta."),
    ApplicationProblem.MOTIVE_SHORT: _l("Cuente por qué postulan y qué han hecho, en %(shortest)d letras o más."),
    ApplicationProblem.SECTOR_NOT_CALLED: _l("Esta convocatoria no tiene asientos de ese sector. Elija otro o mire qué se convoca."),
    ApplicationProblem.ONLY_GOVERNMENT: _l("A este concurso postulan solo entidades del Estado."),
    ApplicationProblem.REFORM_MISSING: _l("Diga qué reforma propone la entidad."),
    ApplicationProblem.REPEATED: _l("Esa organización ya postuló a esta convocatoria. Escriba al contacto si quiere cambiar algo."),
    ApplicationProblem.NOT_CHECKABLE: _l("Los requisitos se verifican después del cierre y antes de los resultados."),
    ApplicationProblem.REASON_MISSING: _l("Diga por qué cumple o no cumple, en %(shortest)d letras o más: se publica."),
    ApplicationProblem.CLAIM_SHORT: _l("Escriba el reclamo en %(shortest)d letras o más."),
    ApplicationProblem.CLAIM_ANSWER_SHORT: _l("Responda el reclamo en %(shortest)d letras o más."),
    ApplicationProblem.CLAIM_ANSWERED: _l("Este reclamo ya tiene respuesta."),
    ApplicationProblem.CLAIM_REPEATED: _l("Ya presentó un reclamo sobre esta postulación."),
    JuryProblem.OFFICE_MISSING: _l("Diga el cargo con que integra el jurado: es público."),
    JuryProblem.ALREADY_JUROR: _l("Esa persona ya integra el jurado."),
    JuryProblem.NOT_JUROR: _l("Usted no integra el jurado de esta convocatoria."),
    JuryProblem.NOT_DECLARED: _l("Declare primero si tiene conflictos de interés."),
    JuryProblem.DECLARES_TOO_SOON: _l("Declare cuando cierre la recepción: recién entonces se sabe quiénes postulan."),
    JuryProblem.CONFLICTED: _l("Declaró un conflicto con esta postulación: no la califica."),
    JuryProblem.NOTE_MISSING: _l("Explique el conflicto en %(shortest)d letras o más: se publica."),
    JuryProblem.SCORE_OUT_OF_SCALE: _l("Ponga un número entero dentro de la escala en cada criterio."),
    JuryProblem.NOT_ELIGIBLE: _l("Esa postulación no cumple los requisitos o no está en evaluación."),
    JuryProblem.SEED_SHORT: _l("La semilla del sorteo tiene al menos %(shortest)d caracteres."),
    JuryProblem.SEED_SOURCE_MISSING: _l("Diga de dónde sale la semilla y quién lo vio, en %(shortest)d letras o más."),
    JuryProblem.ALREADY_DRAWN: _l("El sorteo ya se hizo: no se repite."),
    JuryProblem.WRONG_METHOD: _l("Esta convocatoria se decide de otra manera, publicada antes de abrir."),
    ReadinessProblem.NEEDS_INDUCTION: _l("La entidad debe pasar por la inducción antes de asumir un compromiso."),
    ReadinessProblem.NEEDS_ASSESSMENT: _l("La reforma ya está en marcha: falta la preevaluación de sostenibilidad firmada."),
    ReadinessProblem.NOT_SUSTAINABLE: _l("La preevaluación concluyó que la reforma no es sostenible: no puede entrar al plan."),
    ReadinessProblem.NOT_GOVERNMENT: _l("Solo las entidades del Estado asumen compromisos."),
    ReadinessProblem.DATE_IN_FUTURE: _l("La inducción se registra cuando ya se dio."),
    ReadinessProblem.HOURS_WRONG: _l("Escriba cuántas horas duró y cuántas personas la llevaron."),
    ReadinessProblem.CERTIFICATE_MISSING: _l("Escriba el número de la constancia."),
    ReadinessProblem.TAUGHT_BY_MISSING: _l("Diga quién la dio."),
    ReadinessProblem.REFORM_MISSING: _l("Diga qué reforma se evalúa."),
    ReadinessProblem.ANSWER_MISSING: _l("Responda en %(shortest)d letras o más."),
    ReadinessProblem.CONCLUSION_SHORT: _l("Explique la conclusión en %(shortest)d letras o más."),
    ReadinessProblem.SIGNED: _l("La preevaluación ya está firmada: no se cambia. Abra otra si algo cambió."),
    ReadinessProblem.WRITER_SIGNS: _l("Quien escribió la preevaluación no la firma: pida a otra persona del foro."),
    ReadinessProblem.OFFICE_MISSING: _l("Escriba el cargo con que firma: es público."),
}
KINDS = {CallKind.RENEWAL: _l("Renovación de integrantes del foro"), CallKind.CONTEST: _l("Concurso entre entidades para entrar al plan")}
SELECTIONS = {
    Selection.VOTE: _l("Voto de los asientos del foro"),
    Selection.LOT: _l("Sorteo que cualquiera puede repetir"),
    Selection.SCORING: _l("Puntaje de un jurado con criterios y pesos"),
}
STAGES = {
    CallStage.DRAFT: _l("Borrador"),
    CallStage.PUBLISHED: _l("Publicada, aún no abre"),
    CallStage.OPEN: _l("Abierta"),
    CallStage.CLOSED: _l("Cerró la recepción"),
    CallStage.EVALUATING: _l("En evaluación"),
    CallStage.CLAIMS: _l("Resultados publicados, plazo de reclamos"),
    CallStage.RESULTS: _l("Resultados publicados"),
    CallStage.FINISHED: _l("Cerrada"),
    CallStage.CANCELLED: _l("Cancelada"),
}
STATES = {
    ApplicationState.RECEIVED: _l("Recibida"),
    ApplicationState.ELIGIBLE: _l("Cumple los requisitos"),
    ApplicationState.INELIGIBLE: _l("No cumple los requisitos"),
    ApplicationState.WITHDRAWN: _l("Retirada por la organización"),
}
OUTCOMES = {Outcome.SELECTED: _l("Elegida"), Outcome.RESERVE: _l("Lista de espera"), Outcome.NOT_SELECTED: _l("No elegida")}
CONCLUSIONS = {
    Conclusion.SUSTAINABLE: _l("Sostenible"),
    Conclusion.WITH_CONDITIONS: _l("Sostenible con condiciones"),
    Conclusion.NOT_SUSTAINABLE: _l("No sostenible"),
}
QUESTIONS = {
    Question.MANDATE: _l("¿Qué norma o encargo la sostiene, y qué pasaría si cambia?"),
    Question.BUDGET: _l("¿Con qué presupuesto cuenta hoy y con cuál cada año del plan?"),
    Question.TEAM: _l("¿Qué equipo la lleva, de planta o por contrato, y quién respondería si se va?"),
    Question.CHANGE_OF_AUTHORITIES: _l("¿Qué quedaría en pie después de un cambio de autoridades?"),
    Question.OPENNESS: _l("¿Qué decisión o servicio se vuelve más transparente, participativo o responsable?"),
    Question.WHAT_IS_NEW: _l("¿Qué haría la entidad que hoy no hace ni está obligada a hacer?"),
}
