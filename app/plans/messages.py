"""What the rules of the plan say, in words."""

from flask_babel import lazy_gettext

from app.plans.rules import PlanProblem, PlanSeat, PlanState

PROBLEMS = {
    PlanProblem.NO_TITLE: lazy_gettext("Escriba el título del plan."),
    PlanProblem.ALREADY_OPEN: lazy_gettext("Este proceso ya tiene un plan. Ábralo y siga desde ahí."),
    PlanProblem.APPROVED: lazy_gettext("El plan ya está aprobado y no se puede cambiar."),
    PlanProblem.CHANGED_MEANWHILE: lazy_gettext("El plan cambió después de que usted lo abrió. Revise el texto de ahora y firme otra vez."),
    PlanProblem.NO_COMMITMENTS: lazy_gettext("El plan no tiene compromisos. Agregue al menos uno antes de firmar."),
    PlanProblem.COMMITMENT_NO_TITLE: lazy_gettext("Escriba el título del compromiso."),
    PlanProblem.COMMITMENT_SHORT: lazy_gettext("Diga qué se hará y qué cambia, con %(shortest)s letras o más."),
    PlanProblem.COMMITMENT_NUMBER_TAKEN: lazy_gettext(
        "El número %(number)s ya está usado. Deje el número vacío para que se dé el siguiente."
    ),
    PlanProblem.COMMITMENT_NO_ORGANISATION: lazy_gettext("Elija la entidad responsable."),
    PlanProblem.COMMITMENT_IN_USE: lazy_gettext(
        "Hay respuestas que señalan el compromiso %(number)s. Cambie primero esas respuestas; hasta entonces no se puede retirar."
    ),
    PlanProblem.MILESTONE_NO_TITLE: lazy_gettext("Escriba qué estará hecho en este hito."),
    PlanProblem.MILESTONE_NO_DATE: lazy_gettext("Escriba hasta qué día se cumplirá el hito."),
    PlanProblem.MILESTONE_IN_USE: lazy_gettext("Hay respuestas que señalan el hito %(number)s. Cambie primero esas respuestas."),
    PlanProblem.ANSWERS_WAITING: lazy_gettext(
        "%(count)s aportes no tienen respuesta final publicada: %(codes)s. Respóndalos, o escriba la razón pública para aprobar sin ellos."
    ),
    PlanProblem.OVERRIDE_SHORT: lazy_gettext("La razón de la excepción es pública: escríbala con %(shortest)s letras o más."),
    PlanProblem.OTHER_SEAT_GAVE_NO_REASON: lazy_gettext(
        "El otro sector firmó sin dar una razón y ahora hay aportes sin respuesta. Ese sector debe firmar de nuevo con su razón: "
        "guarde el plan una vez para que las firmas se retiren."
    ),
    PlanProblem.ALREADY_SIGNED: lazy_gettext("Este sector ya firmó."),
    PlanProblem.PROCESS_STOPPED: lazy_gettext(
        "El proceso está suspendido o terminado y así no se aprueba su plan. Pida a la secretaría que lo reanude."
    ),
    PlanProblem.SIGNED_OTHER_SEAT: lazy_gettext("Una misma persona no puede firmar por los dos sectores."),
}
STATES = {PlanState.DRAFT: lazy_gettext("Borrador"), PlanState.APPROVED: lazy_gettext("Aprobado")}
SEATS = {PlanSeat.GOVERNMENT: lazy_gettext("Gobierno"), PlanSeat.NON_GOVERNMENT: lazy_gettext("Sociedad civil")}
