"""What the package says: why something is refused, and what each thing is called."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.evidence.messages import PROBLEMS as FILE_PROBLEMS
from app.spaces.messages import PROBLEMS as SPACE_PROBLEMS
from app.vigilance.rules.committees import Ballot, CommitteeProblem, MemberRole
from app.vigilance.rules.findings import Body, FindingProblem, FindingState, Gravity
from app.vigilance.rules.reports import ReportProblem

BALLOTS = {Ballot.SHOW_OF_HANDS: _("a mano alzada"), Ballot.SECRET_VOTE: _("con voto secreto")}
ROLES = {
    MemberRole.COORDINATOR: _("Coordinación"),
    MemberRole.SECRETARY: _("Secretaría"),
    MemberRole.MEMBER: _("Integrante"),
}
STATES = {
    FindingState.PROPOSED: _("en el comité"),
    FindingState.WITHDRAWN: _("retirado por el comité"),
    FindingState.PUBLISHED: _("espera respuesta"),
    FindingState.REPLIED: _("con respuesta"),
    FindingState.SATISFIED: _("resuelto"),
    FindingState.ESCALATED: _("llevado a otra instancia"),
}
GRAVITIES = {
    Gravity.NOTE: _("Observación"),
    Gravity.SERIOUS: _("Serio"),
    Gravity.GRAVE: _("Grave"),
}
BODIES = {
    Body.COUNCIL: _("Concejo municipal o regional"),
    Body.COMPTROLLER: _("Contraloría General de la República"),
    Body.OMBUDSMAN: _("Defensoría del Pueblo"),
    Body.PROSECUTOR: _("Ministerio Público"),
    Body.CONGRESS: _("Congreso de la República"),
}
PROBLEMS: dict[Any, Any] = {
    **FILE_PROBLEMS,
    **SPACE_PROBLEMS,
    CommitteeProblem.IN_FORCE: _("Ya hay un comité en funciones. La siguiente elección se registra cuando termina su periodo."),
    CommitteeProblem.NO_DAY: _("Escriba qué día fue la elección."),
    CommitteeProblem.DAY_AHEAD: _("La elección no puede ser en un día que todavía no llega."),
    CommitteeProblem.NO_PLACE: _("Escriba dónde fue la elección."),
    CommitteeProblem.FEW_SEATS: _("El comité tiene al menos %(minimum)s integrantes."),
    CommitteeProblem.FEW_CANDIDATES: _("Hay %(have)s candidaturas para %(seats)s puestos: anote a todas las personas que se presentaron."),
    CommitteeProblem.CANDIDATE_REPEATED: _("Esa persona ya está en la lista."),
    CommitteeProblem.CANDIDATE_NOT_ACCREDITED: _(
        "Solo integran el comité agentes acreditados, fuera del equipo técnico. Revise: %(numbers)s."
    ),
    CommitteeProblem.VOTES_MISSING: _("Escriba cuántos votos tuvo cada candidatura, con cifras."),
    CommitteeProblem.VOTES_EXCEED: _("Los votos no cuadran: con %(voters)s votantes no puede haber más de %(most)s votos."),
    CommitteeProblem.VOTERS_EXCEED: _("Hay %(most)s agentes con voto: no pudieron votar más."),
    CommitteeProblem.NO_VOTERS: _("Escriba cuántas personas votaron."),
    CommitteeProblem.TIE: _(
        "Los agentes %(tied)s empatan en el último puesto. Marque quién quedó y cuente cómo se resolvió, en %(shortest)s caracteres o más."
    ),
    CommitteeProblem.TIE_NOT_OURS: _("Marque solo a quienes empataron en el último puesto."),
    CommitteeProblem.NOT_A_MEMBER: _("Esa persona ya no está en el comité."),
    CommitteeProblem.REASON_SHORT: _("Diga por qué se va, en %(shortest)s caracteres o más. Será público."),
    CommitteeProblem.HAS_ACCOUNT: _("Esa persona ya tiene cuenta."),
    FindingProblem.TITLE_SHORT: _("Ponga un título de %(shortest)s caracteres o más."),
    FindingProblem.WHAT_SHORT: _("Cuente qué encontró el comité, en %(shortest)s caracteres o más."),
    FindingProblem.ASKED_SHORT: _("Diga qué se le pide a la entidad, en %(shortest)s caracteres o más."),
    FindingProblem.PERSONAL: _("Quite el teléfono, correo o documento de una persona: esto es público."),
    FindingProblem.NO_GRAVITY: _("Elija qué tan grave es."),
    FindingProblem.DAYS: _("El plazo para responder va de %(fewest)s a %(most)s días."),
    FindingProblem.LINE_UNKNOWN: _("Ese proyecto no está en el acta vigente."),
    FindingProblem.NOT_PROPOSED: _("Ese hallazgo ya no está por aprobar."),
    FindingProblem.NOT_A_MEMBER: _("Solo los integrantes del comité en funciones pueden hacerlo."),
    FindingProblem.APPROVED: _("Usted ya aprobó este texto."),
    FindingProblem.TEXT_CHANGED: _("El texto cambió después de que usted lo abrió. Léalo otra vez y apruébelo si está de acuerdo."),
    FindingProblem.NO_SHEET: _("Adjunte la hoja firmada, escaneada o en foto: sin ella no se puede comprobar quién firmó."),
    FindingProblem.NOBODY_SIGNED: _("Marque a quienes firmaron la hoja: otros integrantes que todavía no aprobaron este texto."),
    FindingProblem.NOT_PUBLIC: _("Ese hallazgo todavía no es público."),
    FindingProblem.CLOSED: _("El comité ya dio este asunto por resuelto."),
    FindingProblem.REPLY_SHORT: _("Diga qué hará la entidad, en %(shortest)s caracteres o más."),
    FindingProblem.REPLY_NO_DAY: _("Diga hasta cuándo lo hará."),
    FindingProblem.REPLY_DAY_PAST: _("Escriba un día que todavía no pasó."),
    FindingProblem.NOT_REPLIED: _("La entidad todavía no responde."),
    FindingProblem.NOT_DUE: _("La entidad todavía está en plazo para responder."),
    FindingProblem.NOTE_SHORT: _("Diga qué comprobó el comité, en %(shortest)s caracteres o más."),
    FindingProblem.NO_BODY: _("Elija a qué instancia se llevó."),
    FindingProblem.NO_FILE: _("Escriba el número con que se recibió allá."),
    FindingProblem.DAY_AHEAD: _("Escriba qué día se presentó; no puede ser un día que no llega."),
    ReportProblem.NO_PERIOD: _("Escriba desde y hasta qué día informa."),
    ReportProblem.PERIOD_REVERSED: _("El periodo termina antes de empezar."),
    ReportProblem.PERIOD_AHEAD: _("El periodo no puede terminar en un día que no llega."),
    ReportProblem.OPINION_SHORT: _("Cuente qué piensa el comité, en %(shortest)s caracteres o más."),
    ReportProblem.PERSONAL: _("Quite el teléfono, correo o documento de una persona: el informe es público."),
    ReportProblem.NOT_A_MEMBER: _("Solo los integrantes del comité en funciones pueden informar."),
    ReportProblem.REPEATED: _("Otra persona publicó un informe al mismo tiempo. Revíselo antes de publicar otro."),
}
