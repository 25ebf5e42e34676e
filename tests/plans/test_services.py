"""The plan through its states: what is written, what is refused, and where the process stands afterwards."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.plans import queries, services
from app.plans.models import ActionPlan
from app.plans.rules import CommitmentDraft, MilestoneDraft, PlanSeat, PlanState
from app.plans.rules.template import Section
from app.processes.models import Process
from app.processes.rules.states import ProcessState as S
from tests.cast import FELIX, GLORIA, SARA
from tests.feedback.answers import make_plan, process_of
from tests.world import NOON, World

LONG = "Se publicará el expediente de cada obra y habrá monitores elegidos."
REASON = "El plazo de ley vence mañana y los dos sectores lo aceptan a la vista de todos."
PASSED = {
    S.SCHEDULED: [S.RUNNING, S.INPUTS_CLOSED, S.FEEDBACK, S.APPROVED],
    S.RUNNING: [S.INPUTS_CLOSED, S.FEEDBACK, S.APPROVED],
    S.INPUTS_CLOSED: [S.FEEDBACK, S.APPROVED],
    S.DELIBERATION: [S.FEEDBACK, S.APPROVED],
    S.FEEDBACK: [S.APPROVED],
    S.ANSWERED: [S.APPROVED],
    S.PLAN_DRAFTED: [S.APPROVED],
    S.PUBLIC_VALIDATION: [S.APPROVED],
}


@pytest.fixture
def plan(world: World, context: None) -> ActionPlan:
    make_plan(world)
    found = queries.plan_of(world.process_id)
    assert found is not None
    return found


def stand(plan: ActionPlan, state: S, *, is_started: bool = True) -> None:
    process = db.session.get(Process, plan.process_id)
    assert process is not None
    process.state, process.start_at = state, NOON if is_started else None
    db.session.flush()


def sign(world: World, plan: ActionPlan, *, waiting: tuple[str, ...] = ()) -> bool:
    for seat, member in ((PlanSeat.GOVERNMENT, GLORIA), (PlanSeat.NON_GOVERNMENT, FELIX)):
        approved = services.sign(
            plan, seat, revision=plan.revision, waiting_codes=waiting, override_reason=REASON if waiting else "",
            person_id=world.id_of(member), now=NOON,
        )  # fmt: skip
    return approved


def steps() -> list[str]:
    bodies = db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "processes.advance").order_by(AuditEntry.seq))
    return [json.loads(body)["facts"]["to"] for body in bodies]


@pytest.mark.parametrize("state", PASSED, ids=str)
def test_approving_takes_the_process_through_every_state_before_it_each_recorded(world: World, plan: ActionPlan, state: S) -> None:
    stand(plan, state)
    assert sign(world, plan)
    process = process_of(world)
    assert (plan.state, process.state, process.approved_at) == (PlanState.APPROVED, S.APPROVED, NOON)
    assert steps() == PASSED[state]


@pytest.mark.parametrize("state", [S.SUSPENDED, S.CANCELLED, S.CLOSED], ids=str)
def test_the_plan_of_a_process_that_stopped_is_not_approved(world: World, plan: ActionPlan, state: S) -> None:
    stand(plan, state)
    with pytest.raises(RuleBroken) as broken:
        sign(world, plan)
    assert [str(p.code) for p in broken.value.problems] == ["plan-process-stopped"]
    assert not queries.signatures(plan.id, plan.revision)


def test_a_process_that_never_started_does_not_reach_its_plan(world: World, plan: ActionPlan) -> None:
    stand(plan, S.SCHEDULED, is_started=False)
    with pytest.raises(RuleBroken) as broken:
        sign(world, plan)
    assert [str(p.code) for p in broken.value.problems] == ["start-not-recorded"]


def test_with_somebody_waiting_both_reasons_are_the_override(world: World, plan: ActionPlan) -> None:
    stand(plan, S.FEEDBACK)
    assert sign(world, plan, waiting=("PRB-C-0001",))
    assert plan.approved_with_override and process_of(world).state is S.APPROVED
    body = db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "plans.override")).one()
    assert "PRB-C-0001" in body and REASON in body


def test_a_change_drops_the_signatures_and_an_approved_plan_is_closed(world: World, plan: ActionPlan) -> None:
    by = {"person_id": world.id_of(SARA), "now": NOON}
    old = plan.revision
    services.sign(plan, PlanSeat.GOVERNMENT, revision=old, person_id=world.id_of(GLORIA), now=NOON)
    commitment = queries.commitment_by_number(plan.id, 1)
    milestone = queries.milestone_by_number(commitment.id, "1.1")
    services.edit_milestone(commitment, milestone, MilestoneDraft("Segundo informe", date(2028, 1, 15), "Archivo"), **by)
    assert (milestone.number, milestone.title, milestone.due_on, milestone.responsible) == (
        "1.1", "Segundo informe", date(2028, 1, 15), "Archivo",
    )  # fmt: skip
    assert plan.revision == old + 1 and queries.signatures(plan.id, plan.revision) == {}
    with pytest.raises(RuleBroken) as broken:
        services.sign(plan, PlanSeat.NON_GOVERNMENT, revision=old, person_id=world.id_of(FELIX), now=NOON)
    assert "plan-changed-meanwhile" in {str(p.code) for p in broken.value.problems}
    sign(world, plan)
    for act in (
        lambda: services.save_section(commitment, Section.PROBLEM, {"problem": "Otro."}, revision=commitment.revision, **by),
        lambda: services.edit_milestone(commitment, milestone, MilestoneDraft("Otro", date(2028, 1, 1)), **by),
        lambda: services.add_milestone(commitment, MilestoneDraft("Otro", date(2028, 1, 1)), **by),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert {str(p.code) for p in broken.value.problems} == {"plan-approved"}


def test_numbers_are_not_used_twice(world: World, plan: ActionPlan) -> None:
    by = {"person_id": world.id_of(SARA), "now": NOON}
    draft = CommitmentDraft("Otro", LONG, "gerencia-obras")
    assert services.add_commitment(plan, draft, **by).number == 3
    services.remove_commitment(queries.commitment_by_number(plan.id, 3), **by)
    assert services.add_commitment(plan, draft, **by).number == 4
    with pytest.raises(RuleBroken) as broken:
        services.open_plan(process_of(world), "Otro plan", **by)
    assert {str(p.code) for p in broken.value.problems} == {"plan-already-open"}
