"""Whole commitments for tests: the template filled, an approved plan, a reading of a semester."""

from datetime import date, datetime
from typing import Any

from app.plans import queries, services
from app.plans.models import ActionPlan, Commitment, ProgressUpdate
from app.plans.rules.plan import PlanDraft, PlanSeat
from app.plans.rules.progress import Completion, ProgressDraft, ReadingOf
from app.plans.rules.template import Section
from tests.cast import ANA, FELIX, GLORIA, SARA
from tests.feedback.answers import make_plan
from tests.world import NOON, World

FULL: dict[Section, dict[str, Any]] = {
    Section.PROBLEM: {
        "problem": "Nadie sabe por qué paró la obra.", "affected": "4 200 vecinos de seis barrios.", "since": "Desde 2021.",
        "causes": "Los datos están en tres oficinas.", "baseline": "En 2026 se publicaron 0 fichas de 31 obras.",
    },
    Section.SOLUTION: {
        "done_so_far": "Un piloto en 2025.", "solution": "Una ficha pública por obra y visitas con acta, según directiva.",
        "expected_result": "Directiva aprobada y 31 fichas al día.", "contribution_to_problem": "El vecino sabrá a quién reclamar.",
    },
    Section.VALUES: {"transparency": "La ficha es pública.", "participation": "", "accountability": ""},
}  # fmt: skip
TEXT = "Se instalaron tres de las cuatro pizarras y el rol sale cada lunes."


def by(world: World, member: Any, now: datetime = NOON) -> dict[str, Any]:
    return {"person_id": world.id_of(member), "now": now}


def commitment_of(world: World, number: int = 1) -> Commitment:
    found = queries.commitment_by_slug(world.slug, number)
    assert found is not None
    return found


def fill(world: World, number: int = 1) -> Commitment:
    """Commitment `number` with every needed field of its template."""
    for section, values in FULL.items():
        commitment = commitment_of(world, number)
        services.save_section(commitment, section, values, revision=commitment.revision, **by(world, SARA))
    return commitment_of(world, number)


def plan_with(world: World, *, starts_on: date = date(2027, 1, 1), ends_on: date = date(2028, 12, 31)) -> ActionPlan:
    plan = make_plan(world)
    services.edit_plan(plan, PlanDraft(plan.title, "Dos compromisos.", starts_on, ends_on), **by(world, SARA))
    found = queries.plan_of(world.process_id)
    assert found is not None
    return found


def approve(world: World, now: datetime = NOON) -> ActionPlan:
    """A plan in force, signed by both sectors."""
    plan = queries.plan_of(world.process_id) or plan_with(world)
    for seat, member in ((PlanSeat.GOVERNMENT, GLORIA), (PlanSeat.NON_GOVERNMENT, FELIX)):
        services.sign(plan, seat, revision=plan.revision, person_id=world.id_of(member), now=now)
    return plan


def draft(**changes: Any) -> ProgressDraft:
    given: dict[str, Any] = {
        "period": "2027-1", "completion": Completion.LIMITED, "text": TEXT, "percent": 30, "next_step": "La cuarta pizarra.",
        "evidence_url": "https://example.pe/acta",
    } | changes  # fmt: skip
    return ProgressDraft(**given)


def report(
    world: World, reading_of: ReadingOf = ReadingOf.GOVERNMENT, *, number: int = 1, seen: int = 0, now: datetime = NOON, **changes: Any
) -> ProgressUpdate:
    member = ANA if reading_of is ReadingOf.GOVERNMENT else FELIX
    return services.report(commitment_of(world, number), draft(**changes), reading_of, seen_version=seen, **by(world, member, now))
