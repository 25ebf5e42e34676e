"""What comes after approval: changes signed by both sectors, progress with its two readings, letters, the record of the delivery."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.evidence.models import Attachment
from app.evidence.services import FileUpload
from app.notifications.models import Notification
from app.plans import queries, services
from app.plans.cli import remind_of_progress
from app.plans.models import ProgressUpdate
from app.plans.rules.commitments import CommitmentState as S
from app.plans.rules.commitments import MilestoneDraft
from app.plans.rules.plan import PlanSeat
from app.plans.rules.progress import Completion, ReadingOf
from app.plans.rules.template import Section
from app.plans.rules.versions import VersionKind, difference, from_json
from app.processes.rules.states import ProcessState
from tests.cast import ANA, FELIX, GLORIA, LUIS, SARA
from tests.feedback.answers import process_of
from tests.plans.writing import approve, by, commitment_of, draft, plan_with, report
from tests.world import NOON, World

WHY = "La norma nueva movió el plazo al año siguiente."
SEATS = ((PlanSeat.GOVERNMENT, GLORIA), (PlanSeat.NON_GOVERNMENT, FELIX))


@pytest.fixture(autouse=True)
def plan(world: World, context: None) -> None:
    plan_with(world)
    approve(world)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(p.code) for p in broken.value.problems]


def agree(world: World, number: int = 1) -> bool:
    commitment = commitment_of(world, number)
    amendment = queries.open_amendment(commitment.id)
    assert amendment is not None
    amendment.commitment = commitment
    return [services.agree(amendment, seat, **by(world, member)) for seat, member in SEATS][-1]


def test_an_approved_commitment_changes_only_with_both_signatures_and_its_difference_is_published(world: World) -> None:
    milestone = queries.milestone_by_number(commitment_of(world).id, "1.1")
    assert milestone is not None
    late = MilestoneDraft("Primer informe", date(2028, 6, 30), "Gerencia")
    services.propose_milestone_change(commitment_of(world), milestone, late, WHY, **by(world, ANA))
    assert milestone.due_on == date(2027, 12, 1)
    assert agree(world) and milestone.due_on == date(2028, 6, 30)
    last, before = reversed(queries.versions(commitment_of(world).plan_id)[-2:])
    assert last.kind is VersionKind.MODIFIED and last.reason == WHY
    rows = difference(from_json(before.content), from_json(last.content))
    assert [(r.key, r.field, r.before, r.after) for r in rows] == [("1.1", "due_on", "2027-12-01", "2028-06-30")]
    step = queries.steps(commitment_of(world).id)[-1]
    assert (step.from_state, step.to_state, step.reason, step.version_n) == (S.ADOPTED, S.ADOPTED, WHY, last.n)
    body = json.loads(db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "plans.amend")).one())
    assert body["facts"]["reason"] == WHY


def test_a_section_of_an_approved_commitment_is_changed_the_same_way(world: World) -> None:
    commitment = commitment_of(world)
    values = queries.values_of(commitment) | {"title": "Obras vigiladas", "starts_on": date(2027, 2, 1)}
    services.propose_change(commitment, Section.GENERAL, values, WHY, **by(world, SARA))
    assert agree(world)
    assert (commitment_of(world).title, commitment_of(world).starts_on) == ("Obras vigiladas", date(2027, 2, 1))


def test_one_change_at_a_time_none_without_reason_and_taking_it_back_changes_nothing(world: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        services.propose_withdrawal(commitment_of(world), "No.", **by(world, SARA))
    assert codes(broken) == ["commitment-reason-short"]
    first = services.propose_withdrawal(commitment_of(world), WHY, **by(world, SARA))
    with pytest.raises(RuleBroken) as broken:
        services.propose_withdrawal(commitment_of(world), WHY, **by(world, ANA))
    assert codes(broken) == ["commitment-change-open"]
    services.take_back(first, **by(world, SARA))
    assert commitment_of(world).state is S.ADOPTED and queries.open_amendment(commitment_of(world).id) is None
    with pytest.raises(RuleBroken) as broken:
        services.take_back(first, **by(world, SARA))
    assert codes(broken) == ["commitment-change-settled"]


def test_a_withdrawn_commitment_keeps_its_text_and_its_public_reason(world: World) -> None:
    services.propose_withdrawal(commitment_of(world, 2), WHY, **by(world, SARA))
    assert agree(world, 2) and commitment_of(world, 2).state is S.WITHDRAWN
    text = from_json(queries.versions(commitment_of(world).plan_id)[-1].content)
    assert [c.is_withdrawn for c in text.commitments] == [False, True] and text.commitments[1].fields["title"]
    with pytest.raises(RuleBroken) as broken:
        report(world, number=2)
    assert codes(broken) == ["progress-not-in-force"]


def test_a_change_written_on_another_text_is_not_signed(world: World) -> None:
    services.propose_withdrawal(commitment_of(world, 2), WHY, **by(world, SARA))
    services.propose_withdrawal(commitment_of(world), WHY, **by(world, SARA))
    assert agree(world, 2)
    with pytest.raises(RuleBroken) as broken:
        agree(world)
    assert codes(broken) == ["commitment-change-stale"]


def test_the_first_progress_says_the_commitment_is_being_carried_out_and_stays_with_its_evidence(world: World) -> None:
    file = FileUpload("pizarras.csv", b"barrio;pizarra\nCentro;1\n")
    update = services.report(
        commitment_of(world), draft(evidence_url=""), ReadingOf.GOVERNMENT, seen_version=0, files=[file], **by(world, ANA)
    )
    assert commitment_of(world).state is S.IN_EXECUTION
    kept = db.session.scalars(select(Attachment).where(Attachment.subject_kind == "progress")).one()
    assert (kept.subject_id, kept.is_public) == (update.id, True)
    (row,) = queries.progress_of(world.process_id)
    assert (row.commitment, row.clause, row.period, row.percent) == (1, "1", "2027-1", 30)


def test_a_correction_is_another_version_with_its_reason_and_a_late_writer_is_told(world: World) -> None:
    report(world)
    with pytest.raises(RuleBroken) as broken:
        report(world, seen=1, percent=50)
    assert codes(broken) == ["progress-correction-reason"]
    report(world, seen=1, percent=50, correction_reason="El acta decía cincuenta por ciento.")
    with pytest.raises(SomebodyWasFirst) as first:
        report(world, seen=1, percent=60)
    assert first.value.current.percent == 50
    versions = db.session.scalars(select(ProgressUpdate).order_by(ProgressUpdate.version)).all()
    assert [(v.version, v.percent, v.is_current) for v in versions] == [(1, 30, False), (2, 50, True)]
    assert [row.percent for row in queries.progress_of(world.process_id)] == [50]


def test_both_sectors_read_the_same_semester_and_differing_shows(world: World) -> None:
    report(world, completion=Completion.SUBSTANTIAL, percent=70)
    report(world, ReadingOf.CIVIL_SOCIETY, completion=Completion.LIMITED, percent=None, next_step="")
    plan = queries.plan_of(world.process_id)
    assert plan is not None
    first, second = queries.tracker(plan, date(2027, 3, 20))
    (semester,) = first.semesters
    assert first.differ and semester.government and semester.civil
    assert (semester.government.completion, semester.civil.completion, semester.civil.percent) == (
        Completion.SUBSTANTIAL,
        Completion.LIMITED,
        None,
    )
    assert not second.differ and second.semesters == ()


def test_semesters_that_ended_without_a_reading_are_overdue_until_the_commitment_is_complete(world: World) -> None:
    plan = queries.plan_of(world.process_id)
    assert plan is not None
    report(world)
    assert [row.overdue for row in queries.tracker(plan, date(2027, 6, 30))] == [(), ()]
    assert [row.overdue for row in queries.tracker(plan, date(2028, 1, 1))] == [("2027-2",), ("2027-1", "2027-2")]
    later = datetime(2027, 9, 1, 15, tzinfo=UTC)
    report(world, period="2027-2", completion=Completion.COMPLETE, percent=100, now=later)
    assert queries.tracker(plan, date(2029, 6, 1))[0].overdue == ()


def test_milestones_done_are_those_last_read_as_complete(world: World) -> None:
    report(world, milestone="1.1")
    plan = queries.plan_of(world.process_id)
    assert plan is not None and queries.tracker(plan, date(2027, 4, 1))[0].done == 0
    later = datetime(2027, 8, 1, 15, tzinfo=UTC)
    report(world, milestone="1.1", period="2027-2", completion=Completion.COMPLETE, percent=100, now=later)
    assert queries.tracker(plan, date(2027, 8, 2))[0].done == 1


def test_the_secretariat_verifies_once_saying_what_it_checked(world: World) -> None:
    report(world)
    update = queries.update_by_clause(world.slug, 1, "1", "2027-1")
    assert update is not None
    assert queries.unverified([world.process_id])[world.process_id][0] == 1
    services.verify(update, "Se visitaron las tres pizarras el 18 de marzo.", **by(world, SARA))
    assert queries.unverified([world.process_id]) == {} and update.verified_at == NOON
    with pytest.raises(RuleBroken) as broken:
        services.verify(update, "Se visitaron las tres pizarras el 18 de marzo.", **by(world, SARA))
    assert codes(broken) == ["progress-already-verified"]


def letters() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Notification).where(Notification.kind == "plans.progress-due").order_by(Notification.id))
    return [(row.address, row.content["commitments"]) for row in rows]


def test_those_who_answer_for_a_commitment_are_reminded_thirty_and_seven_days_before(world: World) -> None:
    assert remind_of_progress(datetime(2027, 5, 30, 15, tzinfo=UTC)) == "" and letters() == []
    assert remind_of_progress(datetime(2027, 5, 31, 15, tzinfo=UTC)) == "Recordatorios de avance: 1."
    assert letters() == [(ANA.email, "1, 2")]
    assert remind_of_progress(datetime(2027, 6, 1, 15, tzinfo=UTC)) == "" and len(letters()) == 1
    report(world, now=datetime(2027, 6, 10, 15, tzinfo=UTC))
    remind_of_progress(datetime(2027, 6, 23, 15, tzinfo=UTC))
    assert letters() == [(ANA.email, "1, 2"), (ANA.email, "2")] and LUIS.email not in dict(letters())


def test_nobody_is_reminded_of_what_was_reported_or_of_a_plan_that_is_a_draft(world: World) -> None:
    for number in (1, 2):
        report(world, number=number)
    assert remind_of_progress(datetime(2027, 6, 25, 15, tzinfo=UTC)) == "" and letters() == []


def test_handing_the_plan_to_ogp_is_recorded_once_and_moves_the_process(world: World) -> None:
    plan = queries.plan_of(world.process_id)
    assert plan is not None
    services.record_submission(plan, date(2027, 3, 20), "Oficio 041-2027", "https://example.pe/oficio", **by(world, SARA))
    assert process_of(world).state is ProcessState.SUBMITTED and plan.submitted_at is not None
    facts = queries.plan_facts(world.process_id)
    assert facts is not None and facts.submitted_at == plan.submitted_at
    with pytest.raises(RuleBroken) as broken:
        services.record_submission(plan, date(2027, 3, 20), "Oficio 041-2027", "", **by(world, SARA))
    assert codes(broken) == ["plan-already-submitted"]
