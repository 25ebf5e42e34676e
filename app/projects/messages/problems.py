"""The sentence of each refusal: always how to mend it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.feedback.messages.checks import CHECKS
from app.feedback.rules.checks.codes import CheckCode
from app.projects.rules.answers import AnswerProblem
from app.projects.rules.appeals import AppealProblem
from app.projects.rules.evaluating import EvaluationProblem
from app.projects.rules.matrix import MatrixProblem
from app.projects.rules.phases import PhaseProblem
from app.projects.rules.writing import ProjectProblem

PHASE_PROBLEMS: dict[Any, Any] = {
    PhaseProblem.SHEET_LATE: _l("La evaluación técnica ya terminó: los criterios quedan como se aplicaron."),
    PhaseProblem.WRITE_EARLY: _l(
        "Los proyectos se escriben desde que empieza la concertación. Pase antes el presupuesto a «En concertación»."
    ),
    PhaseProblem.WRITE_LATE: _l(
        "La evaluación técnica ya terminó: se prioriza lo mismo que se evaluó, y los proyectos no se cambian, unen ni dividen."
    ),
    PhaseProblem.EVALUATE_EARLY: _l(
        "La evaluación técnica empieza después de los talleres de resultados. Pase antes el presupuesto a «En evaluación técnica»."
    ),
    PhaseProblem.EVALUATE_LATE: _l("La evaluación técnica ya terminó: lo que se publicó queda como está."),
    PhaseProblem.MATRIX_LATE: _l("La priorización ya terminó: la matriz queda como se aplicó."),
    PhaseProblem.RANK_EARLY: _l(
        "Se prioriza cuando termina la evaluación técnica, con sus apelaciones. Pase antes el presupuesto a «En priorización»."
    ),
    PhaseProblem.RANK_LATE: _l("La priorización ya terminó: su resultado queda como se publicó."),
    PhaseProblem.AGREE_EARLY: _l(
        "El acta se escribe después de coordinar con los otros niveles de gobierno. Pase antes el presupuesto a «En coordinación»."
    ),
    PhaseProblem.AGREE_LATE: _l("El año de ejecución ya se rindió: el acta queda como está."),
    PhaseProblem.DROP_EARLY: _l("La concertación no ha empezado: todavía no hay proyectos que retirar."),
    PhaseProblem.DROP_LATE: _l("El presupuesto ya está cerrado: sus proyectos quedan como terminaron."),
    PhaseProblem.EXECUTE_EARLY: _l(
        "La ejecución se cuenta desde que el acta está firmada. Pase antes el presupuesto a «Con acta firmada»."
    ),
    PhaseProblem.EXECUTE_LATE: _l("El presupuesto está cerrado: su ejecución queda como se rindió."),
}
"""What is not done in this state of the round: also for the acts of the floors above."""

PROBLEMS: dict[Any, Any] = {
    **CHECKS,
    **PHASE_PROBLEMS,
    CheckCode.NO_CHANGE_NEEDED: _l("Diga qué tendría que cambiar para que el proyecto pueda entrar."),
    CheckCode.NO_MERGE_TARGET: _l("Escriba el código del proyecto en que continúa."),
    ProjectProblem.TITLE_SHORT: _l("Escriba un título de %(shortest)d letras o más, que diga qué se hace y dónde."),
    ProjectProblem.PROBLEM_SHORT: _l("Cuente el problema en %(shortest)d letras o más, como lo cuenta quien lo vive."),
    ProjectProblem.COST_MISSING: _l("Falta el costo: sin él nadie puede comparar. Edite el proyecto y diga también cómo se calculó."),
    ProjectProblem.COST_TOO_LARGE: _l("Revise el costo: debe ser mayor que cero, en soles."),
    ProjectProblem.BASIS_SHORT: _l("Diga cómo se calculó el costo, en %(shortest)d letras o más."),
    ProjectProblem.YEARLY_NEGATIVE: _l("Revise el costo anual de mantenimiento: cero o más, en soles."),
    ProjectProblem.UNKNOWN_THEME: _l("Elija un tema de la lista."),
    ProjectProblem.UNKNOWN_TERRITORY: _l("Elija un distrito de la lista."),
    ProjectProblem.BAD_POINT: _l("Escriba las coordenadas como -13.5170, -71.9785: primero la latitud, y dentro del Perú."),
    ProjectProblem.REASON_SHORT: _l("Diga la razón en %(shortest)d letras o más: se publica en la historia del proyecto."),
    ProjectProblem.NOT_EDITABLE: _l("Este proyecto ya no se cambia: fue elegido o terminó. Su historia queda como está."),
    ProjectProblem.ALREADY_PUBLIC: _l("Este proyecto ya es público."),
    ProjectProblem.NOT_PUBLIC: _l("Este proyecto todavía no es público. Publíquelo primero."),
    ProjectProblem.NO_ORIGIN: _l("Diga de qué aportes viene: marque al menos uno o escriba su código."),
    ProjectProblem.ORIGIN_ELSEWHERE: _l("No hay un aporte con código %(code)s en este proceso. Revise el código."),
    ProjectProblem.ORIGIN_REPEATED: _l("El aporte %(code)s ya está entre los de origen."),
    ProjectProblem.ORIGIN_UNKNOWN: _l("El aporte %(code)s no está entre los de origen. Actualice la página."),
    ProjectProblem.LAST_ORIGIN: _l("Un proyecto público viene al menos de un aporte. Agregue otro antes de quitar este."),
    ProjectProblem.MERGED_INTO_ITSELF: _l("Un proyecto no se une consigo mismo: elija el otro."),
    ProjectProblem.MERGE_ELSEWHERE: _l("Ese proyecto es de otro presupuesto participativo. Elija uno de este."),
    ProjectProblem.MERGE_TARGET_ENDED: _l("Ese proyecto ya terminó o ya fue elegido: no puede recibir a otro."),
    ProjectProblem.NOT_MERGEABLE: _l("Este proyecto ya terminó o ya fue elegido: no se une a otro."),
    ProjectProblem.REMAINDER_MISSING: _l("Diga cuánto cuesta lo que queda en el proyecto original."),
    ProjectProblem.WRONG_STATE: _l("El proyecto %(code)s no está en un estado que permita esto. Actualice la página."),
    AnswerProblem.NOT_ENDED: _l("Este proyecto sigue en camino: la respuesta se escribe cuando termina."),
    AnswerProblem.WRONG_OUTCOME: _l("Ese resultado no corresponde a cómo terminó el proyecto. Elija otro de la lista."),
    AnswerProblem.NOT_IN_REVIEW: _l("Esta respuesta ya no espera aprobación. Actualice la página."),
    AnswerProblem.WRITER_APPROVES: _l("Usted escribió esta respuesta: debe aprobarla otra persona."),
    AnswerProblem.NO_CORRECTION_REASON: _l("La respuesta ya es pública: diga por qué se corrige. La anterior seguirá visible."),
    AnswerProblem.ALREADY_OPEN: _l("Ya hay una respuesta en borrador: ábrala y siga ahí."),
    AnswerProblem.NOTHING_CHOSEN: _l("Marque al menos una respuesta."),
    AppealProblem.NOT_APPEALABLE: _l("Se apela un proyecto declarado no admisible, y este no lo está."),
    AppealProblem.TOO_LATE: _l("El plazo para apelar ya pasó. Puede escribir al contacto de la municipalidad."),
    AppealProblem.TEXT_SHORT: _l("Explique por qué pide revisar la evaluación, en %(shortest)d letras o más."),
    AppealProblem.REPEATED: _l("Esta evaluación ya fue apelada. En la página del proyecto se ve qué pasó con la apelación."),
    AppealProblem.DECIDED: _l("Esta apelación ya está resuelta. Actualice la página."),
    AppealProblem.INVOLVED: _l("Usted evaluó o aprobó lo que se apela: debe resolver otra persona."),
    AppealProblem.REASON_SHORT: _l("Explique la decisión en %(shortest)d letras o más: se publica."),
    AppealProblem.CHOICE_MISSING: _l("Diga si la apelación procede o no."),
    EvaluationProblem.SHEET_EMPTY: _l("Escriba al menos un criterio."),
    EvaluationProblem.SHEET_NAME_MISSING: _l("A un criterio le falta el nombre."),
    EvaluationProblem.SHEET_HINT_SHORT: _l("Diga cómo se verifica cada criterio, en %(shortest)d letras o más."),
    EvaluationProblem.SHEET_REPEATED: _l("Hay dos criterios con el mismo nombre."),
    EvaluationProblem.SHEET_FROZEN: _l("La evaluación ya empezó: los criterios no se cambian."),
    EvaluationProblem.SHEET_UNPUBLISHED: _l("Publique primero los criterios de evaluación."),
    EvaluationProblem.SHEET_DAYS: _l("El plazo para apelar va de 1 a %(most)d días."),
    EvaluationProblem.NOT_PUBLIC: _l("Se evalúan los proyectos públicos que todavía no tienen resultado."),
    EvaluationProblem.ALREADY_ASSIGNED: _l("Este proyecto ya está asignado. Actualice la página."),
    EvaluationProblem.NOT_ON_TEAM: _l("Elija a alguien del equipo técnico."),
    EvaluationProblem.INVOLVED_BEFORE: _l("Esa persona evaluó o aprobó la primera vez: elija a otra."),
    EvaluationProblem.NOT_YOURS: _l("Esta evaluación está asignada a otra persona."),
    EvaluationProblem.CONFLICT_UNDECLARED: _l("Declare primero si tiene un conflicto de interés con este proyecto."),
    EvaluationProblem.CONFLICT_NOTE_SHORT: _l("Explique el conflicto en %(shortest)d letras o más."),
    EvaluationProblem.NOT_WRITABLE: _l("Esta evaluación ya fue enviada o se anuló. Actualice la página."),
    EvaluationProblem.FINDING_MISSING: _l("Falta decir si cumple «%(criterion)s»."),
    EvaluationProblem.NOTE_SHORT: _l("Explique «%(criterion)s» en %(shortest)d letras o más."),
    EvaluationProblem.CONCLUSION_MISSING: _l("Diga si el proyecto es admisible o no."),
    EvaluationProblem.OPINION_SHORT: _l("Escriba la opinión técnica en %(shortest)d letras o más."),
    EvaluationProblem.ADMITS_UNMET: _l(
        "No puede ser admisible: «%(criterion)s» no se cumple o necesita cambios. Pida una aclaración o edite el proyecto."
    ),
    EvaluationProblem.REFUSES_ALL_MET: _l("Todos los criterios se cumplen: entonces es admisible, o falta marcar cuál no se cumple."),
    EvaluationProblem.COST_MISSING: _l("Un proyecto sin costo no puede ser admisible. Edítelo primero."),
    EvaluationProblem.NOT_IN_REVIEW: _l("Esta evaluación ya no espera aprobación. Actualice la página."),
    EvaluationProblem.WRITER_APPROVES: _l("Usted escribió esta evaluación: debe revisarla otra persona."),
    EvaluationProblem.APPROVER_BEFORE: _l("Usted decidió la primera vez: después de una apelación aprueba otra persona."),
    EvaluationProblem.RETURN_NOTE_SHORT: _l("Diga qué falta, en %(shortest)d letras o más."),
    EvaluationProblem.NOT_APPROVED: _l("La evaluación de %(code)s todavía no está aprobada. Quítela del lote."),
    EvaluationProblem.NOTHING_CHOSEN: _l("Marque al menos una evaluación."),
    EvaluationProblem.QUESTION_SHORT: _l("Escriba la pregunta en %(shortest)d letras o más."),
    EvaluationProblem.QUESTION_TOO_SOON: _l("Dé al menos %(days)d días para contestar."),
    EvaluationProblem.QUESTION_OPEN: _l("Ya hay una pregunta sin contestar. Espere la respuesta o el fin del plazo."),
    EvaluationProblem.ANSWER_SHORT: _l("Escriba la aclaración en %(shortest)d letras o más."),
    EvaluationProblem.ANSWERED: _l("No hay una pregunta por contestar."),
    EvaluationProblem.TOO_LATE: _l("El plazo para aclarar ya pasó."),
    MatrixProblem.EMPTY: _l("Escriba al menos un criterio con su peso."),
    MatrixProblem.NAME_MISSING: _l("A un criterio le falta el nombre."),
    MatrixProblem.WEIGHT_WRONG: _l("El peso de «%(criterion)s» va de 1 a 100."),
    MatrixProblem.LEVELS_WRONG: _l("«%(criterion)s» necesita dos niveles o más, de menor a mayor, uno por línea: «5 Aporta en parte»."),
    MatrixProblem.REPEATED: _l("Hay dos criterios con el mismo nombre."),
    MatrixProblem.TIE_RULE_SHORT: _l("Diga cómo se resuelven los empates, en %(shortest)d letras o más."),
    MatrixProblem.FROZEN: _l("Ya se puso el primer puntaje: la matriz no se cambia."),
    MatrixProblem.NOT_PUBLISHED: _l("La matriz todavía no tiene puntajes, o el orden ya se publicó."),
    MatrixProblem.NOT_MARKABLE: _l("Este proyecto no se califica ahora."),
    MatrixProblem.NOT_A_LEVEL: _l("Elija un nivel para «%(criterion)s»."),
    MatrixProblem.NOT_YOURS: _l("En esta matriz no hay criterios que le toque calificar."),
    MatrixProblem.NO_PROJECTS: _l("Todavía no hay proyectos admisibles."),
    MatrixProblem.MARK_MISSING: _l("Falta el puntaje de %(project)s en «%(criterion)s»."),
    MatrixProblem.SEED_SHORT: _l("Escriba la semilla del sorteo, con %(shortest)d caracteres o más."),
    MatrixProblem.EVALUATING: _l("Quedan %(num)d proyectos sin opinión técnica firme: se ordena cuando todos la tengan."),
    MatrixProblem.BY_VOTE: _l(
        "El techo de este proyecto se decide en la votación «%(vote)s»: no se califica. Cada techo se decide de una sola manera."
    ),
    MatrixProblem.ALL_BY_VOTE: _l("Todos los techos con proyectos se deciden por votación: la matriz no tiene nada que ordenar."),
}
