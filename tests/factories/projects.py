"""Projects made through the services, at any stage; and the municipal technical team that makes them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.budgeting import queries as rounds
from app.budgeting.models import BudgetRound
from app.budgeting.rules import RoundState
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel, NameConsent
from app.core.db import db
from app.feedback.rules.outcomes import Outcome, Reason
from app.moderation import services as moderation
from app.processes import queries as processes
from app.projects import queries, services
from app.projects.models import Evaluation, EvaluationSheet, Project
from app.projects.rules.answers import AnswerDraft
from app.projects.rules.evaluating import Conclusion, EvaluationDraft, Finding, SheetCriterion, Step
from app.projects.rules.matrix import Marker, MatrixCriterion, MatrixDraft
from app.projects.rules.writing import ProjectDraft
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from tests.cast import ANA, GLORIA, INES, LUIS, MARCO, CastMember
from tests.factories.budgeting import a_round
from tests.world import NOON, World

TEAM = (ANA, LUIS, INES, GLORIA)
"""Who also sits in the municipal technical team: Ana writes and evaluates, Luis approves, Inés and Gloria come new to an appeal."""
LATER = NOON + timedelta(days=1)
REASON = "El taller de resultados pidió precisar el alcance del proyecto."
REFUSAL = (
    "El terreno propuesto está dentro de la faja marginal del río Huatanay, donde la ley no deja construir. Por eso el proyecto no puede "
    "pasar a la votación con esta ubicación, aunque la necesidad que cuenta el barrio es real."
)
REFUSED = AnswerDraft(
    Outcome.NOT_ADOPTED, Reason.R03, REFUSAL, criterion="Situación legal del terreno",
    change_needed="Que se proponga otro terreno saneado.",
    reference="Resolución 012-2025 de la Autoridad Nacional del Agua",
)  # fmt: skip
CRITERIA = (
    SheetCriterion("competence", Step.FORMAL, "Competencia de la municipalidad", "Con la Ley Orgánica de Municipalidades."),
    SheetCriterion("land", Step.FORMAL, "Situación legal del terreno", "Con la partida registral o el acta de donación."),
    SheetCriterion("technical", Step.MERIT, "Viabilidad técnica", "Con la visita de campo y el informe de un ingeniero."),
)
LEVELS = ((0, "No aporta"), (5, "Aporta en parte"), (10, "Aporta mucho"))
MATRIX = MatrixDraft(
    (
        MatrixCriterion("poverty", "Atiende a quienes menos tienen", 60, Marker.TEAM, LEVELS),
        MatrixCriterion("people", "Cuánta gente se beneficia", 40, Marker.AGENTS, LEVELS),
    ),
    "Por sorteo con la semilla anunciada: SHA-256 de semilla y código.",
)


def municipal_team(world: World, *members: CastMember) -> None:
    """These of the cast join the technical team of the space."""
    for member in members or TEAM:
        db.session.add(
            RoleAssignment(person_id=world.id_of(member), space_id=world.space_id, role=Role.MUNICIPAL, starts_on=date(2026, 1, 1))
        )
    db.session.flush()


def the_round(world: World) -> BudgetRound:
    """The round of the process, made when there is none; process and space loaded."""
    if rounds.round_of_process(world.process_id) is None:
        a_round(world, state=RoundState.TECHNICAL_EVALUATION)
    found = rounds.round_of_process(world.process_id)
    assert found is not None
    return found


def a_contribution(world: World, what: str = "posta", *, email: str = "", now: datetime = NOON) -> Contribution:
    """A published one of the process, by somebody who asked to be anonymous."""
    process = processes.process_by_slug(world.slug)
    assert process is not None
    draft = ContributionDraft(
        text=f"Pedimos {what}: hoy caminamos dos horas y los niños llegan tarde a la escuela.", speaker="Zenaida Ccopa Yupanqui",
        consent=NameConsent.ANONYMOUS, ubigeo="080102", theme_slug="obras", channel=Channel.WEB, email=email,
    )  # fmt: skip
    receipt = contributions.receive(draft, process, submission_key=f"pedido-{what}-0001".replace(" ", "-"), received_at=now, now=now)
    moderation.publish(receipt.contribution, moderator_id=world.id_of(MARCO), now=now)
    return receipt.contribution


def project_draft(**changes: Any) -> ProjectDraft:
    draft = ProjectDraft(
        "Puente peatonal de Ccorca", "En lluvias el río corta el paso a la escuela y a la posta por varias semanas.",
        "Servicios básicos al alcance", "Un puente de **veinte metros**.", "obras", "080102", "Detrás de la escuela", -13.58, -72.06,
        250_000_00, "Metrado de la oficina de obras con precios de marzo.", 4_000_00, "320 familias",
    )  # fmt: skip
    return replace(draft, **changes)


def a_written_project(world: World, *, codes: tuple[str, ...] | None = None, is_public: bool = True, **changes: Any) -> Project:
    """Written up by Ana from a contribution of its own."""
    round_ = the_round(world)
    number = queries.last_number(round_.id) + 1
    origin = codes if codes is not None else (a_contribution(world, f"puente {number}").code,)
    made = services.create(round_, project_draft(**changes), origin, person_id=world.id_of(ANA), now=NOON)
    if is_public:
        services.publish(made, person_id=world.id_of(ANA), now=NOON)
    return again(made)


def again(project: Project) -> Project:
    found = queries.project_by_id(project.id)
    assert found is not None
    return found


def a_sheet(world: World, *, days: int = 5) -> EvaluationSheet:
    """Three criteria, published."""
    round_ = the_round(world)
    standing = queries.published_sheet(round_.id)
    if standing is not None:
        return standing
    services.sheets.save_sheet(round_, CRITERIA, days, version=0, person_id=world.id_of(ANA), now=NOON)
    return services.sheets.publish_sheet(round_, person_id=world.id_of(ANA), now=NOON)


def judged(conclusion: Conclusion = Conclusion.ADMISSIBLE, answer: AnswerDraft = REFUSED) -> EvaluationDraft:
    met = {c.key: (Finding.MET, "") for c in CRITERIA}
    opinion = "Cumple los tres criterios: la obra es de competencia municipal, el terreno está saneado y el costo es razonable."
    if conclusion is Conclusion.ADMISSIBLE:
        return EvaluationDraft(met, conclusion, opinion)
    return EvaluationDraft({**met, "land": (Finding.NOT_MET, "Está en la faja marginal del río.")}, conclusion, "", answer)


def an_evaluation(
    world: World, project: Project, draft: EvaluationDraft | None = None, *, by: CastMember = ANA, approved_by: CastMember | None = LUIS,
    is_published: bool = True, now: datetime = LATER,
) -> Evaluation:  # fmt: skip
    """Assigned, declared, written, sent; approved by `approved_by`; and published."""
    a_sheet(world)
    person = world.id_of(by)
    made = services.assign(project, person, due_on=None, person_id=world.id_of(LUIS), now=now)
    services.declare(made, has_conflict=False, note_="", person_id=person, now=now)
    problems = services.write_evaluation(made, draft or judged(), and_submit=True, revision=made.revision, person_id=person, now=now)
    assert not problems, problems
    if approved_by is not None:
        services.approve(made, revision=made.revision, person_id=world.id_of(approved_by), now=now)
        if is_published:
            services.publish_batch([made], person_id=world.id_of(approved_by), now=now)
    return made


def a_refused_project(world: World, **changes: Any) -> Project:
    """Public, evaluated, not admissible."""
    project = a_written_project(world, **changes)
    an_evaluation(world, project, judged(Conclusion.NOT_ADMISSIBLE))
    return again(project)


def an_admissible_project(world: World, **changes: Any) -> Project:
    project = a_written_project(world, **changes)
    an_evaluation(world, project)
    return again(project)
