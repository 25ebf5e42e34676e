"""What the things of a round are called on screen."""

from flask_babel import lazy_gettext

from app.budgeting.rules.calendar import RoundActivity, RoundPhase
from app.budgeting.rules.documents import DocumentKind
from app.budgeting.rules.hearings import HearingStanding
from app.budgeting.rules.registering import RefusalReason, Ruling, Sex, Way
from app.budgeting.rules.states import AgentKind, AgentState, RoundState
from app.budgeting.rules.tabs import Tab

TABS = {
    Tab.BUDGET: lazy_gettext("Presupuesto"),
    Tab.AGENTS: lazy_gettext("Agentes"),
    Tab.DOCUMENTS: lazy_gettext("Documentos"),
    Tab.CALENDAR: lazy_gettext("Calendario"),
    Tab.PROJECTS: lazy_gettext("Proyectos"),
    Tab.VOTE: lazy_gettext("Votación"),
    Tab.ACT: lazy_gettext("Acta"),
    Tab.EXECUTION: lazy_gettext("Ejecución"),
    Tab.VIGILANCE: lazy_gettext("Vigilancia"),
}

STATES = {
    RoundState.NORM_APPROVED: lazy_gettext("Con norma aprobada"),
    RoundState.PREPARATION: lazy_gettext("En preparación"),
    RoundState.AGENTS_REGISTERED: lazy_gettext("Agentes registrados"),
    RoundState.CONCERTATION: lazy_gettext("En concertación"),
    RoundState.TECHNICAL_EVALUATION: lazy_gettext("En evaluación técnica"),
    RoundState.PRIORITISATION: lazy_gettext("En priorización"),
    RoundState.COORDINATION: lazy_gettext("En coordinación entre niveles"),
    RoundState.ACT_SIGNED: lazy_gettext("Con acta firmada"),
    RoundState.IN_OPENING_BUDGET: lazy_gettext("En el presupuesto de apertura"),
    RoundState.EXECUTING: lazy_gettext("En ejecución"),
    RoundState.ACCOUNTED: lazy_gettext("Con cuentas rendidas"),
    RoundState.CLOSED: lazy_gettext("Cerrado"),
}

KINDS = {
    AgentKind.COORDINATION_COUNCIL: lazy_gettext("Consejo de coordinación"),
    AgentKind.MUNICIPAL_COUNCIL: lazy_gettext("Concejo municipal"),
    AgentKind.CIVIL_SOCIETY: lazy_gettext("Sociedad civil"),
    AgentKind.GOVERNMENT_ENTITY: lazy_gettext("Entidad pública"),
    AgentKind.TECHNICAL_TEAM: lazy_gettext("Equipo técnico"),
}

AGENT_STATES = {
    AgentState.REGISTERED: lazy_gettext("Inscripción por revisar"),
    AgentState.ACCREDITED: lazy_gettext("Agente acreditado"),
    AgentState.REFUSED: lazy_gettext("No acreditado"),
    AgentState.WITHDRAWN: lazy_gettext("Retirado"),
}

DOCUMENTS = {
    DocumentKind.ORDINANCE: lazy_gettext("Ordenanza"),
    DocumentKind.REGULATION: lazy_gettext("Reglamento"),
    DocumentKind.DIAGNOSIS: lazy_gettext("Diagnóstico"),
    DocumentKind.CALL: lazy_gettext("Convocatoria"),
    DocumentKind.WORKSHOP_MINUTES: lazy_gettext("Acta de taller"),
    DocumentKind.COMMITTEE_MINUTES: lazy_gettext("Acta de elección del comité"),
    DocumentKind.FINAL_DOCUMENT: lazy_gettext("Documento del presupuesto participativo"),
    DocumentKind.OPENING_BUDGET: lazy_gettext("Presupuesto de apertura (PIA)"),
    DocumentKind.ACCOUNTABILITY_REPORT: lazy_gettext("Informe de rendición de cuentas"),
    DocumentKind.OTHER: lazy_gettext("Otro documento"),
}

PHASES = {
    RoundPhase.PREPARATION: lazy_gettext("Preparación"),
    RoundPhase.CONCERTATION: lazy_gettext("Concertación"),
    RoundPhase.COORDINATION: lazy_gettext("Coordinación"),
    RoundPhase.FORMALISATION: lazy_gettext("Formalización"),
}

