"""What the parts, states and codes of plans are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from app.plans.rules.amendments import AmendmentKind
from app.plans.rules.commitments import ChallengeArea, CommitmentState
from app.plans.rules.library import IrmCompletion, IrmEarlyResults, IrmPotential, YesNo
from app.plans.rules.plan import CountAdvice, PlanSeat, PlanState
from app.plans.rules.progress import Completion, ReadingOf
from app.plans.rules.template import Section
from app.plans.rules.versions import VersionKind

STATES = {PlanState.DRAFT: _("Borrador"), PlanState.APPROVED: _("Aprobado")}
SEATS = {PlanSeat.GOVERNMENT: _("Gobierno"), PlanSeat.NON_GOVERNMENT: _("Sociedad civil")}
COMMITMENT_STATES = {
    CommitmentState.IDEA: _("Idea"),
    CommitmentState.DRAFTED: _("Redactado"),
    CommitmentState.VALIDATED_BY_ENTITY: _("Validado por la entidad"),
    CommitmentState.VALIDATED_BY_FORUM: _("Validado por el foro"),
    CommitmentState.ADOPTED: _("Adoptado"),
    CommitmentState.IN_EXECUTION: _("En ejecución"),
    CommitmentState.CONCLUDED: _("Concluido"),
    CommitmentState.WITHDRAWN: _("Retirado"),
}
STEPS = {
    CommitmentState.DRAFTED: _("Devolver a redacción"),
    CommitmentState.VALIDATED_BY_ENTITY: _("Validar como entidad responsable"),
    CommitmentState.VALIDATED_BY_FORUM: _("Validar como foro"),
    CommitmentState.CONCLUDED: _("Dar por concluido"),
}
SECTIONS = {
    Section.GENERAL: _("Lo general"),
    Section.PROBLEM: _("El problema"),
    Section.SOLUTION: _("Qué se hará"),
    Section.VALUES: _("Valores de gobierno abierto"),
    Section.ALIGNMENT: _("Con qué se alinea"),
    Section.ACTORS: _("Quiénes participan"),
    Section.RESOURCES: _("Recursos"),
    Section.ORIGIN: _("De dónde viene"),
}
FIELDS: Mapping[str, object] = {
    "title": _("Título"),
    "description": _("En pocas palabras"),
    "organisation": _("Entidad responsable"),
    "theme": _("Tema"),
    "starts_on": _("Empieza"),
    "ends_on": _("Termina"),
    "problem": _("¿Qué problema resuelve?"),
    "affected": _("¿A quiénes afecta?"),
    "since": _("¿Desde cuándo?"),
    "causes": _("¿Cuáles son sus causas?"),
    "baseline": _("Línea de base"),
    "done_so_far": _("Qué se ha hecho hasta ahora"),
    "solution": _("Qué se hará"),
    "expected_result": _("Resultado esperado"),
    "contribution_to_problem": _("Cómo ayuda a resolver el problema"),
    "transparency": _("Transparencia"),
    "participation": _("Participación"),
    "accountability": _("Rendición de cuentas"),
    "sdg": _("Objetivos de Desarrollo Sostenible"),
    "national_plan": _("Plan nacional"),
    "other_plans": _("Otros planes"),
    "inclusion": _("Inclusión"),
    "challenge_area": _("Área del Desafío de Gobierno Abierto"),
    "supporting_entities": _("Entidades que apoyan"),
    "actors_government": _("Otros actores: gobierno"),
    "actors_civil_society": _("Otros actores: sociedad civil"),
    "actors_private": _("Otros actores: sector privado"),
    "actors_academia": _("Otros actores: academia"),
    "contact_office": _("Oficina de contacto"),
    "contact_position": _("Cargo de quien responde"),
    "contact_email": _("Correo de la oficina"),
    "contact_phone": _("Teléfono de la oficina"),
    "budget_centimos": _("Presupuesto (soles)"),
    "budget_source": _("Fuente del presupuesto"),
    "is_sustained": _("¿Seguirá funcionando después del plan?"),
    "pre_assessment": _("Preevaluación de sostenibilidad"),
    "diagnoses": _("Diagnósticos"),
    "workshop_priorities": _("Prioridades de los talleres"),
    "summary": _("Resumen"),
    "due_on": _("Hasta"),
    "responsible": _("Responsable"),
    "expected_output": _("Producto esperado"),
    "evidence": _("Medio de verificación"),
    "milestone": _("Hito"),
    "milestones": _("Hitos"),
    "values": _("Al menos un valor de gobierno abierto"),
    "whole": _("Todo"),
    "": _("Todo el compromiso"),
}
AREAS = {
    ChallengeArea.ACCESS_TO_INFORMATION: _("Acceso a la información"),
    ChallengeArea.ANTI_CORRUPTION: _("Lucha contra la corrupción"),
    ChallengeArea.CIVIC_SPACE: _("Espacio cívico"),
    ChallengeArea.CLIMATE: _("Clima y medio ambiente"),
    ChallengeArea.DIGITAL_GOVERNANCE: _("Gobernanza digital"),
    ChallengeArea.FISCAL_OPENNESS: _("Apertura fiscal"),
    ChallengeArea.GENDER_AND_INCLUSION: _("Género e inclusión"),
    ChallengeArea.JUSTICE: _("Justicia"),
    ChallengeArea.MEDIA_FREEDOM: _("Libertad de prensa"),
    ChallengeArea.PUBLIC_PARTICIPATION: _("Participación pública"),
}
COMPLETIONS = {
    Completion.NO_EVIDENCE: _("Sin evidencia disponible"),
    Completion.NOT_STARTED: _("No iniciado"),
    Completion.LIMITED: _("Limitado"),
    Completion.SUBSTANTIAL: _("Sustancial"),
    Completion.COMPLETE: _("Completo"),
}
READINGS = {ReadingOf.GOVERNMENT: _("Entidad responsable"), ReadingOf.CIVIL_SOCIETY: _("Sociedad civil")}
VERSION_KINDS = {
    VersionKind.CONSULTATION: _("Borrador en consulta"),
    VersionKind.APPROVED: _("Texto aprobado"),
    VersionKind.MODIFIED: _("Texto modificado"),
}
AMENDMENTS = {AmendmentKind.MODIFIED: _("Cambio"), AmendmentKind.WITHDRAWN: _("Retiro")}
COUNT_ADVICE = {
    CountAdvice.FEW: _("Menos de cinco compromisos. La guía recomienda entre cinco y quince; no es obligatorio."),
    CountAdvice.MANY: _("Más de quince compromisos. La guía recomienda entre cinco y quince: pocos y ambiciosos se cumplen mejor."),
}
YES_NO = {YesNo.YES: _("Sí"), YesNo.NO: _("No")}
IRM_POTENTIAL = {IrmPotential.UNCLEAR: _("No claro"), IrmPotential.MODEST: _("Modesto"), IrmPotential.SUBSTANTIAL: _("Sustancial")}
IRM_COMPLETION = {
    IrmCompletion.NO_EVIDENCE: _("Sin evidencia disponible"),
    IrmCompletion.NOT_STARTED: _("No iniciado"),
    IrmCompletion.LIMITED: _("Limitado"),
    IrmCompletion.SUBSTANTIAL: _("Sustancial"),
    IrmCompletion.COMPLETE: _("Completo"),
}
IRM_EARLY_RESULTS = {
    IrmEarlyResults.NO_NOTABLE: _("Sin resultados notables"),
    IrmEarlyResults.MODERATE: _("Moderados"),
    IrmEarlyResults.SIGNIFICANT: _("Significativos"),
}
