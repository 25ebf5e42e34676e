"""Answers for tests: a contribution by Rosa, a plan with two commitments, and an answer taken through its states."""

from dataclasses import replace
from datetime import date, datetime

from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent
from app.core.db import db
from app.feedback import queries, services
from app.feedback.models import Decision, PublicationBatch
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Reason, Seat
from app.plans import services as plans
from app.plans.models import ActionPlan
from app.plans.rules import CommitmentDraft, MilestoneDraft
from app.processes import queries as processes
from app.processes.models import Process
from tests.cast import ANA, FELIX, GLORIA, SARA
from tests.world import NOON, World

WHY = (
    "Su pedido de monitores en el desagüe no entra en este plan porque la obra la supervisa el distrito. "
    "El 3 de marzo enviamos su pedido a esa municipalidad con el oficio 118-2027."
)
NOT_ADOPTED = DecisionDraft(
    outcome=Outcome.NOT_ADOPTED,
    reason_code=Reason.R02,
    text=WHY,
    criterion="Competencia",
    reference="Ley 27972, art. 79",
    change_needed="Que el distrito firme un convenio para vigilar juntos la obra.",
    organisation="gerencia-obras",
)
ADOPTED = DecisionDraft(
    outcome=Outcome.ADOPTED,
    text="Los monitores del desagüe entran en el plan porque hubo tres pedidos iguales en los talleres.",
    what_changed="Antes nadie veía el expediente; ahora estará en la obra.",
    commitment=1,
    milestone="1.1",
    organisation="gerencia-obras",
)
PARTLY = DecisionDraft(
    outcome=Outcome.ADOPTED_PARTIALLY,
    reason_code=Reason.R04,
    text=WHY,
    adopted_part="Los monitores.",
    rejected_part="El pago a los monitores.",
    commitment=2,
    organisation="gerencia-obras",
)
QUESTION = DecisionDraft(
    outcome=Outcome.NEEDS_CLARIFICATION,
    text=WHY,
    question="¿En qué tramo del desagüe?",
    clarify_by=date(2027, 4, 10),
    fallback=Outcome.NOT_ADOPTED,
    organisation="gerencia-obras",
)
WITHDRAWN = DecisionDraft(outcome=Outcome.WITHDRAWN, text=WHY, request_record="Correo del 10 de marzo", organisation="gerencia-obras")


def process_of(world: World) -> Process:
    process = processes.process_by_slug(world.slug)
    assert process is not None
    return process


def say(
    world: World,
    key: str = "uno",
    *,
    text: str = "Que haya monitores del desagüe elegidos por la comunidad de Ccorca.",
    publish: bool = True,
    email: str = "rosa@example.pe",
    speaker: str = "Rosa Quispe Huamán",
    now: datetime = NOON,
) -> Contribution:
    """A contribution by Rosa, with initials."""
    receipt = contributions.receive(
        ContributionDraft(
            text=text, title="Monitores del desagüe", speaker=speaker, email=email, theme_slug="agua", consent=NameConsent.INITIALS
        ),
        process_of(world),
        submission_key=f"clave-de-prueba-{key}",
        received_at=now,
        now=now,
        publish=publish,
    )
    db.session.flush()
    found = queries.contribution_for_staff(receipt.contribution.code)
    assert found is not None
    return found


def make_plan(world: World) -> ActionPlan:
    sara = world.id_of(SARA)
    plan = plans.open_plan(process_of(world), "Plan de prueba", person_id=sara, now=NOON)
    for title in ("Obras que el vecino puede vigilar", "Agua con datos abiertos"):
        commitment = plans.add_commitment(
            plan,
            CommitmentDraft(title, "Se publicará el expediente de cada obra y habrá monitores elegidos.", "gerencia-obras", "agua"),
            person_id=sara,
            now=NOON,
        )
        commitment.plan = plan
        plans.add_milestone(commitment, MilestoneDraft("Primer informe", date(2027, 12, 1), "Gerencia"), person_id=sara, now=NOON)
    return plan


def write(world: World, contribution: Contribution, draft: DecisionDraft = NOT_ADOPTED, *, revision: int = 0) -> Decision:
    return services.draft(contribution, draft, revision=revision, person_id=world.id_of(ANA), now=NOON)


def sign_both(world: World, decision: Decision) -> None:
    for seat, member in ((Seat.GOVERNMENT, GLORIA), (Seat.NON_GOVERNMENT, FELIX)):
        services.sign(decision, seat, decision.sha256, person_id=world.id_of(member), post=f"Cargo {seat}", now=NOON)


def approve(world: World, contribution: Contribution, draft: DecisionDraft = NOT_ADOPTED) -> Decision:
    decision = write(world, contribution, draft)
    services.submit(decision, person_id=world.id_of(ANA), now=NOON)
    sign_both(world, decision)
    return decision


def publish(world: World, *decisions: Decision, now: datetime = NOON) -> PublicationBatch:
    return services.publish_batch(process_of(world), decisions, person_id=world.id_of(SARA), now=now)


def correction(draft: DecisionDraft, reason: str = "Faltaba la norma exacta.") -> DecisionDraft:
    return replace(draft, correction_reason=reason)
