"""What the rules of plans refuse, in words that say what to do."""

from flask_babel import lazy_gettext as _

from app.calls.messages import PROBLEMS as CALL_PROBLEMS
from app.contributions.messages import PROBLEMS as CONTRIBUTION_PROBLEMS
from app.deliberation.messages import PROBLEMS as DELIBERATION_PROBLEMS
from app.evidence.messages import PROBLEMS as EVIDENCE_PROBLEMS
from app.plans.rules.clauses import ClauseProblem
from app.plans.rules.commitments import CommitmentProblem
from app.plans.rules.plan import PlanProblem
from app.plans.rules.progress import ProgressProblem
from app.processes.messages import PROBLEMS as PROCESS_PROBLEMS

PROBLEMS = {
    **PROCESS_PROBLEMS,
    **CALL_PROBLEMS,
    **EVIDENCE_PROBLEMS,
    PlanProblem.NO_TITLE: _("Escriba el título del plan."),
    PlanProblem.DATES_REVERSED: _("El plan termina antes de empezar. Corrija una de las dos fechas."),
    PlanProblem.ALREADY_OPEN: _("Este proceso ya tiene un plan. Ábralo y siga desde ahí."),
    PlanProblem.APPROVED: _("El plan ya está aprobado y no se puede cambiar. Proponga un cambio del compromiso a los dos sectores."),
    PlanProblem.NOT_APPROVED: _("El plan todavía no está aprobado. Esto se hace después de la aprobación."),
    PlanProblem.CHANGED_MEANWHILE: _("El plan cambió después de que usted lo abrió. Revise el texto de ahora y firme otra vez."),
    PlanProblem.NO_COMMITMENTS: _("El plan no tiene compromisos. Agregue al menos uno antes de firmar."),
    PlanProblem.COMMITMENT_NO_TITLE: _("Escriba el título del compromiso."),
    PlanProblem.COMMITMENT_SHORT: _("Diga qué se hará y qué cambia, con %(shortest)s letras o más."),
    PlanProblem.COMMITMENT_NUMBER_TAKEN: _("El número %(number)s ya está usado. Deje el número vacío para que se dé el siguiente."),
    PlanProblem.COMMITMENT_NO_ORGANISATION: _("Elija la entidad responsable."),
    PlanProblem.COMMITMENT_IN_USE: _(
        "Hay respuestas que señalan el compromiso %(number)s. Cambie primero esas respuestas; hasta entonces no se puede retirar."
    ),
    PlanProblem.MILESTONE_NO_TITLE: _("Escriba qué estará hecho en este hito."),
    PlanProblem.MILESTONE_NO_DATE: _("Escriba hasta qué día se cumplirá el hito."),
    PlanProblem.MILESTONE_DATES_REVERSED: _("El hito termina antes de empezar. Corrija una de las dos fechas."),
    PlanProblem.MILESTONE_IN_USE: _("Hay respuestas que señalan el hito %(number)s. Cambie primero esas respuestas."),
    PlanProblem.ANSWERS_WAITING: _(
        "%(count)s aportes no tienen respuesta final publicada: %(codes)s. Respóndalos, o escriba la razón pública para aprobar sin ellos."
    ),
    PlanProblem.OVERRIDE_SHORT: _("La razón de la excepción es pública: escríbala con %(shortest)s letras o más."),
    PlanProblem.OTHER_SEAT_GAVE_NO_REASON: _(
        "El otro sector firmó sin dar una razón y ahora hay aportes sin respuesta. Ese sector debe firmar de nuevo con su razón: "
        "guarde el plan una vez para que las firmas se retiren."
    ),
    PlanProblem.ALREADY_SIGNED: _("Este sector ya firmó."),
    PlanProblem.PROCESS_STOPPED: _(
        "El proceso está suspendido o terminado y así no se aprueba ni se publica su plan. Pida a la secretaría que lo reanude."
    ),
    PlanProblem.SIGNED_OTHER_SEAT: _("Una misma persona no puede firmar por los dos sectores."),
    PlanProblem.SUBMISSION_FUTURE: _("Escriba el día en que se entregó: hoy o uno anterior."),
    PlanProblem.SUBMISSION_BEFORE_APPROVAL: _("La entrega es posterior a la aprobación. Revise la fecha."),
    PlanProblem.SUBMISSION_NO_DOCUMENT: _("Diga qué documento prueba la entrega, por ejemplo el oficio y su número."),
    PlanProblem.ALREADY_SUBMITTED: _("La entrega ya está registrada y no se repite."),
    CommitmentProblem.NOT_A_STEP: _("El compromiso no puede pasar a ese estado desde donde está. Vuelva a abrir la página."),
    CommitmentProblem.INCOMPLETE: _("A la ficha le falta contenido. Complete las secciones marcadas y vuelva a intentarlo."),
    CommitmentProblem.PERSONAL_CONTACT: _(
        "Escriba el correo de la oficina, no el personal: el contacto es público y sigue cuando cambia la persona."
    ),
    CommitmentProblem.DATES_REVERSED: _("El compromiso termina antes de empezar. Corrija una de las dos fechas."),
    CommitmentProblem.BUDGET_MALFORMED: _("Escriba el monto en soles, por ejemplo 125 000.00."),
    CommitmentProblem.SDG_MALFORMED: _("Escriba los números de los objetivos, del 1 al 17, separados por comas."),
    CommitmentProblem.REASON_SHORT: _("La razón es pública: escríbala con %(shortest)s letras o más."),
    CommitmentProblem.NOTHING_CHANGES: _("Lo escrito es igual a lo aprobado. Cambie algo o vuelva atrás."),
    CommitmentProblem.CHANGE_OPEN: _("Este compromiso ya tiene un cambio que espera firmas. Firme o retire ese primero."),
    CommitmentProblem.CHANGE_SIGNED: _("Este sector ya firmó el cambio. Falta el otro."),
    CommitmentProblem.CHANGE_SAME_PERSON: _("Una misma persona no firma un cambio por los dos sectores. Debe firmar alguien del otro."),
    CommitmentProblem.CHANGE_SETTLED: _("Este cambio ya se aplicó o se retiró. Abra otra vez la página del compromiso."),
    CommitmentProblem.CHANGE_STALE: _("El plan cambió después de esta propuesta. Retírela y propóngala otra vez sobre el texto de ahora."),
    ClauseProblem.UNKNOWN: _("Elija la parte del borrador sobre la que quiere comentar."),
    ClauseProblem.CONSULTATION_CLOSED: _("La consulta del borrador no está abierta ahora. Vea sus fechas en el cronograma."),
    ClauseProblem.NOTHING_TO_CONSULT: _("El borrador no tiene compromisos. Escriba al menos uno antes de publicarlo."),
    ClauseProblem.ALREADY_CONSULTED: _("El borrador es igual al último que se publicó. No hace falta publicarlo otra vez."),
    ClauseProblem.REASON_SHORT: _("Diga en público qué cambió desde la versión anterior, con %(shortest)s letras o más."),
    ProgressProblem.PERIOD_UNKNOWN: _("Elija el semestre."),
    ProgressProblem.PERIOD_NOT_STARTED: _("Ese semestre no ha empezado o es anterior al plan. Elija otro."),
    ProgressProblem.NO_COMPLETION: _("Elija en qué quedó."),
    ProgressProblem.PERCENT_OUT: _("Escriba el porcentaje, de 0 a 100."),
    ProgressProblem.PERCENT_CONTRADICTS: _("El porcentaje y la palabra no dicen lo mismo: «completo» es 100 y «no iniciado» es 0."),
    ProgressProblem.TEXT_SHORT: _("Cuente qué se hizo y qué falta, con %(shortest)s letras o más."),
    ProgressProblem.NO_NEXT_STEP: _("Diga cuál es el paso que sigue."),
    ProgressProblem.NO_EVIDENCE: _("Muestre lo hecho: adjunte un archivo o escriba la dirección donde se ve."),
    ProgressProblem.EVIDENCE_URL: _("Escriba la dirección completa, con https:// al comienzo."),
    ProgressProblem.NOT_IN_FORCE: _("Solo se informa el avance de compromisos aprobados que no se retiraron."),
    ProgressProblem.MILESTONE_UNKNOWN: _("Elija un hito de este compromiso, o todo el compromiso."),
    ProgressProblem.ALREADY_VERIFIED: _("Este avance ya está verificado."),
    ProgressProblem.VERIFIER_WROTE: _("Quien escribió el avance no lo verifica. Debe hacerlo otra persona de la secretaría."),
    ProgressProblem.NOT_GOVERNMENT: _("Solo se verifica el avance de la entidad responsable."),
    ProgressProblem.NOTE_SHORT: _("Diga qué comprobó y cómo, con %(shortest)s letras o más."),
    ProgressProblem.CORRECTION_REASON: _(
        "Ya hay un avance publicado de ese semestre. Diga en público por qué se corrige, con %(shortest)s letras o más."
    ),
}
COMMENT_PROBLEMS = {**DELIBERATION_PROBLEMS, **CONTRIBUTION_PROBLEMS, **PROBLEMS}
