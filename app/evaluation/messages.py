"""What the rules of the evaluation say: always what to do."""

from flask_babel import lazy_gettext

from app.evaluation.rules import EvaluationProblem

PROBLEMS = {
    EvaluationProblem.NO_CRITERIA: lazy_gettext("Publique antes los criterios: nadie evalúa con criterios que no son públicos."),
    EvaluationProblem.COMMITTEE_EXISTS: lazy_gettext("Este proceso ya tiene su comité. Actualice la página."),
    EvaluationProblem.NO_APPOINTMENT: lazy_gettext("Escriba el documento que nombra al comité."),
    EvaluationProblem.NOT_OF_THE_SPACE: lazy_gettext("Esa persona no tiene un rol en este espacio. Elija una de la lista."),
    EvaluationProblem.ROLE_CANNOT_JUDGE: lazy_gettext("Quien administra, modera o revisa no evalúa. Elija a otra persona."),
    EvaluationProblem.ALREADY_A_MEMBER: lazy_gettext("Esa persona ya está en el comité."),
    EvaluationProblem.NO_POST: lazy_gettext("Escriba el cargo con que participa: es lo que verá el público."),
    EvaluationProblem.UNKNOWN_PERSON: lazy_gettext("Elija a una persona de la lista."),
    EvaluationProblem.ALREADY_SCORED: lazy_gettext("Ya tiene puntajes: no se puede quitar de la evaluación."),
    EvaluationProblem.UNKNOWN_CODE: lazy_gettext("No hay un aporte con código %(code)s en este proceso. Revise el código."),
    EvaluationProblem.NOTHING_ADDED: lazy_gettext("Escriba al menos un código, o elija un tema que tenga aportes públicos."),
    EvaluationProblem.STATEMENT_SHORT: lazy_gettext("Explique el conflicto con %(shortest)s letras o más. Solo lo lee la secretaría."),
    EvaluationProblem.CONFLICT_NOT_NAMED: lazy_gettext("Diga con qué aportes o con qué organizaciones tiene el conflicto."),
    EvaluationProblem.CONFLICT_NOT_ANSWERED: lazy_gettext("Diga si tiene o no un conflicto de interés."),
    EvaluationProblem.NOT_DECLARED: lazy_gettext("Firme primero su declaración de conflictos de interés."),
    EvaluationProblem.FEW_DECLARATIONS: lazy_gettext("Han declarado %(declared)s personas y hacen falta %(fewest)s. Espere a las demás."),
    EvaluationProblem.CONFLICTED: lazy_gettext("Usted declaró un conflicto con %(code)s: no puede evaluarlo. Siga con otro."),
    EvaluationProblem.NOT_AN_ITEM: lazy_gettext("Ese aporte no está entre los que evalúa el comité."),
    EvaluationProblem.OUT_OF_SCALE: lazy_gettext("«%(criterion)s» se puntúa de %(lowest)s a %(highest)s."),
    EvaluationProblem.SCORE_MISSING: lazy_gettext("Falta el puntaje de «%(criterion)s»."),
    EvaluationProblem.NO_ITEMS: lazy_gettext("No hay aportes por evaluar: agregue los que el comité debe mirar."),
    EvaluationProblem.FEW_MEMBERS: lazy_gettext("El comité necesita %(fewest)s personas o más."),
    EvaluationProblem.INCOMPLETE: lazy_gettext("Falta el puntaje de alguien en %(count)s aportes: %(codes)s."),
    EvaluationProblem.FEW_EVALUATORS: lazy_gettext(
        "Los conflictos declarados dejan menos de %(fewest)s personas para %(codes)s. Sume a alguien al comité."
    ),
    EvaluationProblem.NO_CORRECTION_REASON: lazy_gettext("Ya hay un orden publicado: diga por qué cambia, con %(shortest)s letras o más."),
    EvaluationProblem.NOTHING_CHANGED: lazy_gettext("No hay nada nuevo que guardar. Actualice la página y mire cómo quedó."),
    EvaluationProblem.PERSONAL_DATA: lazy_gettext("La razón será pública y tiene un dato personal (%(found)s). Quítelo."),
}
"""Sentences of the rules."""


def points(hundredths: int) -> str:
    """Points out of 100 with their two decimals, so that a column of them lines up: "71.43"."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"