PHASE_SUMMARIES = {
    RoundPhase.PREPARATION: lazy_gettext("Se avisa, se convoca y se registra a los agentes, y se les capacita."),
    RoundPhase.CONCERTATION: lazy_gettext("En talleres se acuerdan los resultados, se evalúan los proyectos y se priorizan."),
    RoundPhase.COORDINATION: lazy_gettext("La municipalidad pone de acuerdo los proyectos con el distrito, la provincia y la región."),
    RoundPhase.FORMALISATION: lazy_gettext("Se firma el acta, los proyectos entran al presupuesto y se rinde cuentas."),
}

ACTIVITIES = {
    RoundActivity.COMMUNICATION: lazy_gettext("Comunicación"),
    RoundActivity.AWARENESS: lazy_gettext("Sensibilización"),
    RoundActivity.CALL: lazy_gettext("Convocatoria"),
    RoundActivity.REGISTRATION: lazy_gettext("Identificación y registro de agentes"),
    RoundActivity.TRAINING: lazy_gettext("Capacitación"),
    RoundActivity.RESULTS_WORKSHOP: lazy_gettext("Taller de identificación y priorización de resultados"),
    RoundActivity.TECHNICAL_EVALUATION: lazy_gettext("Evaluación técnica de proyectos"),
    RoundActivity.PRIORITISATION_WORKSHOP: lazy_gettext("Taller de priorización de proyectos"),
    RoundActivity.LEVELS: lazy_gettext("Coordinación entre niveles de gobierno"),
    RoundActivity.ACT: lazy_gettext("Firma del acta de acuerdos y compromisos"),
    RoundActivity.OPENING_BUDGET: lazy_gettext("Inclusión en el presupuesto de apertura (PIA)"),
    RoundActivity.ACCOUNTABILITY: lazy_gettext("Rendición de cuentas"),
}

REFUSALS = {
    RefusalReason.NO_DOCUMENT: lazy_gettext("No presentó el documento en que su organización lo nombra"),
    RefusalReason.DOCUMENT_NOT_VALID: lazy_gettext("El documento no está firmado o no corresponde a la organización"),
    RefusalReason.OTHER_TERRITORY: lazy_gettext("La organización no actúa en el territorio de este presupuesto"),
    RefusalReason.ORGANISATION_HAS_DELEGATE: lazy_gettext("La organización ya tiene un delegado acreditado"),
    RefusalReason.LATE: lazy_gettext("Se presentó fuera del plazo de registro"),
    RefusalReason.NOT_AN_ORGANISATION: lazy_gettext("No representa a una organización, institución o grupo organizado"),
    RefusalReason.INCOMPATIBLE_OFFICE: lazy_gettext("Su cargo es incompatible con el de agente, según el reglamento"),
}

RULINGS = {
    Ruling.ACCREDITED: lazy_gettext("Acreditación"),
    Ruling.REFUSED: lazy_gettext("No acreditación"),
    Ruling.APPEAL_UPHELD: lazy_gettext("Apelación que procede"),
    Ruling.APPEAL_DISMISSED: lazy_gettext("Apelación que no procede"),
    Ruling.WITHDRAWN: lazy_gettext("Retiro"),
    Ruling.REPLACED: lazy_gettext("Reemplazo por el alterno"),
}

SEXES = {
    Sex.UNSAID: lazy_gettext("Prefiero no decirlo"),
    Sex.WOMAN: lazy_gettext("Mujer"),
    Sex.MAN: lazy_gettext("Hombre"),
}

WAYS = {
    Way.WEB: lazy_gettext("Por internet"),
    Way.WINDOW: lazy_gettext("En ventanilla"),
    Way.FILE: lazy_gettext("En una lista"),
}

HEARINGS = {
    HearingStanding.HELD: lazy_gettext("Realizada"),
    HearingStanding.CONVENED: lazy_gettext("Convocada"),
    HearingStanding.AHEAD: lazy_gettext("Por convocar"),
    HearingStanding.MISSING: lazy_gettext("No consta"),
}
MONTHS = {5: lazy_gettext("Mayo"), 9: lazy_gettext("Septiembre")}
