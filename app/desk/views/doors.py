"""The ways into the work of a process that a person may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import lazy_gettext as _

from app.activities.permissions import GRANTS as ACTIVITY_GRANTS
from app.activities.permissions import ActivityPermission, OutreachPermission
from app.agreements.permissions import GRANTS as AGREEMENT_GRANTS
from app.agreements.permissions import AgreementPermission
from app.budgeting import queries as budgeting
from app.budgeting.permissions import GRANTS as BUDGETING_GRANTS
from app.budgeting.permissions import BudgetingPermission
from app.calls.permissions import GRANTS as CALL_GRANTS
from app.calls.permissions import CallPermission
from app.compliance.permissions import GRANTS as COMPLIANCE_GRANTS
from app.compliance.permissions import CompliancePermission
from app.contributions.permissions import GRANTS as CONTRIBUTION_GRANTS
from app.contributions.permissions import ContributionPermission
from app.core.guard import may
from app.deliberation.permissions import GRANTS as DELIBERATION_GRANTS
from app.deliberation.permissions import DeliberationPermission
from app.evaluation.permissions import GRANTS as EVALUATION_GRANTS
from app.evaluation.permissions import EvaluationPermission
from app.feedback.permissions import GRANTS as FEEDBACK_GRANTS
from app.feedback.permissions import FeedbackPermission
from app.forum.permissions import GRANTS as FORUM_GRANTS
from app.forum.permissions import ForumPermission
from app.groups.permissions import GRANTS as GROUP_GRANTS
from app.groups.permissions import GroupPermission
from app.letters.permissions import GRANTS as LETTER_GRANTS
from app.letters.permissions import LetterPermission, ReplyPermission
from app.moderation.permissions import GRANTS as MODERATION_GRANTS
from app.moderation.permissions import ModerationPermission
from app.paper.permissions import GRANTS as PAPER_GRANTS
from app.paper.permissions import PaperPermission
from app.plans import queries as plans
from app.plans.permissions import GRANTS as PLAN_GRANTS
from app.plans.permissions import PlanPermission
from app.processes.permissions import GRANTS as PROCESS_GRANTS
from app.processes.permissions import ProcessPermission
from app.processes.rules.states import ProcessKind
from app.projects.permissions import GRANTS as PROJECT_GRANTS
from app.projects.permissions import ProjectPermission
from app.vigilance.permissions import GRANTS as VIGILANCE_GRANTS
from app.vigilance.permissions import VigilancePermission
from app.voting.permissions import GRANTS as VOTE_GRANTS
from app.voting.permissions import VotePermission

if TYPE_CHECKING:
    from app.processes.models import Process

DOORS = (
    (_("Datos, temas y criterios"), "processes.show", ProcessPermission.READ_DRAFT, PROCESS_GRANTS),
    (_("Cronograma"), "processes.draft", ProcessPermission.READ_DRAFT, PROCESS_GRANTS),
    (_("Talleres y registros"), "activities.index", ActivityPermission.READ, ACTIVITY_GRANTS),
    (_("Difusión"), "activities.outreach", OutreachPermission.RECORD, ACTIVITY_GRANTS),
    (_("Requisitos mínimos"), "compliance.show", CompliancePermission.READ, COMPLIANCE_GRANTS),
    (_("Moderar lo que llega"), "moderation.queue", ModerationPermission.MODERATE, MODERATION_GRANTS),
    (_("Atender a una persona"), "contributions.assist", ContributionPermission.ASSIST, CONTRIBUTION_GRANTS),
    (_("Resolver apelaciones"), "moderation.appeals", ModerationPermission.DECIDE_APPEALS, MODERATION_GRANTS),
    (_("Preguntas de la ciudadanía"), "deliberation.questions", DeliberationPermission.ANSWER, DELIBERATION_GRANTS),
    (_("Hojas de papel, ventanilla y teléfono"), "paper.desk", PaperPermission.PRINT, PAPER_GRANTS),
    (_("Resumir en castellano"), "contributions.summaries", ContributionPermission.SUMMARISE, CONTRIBUTION_GRANTS),
    (_("Escribir lo que dicen los audios"), "contributions.voices", ContributionPermission.HEAR, CONTRIBUTION_GRANTS),
    (_("Importar aportes"), "contributions.import_file", ContributionPermission.IMPORT, CONTRIBUTION_GRANTS),
    (_("Responder aportes"), "feedback.pile", FeedbackPermission.DRAFT, FEEDBACK_GRANTS),
    (_("Grupos de aportes"), "feedback.groups_index", GroupPermission.READ, GROUP_GRANTS),
    (_("Firmar respuestas"), "feedback.signatures", FeedbackPermission.SIGN, FEEDBACK_GRANTS),
    (_("Publicar respuestas"), "feedback.publication", FeedbackPermission.PUBLISH, FEEDBACK_GRANTS),
    (_("Calidad de las respuestas"), "letters.quality", FeedbackPermission.READ_APPROVED, FEEDBACK_GRANTS),
    (_("Comité de evaluación"), "evaluation.desk", EvaluationPermission.READ, EVALUATION_GRANTS),
    (_("Cartas de respuesta"), "letters.deliveries", LetterPermission.DELIVER, LETTER_GRANTS),
    (_("Réplicas a las respuestas"), "letters.desk_replies", ReplyPermission.READ, LETTER_GRANTS),
    (_("Redactar el plan"), "plans.edit", PlanPermission.DRAFT, PLAN_GRANTS),
    (_("Aprobación del plan"), "feedback.approval", PlanPermission.READ_APPROVAL, PLAN_GRANTS),
    (_("Seguimiento del plan"), "plans.follow", PlanPermission.FOLLOW, PLAN_GRANTS),
)

WITH_A_PLAN = frozenset(("feedback.approval",))
"""Doors that lead nowhere until somebody began the plan."""

SPACE_DOORS = (
    (_("Foro: asientos, sesiones, votaciones"), "forum.desk", ForumPermission.READ, FORUM_GRANTS),
    (_("Convocatorias e inducción"), "calls.desk", CallPermission.READ, CALL_GRANTS),
)

ROUND_DOORS = (
    (_("Presupuesto participativo"), "budgeting.desk", BudgetingPermission.READ, BUDGETING_GRANTS),
    (_("Proyectos"), "projects.desk", ProjectPermission.READ, PROJECT_GRANTS),
    (_("Votaciones"), "voting.desk", VotePermission.READ, VOTE_GRANTS),
    (_("Acta de acuerdos"), "agreements.desk", AgreementPermission.READ, AGREEMENT_GRANTS),
    (_("Ejecución del acta"), "agreements.follow", AgreementPermission.FOLLOW, AGREEMENT_GRANTS),
    (_("Vigilancia"), "vigilance.desk", VigilancePermission.READ, VIGILANCE_GRANTS),
)


def doors(process: Process) -> list[tuple[str, str]]:
    """(words, address) of each page of the process that the person may open."""
    has_plan = plans.plan_of(process.id) is not None
    own = [
        (str(words), url_for(endpoint, slug=process.slug))
        for words, endpoint, permission, grants in DOORS
        if may(permission, grants, process) and (has_plan or endpoint not in WITH_A_PLAN)
    ]
    of_space = [
        (str(words), url_for(endpoint, slug=process.space.slug))
        for words, endpoint, permission, grants in SPACE_DOORS
        if may(permission, grants, process.space)
    ]
    return _of_round(process) + own + of_space


def _of_round(process: Process) -> list[tuple[str, str]]:
    """The participatory budget of the process, once it is open, or the way to open it."""
    if process.kind is not ProcessKind.BUDGET:
        return []
    if budgeting.round_of_process(process.id) is None:
        wants = may(BudgetingPermission.OPEN, BUDGETING_GRANTS, process)
        return [(str(_("Abrir el presupuesto participativo")), url_for("budgeting.new", slug=process.slug))] if wants else []
    return [
        (str(words), url_for(endpoint, slug=process.slug))
        for words, endpoint, permission, grants in ROUND_DOORS
        if may(permission, grants, process)
    ]
