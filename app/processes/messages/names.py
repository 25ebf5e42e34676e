"""What the codes of a process and its schedule are called."""

from flask_babel import lazy_gettext as _

from app.processes.rules.completeness import Missing
from app.processes.rules.notice import NoticeFlag, Result
from app.processes.rules.readings import ReadingLanguage
from app.processes.rules.schedule import OpportunityKind, PhaseKind
from app.processes.rules.states import ApprovalSeat, Influence, ProcessKind, ProcessState, VersionState

STATES = {
    ProcessState.DRAFT: _("Borrador"),
    ProcessState.SCHEDULED: _("Programado"),
    ProcessState.RUNNING: _("En curso"),
    ProcessState.INPUTS_CLOSED: _("Aportes cerrados"),
    ProcessState.DELIBERATION: _("Deliberación"),
    ProcessState.FEEDBACK: _("Retroalimentación"),
    ProcessState.ANSWERED: _("Con todas las respuestas"),
    ProcessState.PLAN_DRAFTED: _("Plan redactado"),
    ProcessState.PUBLIC_VALIDATION: _("Validación pública"),
    ProcessState.APPROVED: _("Plan aprobado"),
    ProcessState.SUBMITTED: _("Presentado a OGP"),
    ProcessState.IMPLEMENTING: _("En implementación"),
    ProcessState.CLOSED: _("Cerrado"),
    ProcessState.SUSPENDED: _("Suspendido"),
    ProcessState.CANCELLED: _("Cancelado"),
}
KINDS = {
    ProcessKind.OGP_NATIONAL: _("Plan de acción nacional de gobierno abierto"),
    ProcessKind.OGP_LOCAL: _("Plan local de gobierno abierto"),
    ProcessKind.BUDGET: _("Presupuesto participativo"),
    ProcessKind.CONSULTATION: _("Consulta pública"),
}
INFLUENCES = {
    Influence.INFORM: _("Informar: se le cuenta qué se va a hacer"),
    Influence.CONSULT: _("Consultar: su opinión se escucha y se responde"),
    Influence.COOPERATE: _("Cooperar: las decisiones se preparan juntos"),
    Influence.DECIDE: _("Decidir: lo que se acuerde se cumple"),
}
PHASES = {
    PhaseKind.PREPARATION: _("Preparación"),
    PhaseKind.PROBLEMS: _("Problemas"),
    PhaseKind.COCREATION: _("Cocreación"),
    PhaseKind.FEEDBACK: _("Retroalimentación"),
    PhaseKind.VALIDATION: _("Validación"),
    PhaseKind.APPROVAL: _("Aprobación"),
}
PHASE_SUMMARIES = {
    PhaseKind.PREPARATION: _("Se publica el cronograma y usted puede inscribirse en los talleres."),
    PhaseKind.PROBLEMS: _("Usted cuenta qué no funciona y a quién afecta, en talleres, por internet o en ventanilla."),
    PhaseKind.COCREATION: _("Los problemas se convierten en propuestas de compromiso; los aportes siguen abiertos."),
    PhaseKind.FEEDBACK: _("Cada aporte recibe una respuesta escrita con su motivo."),
    PhaseKind.VALIDATION: _("La propuesta completa del plan se discute en público."),
    PhaseKind.APPROVAL: _("Se aprueba el plan y se publica qué cambió y por qué."),
}
OPPORTUNITIES = {
    OpportunityKind.WORKSHOP: _("Taller"),
    OpportunityKind.ASSEMBLY: _("Asamblea"),
    OpportunityKind.MEETING: _("Reunión"),
    OpportunityKind.CONSULTATION: _("Consulta pública"),
    OpportunityKind.ONLINE: _("Por internet"),
    OpportunityKind.WINDOW: _("Ventanilla"),
}
READING_LANGUAGES = {
    ReadingLanguage.SPANISH: _("castellano"), ReadingLanguage.QUECHUA: _("quechua"), ReadingLanguage.AYMARA: _("aimara"),
}  # fmt: skip
LANGUAGES = {
    "es": _("castellano"),
    "qu": _("quechua"),
    "es,qu": _("castellano y quechua"),
    "ay": _("aimara"),
    "es,ay": _("castellano y aimara"),
}
SEATS = {
    ApprovalSeat.SECRETARIAT: _("Secretaría"),
    ApprovalSeat.NON_GOVERNMENT: _("Integrante no gubernamental del foro"),
}
VERSION_STATES = {
    VersionState.DRAFT: _("En borrador"),
    VersionState.IN_REVIEW: _("Espera las dos aprobaciones"),
    VersionState.PUBLISHED: _("Vigente"),
    VersionState.REPLACED: _("Reemplazada"),
}
RESULTS = {
    Result.MET: _("Cumple, con evidencia"),
    Result.NEEDS_ATTESTATION: _("Pendiente de atestación"),
    Result.AT_RISK: _("En riesgo"),
    Result.NOT_MET: _("No cumple"),
    Result.NOT_APPLICABLE: _("No aplica"),
}
FLAGS = {
    NoticeFlag.LIMIT: _("Justo en el límite de 14 días."),
    NoticeFlag.SHORT_CHANGE: _("Una versión posterior acercó el inicio con menos de 14 días de aviso."),
    NoticeFlag.STARTED_EARLY: _("Empezó antes de lo publicado."),
    NoticeFlag.RETROACTIVE: _("Proceso registrado después de ocurrido: esta publicación no cuenta como aviso."),
}
FIELDS = {
    "start_at": _("Inicio del proceso"),
    "whole": _("Toda la entrada"),
    "title": _("Título"),
    "summary": _("Resumen"),
    "opens_at": _("Empieza"),
    "closes_at": _("Termina"),
    "kind": _("Tipo"),
    "starts_at": _("Empieza"),
    "ends_at": _("Termina"),
    "place": _("Lugar"),
    "url": _("Enlace"),
    "ubigeo": _("Territorio"),
    "theme": _("Tema"),
    "language": _("Lengua"),
    "who_can_join": _("Quién puede participar"),
    "how_to_register": _("Cómo inscribirse"),
    "contact": _("Contacto"),
    "capacity": _("Cupo"),
    "accessibility": _("Accesibilidad"),
    "agenda": _("Programa"),
}
MISSING = {
    Missing.TITLE: _("título"),
    Missing.START: _("fecha y hora en que empieza"),
    Missing.END: _("fecha y hora en que termina"),
    Missing.PLACE_OR_LINK: _("lugar o enlace"),
    Missing.WHO_CAN_JOIN: _("quién puede participar"),
    Missing.HOW_TO_REGISTER: _("cómo inscribirse"),
    Missing.CONTACT: _("contacto"),
}
