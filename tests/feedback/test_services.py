"""Answers through their states: the rows that are written, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.audit.models import AuditEntry
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.feedback import queries, services
from app.feedback.models import Decision, DecisionSignature, OutcomeTally, PublicationBatch
from app.feedback.rules.outcomes import DecisionState, Outcome, Seat
from app.notifications.models import Notification
from app.plans import queries as plans_queries
from app.plans import services as plans
from app.plans.rules import PlanSeat, PlanState
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from tests.cast import ANA, FELIX, GLORIA, LUIS, SARA
from tests.feedback.answers import (
    ADOPTED,
    NOT_ADOPTED,
    PARTLY,
    QUESTION,
    WHY,
    WITHDRAWN,
    approve,
    correction,
    make_plan,
    process_of,
    publish,
    say,
    sign_both,
    write,
)  # fmt: skip
from tests.world import NOON, World


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> set[str]:
    return {str(p.code) for p in broken.value.problems}


def test_an_answer_is_drafted_reviewed_signed_and_published_with_everything_in_one_go(here: World) -> None:
    contribution, noise = say(here), say(here, "ruido", text="Otra cosa muy distinta del desagüe.")
    before = db.session.get(Process, here.process_id).public_revision
    decision = approve(here, contribution, ADOPTED)
    assert decision.state is DecisionState.APPROVED
    batch = publish(here, decision)
    db.session.commit()
    decision = queries.current_decision(contribution.id)
    assert (decision.state, decision.is_current, decision.version, decision.batch_id) == (DecisionState.PUBLISHED, True, 1, batch.id)
    assert (batch.n, batch.answers, decision.reply_until) == (1, 1, date(2027, 3, 30))
    assert db.session.get(Contribution, contribution.id).answered_at == NOON
    assert db.session.get(Contribution, noise.id).answered_at is None
    tally = {row.outcome: row.answers for row in db.session.scalars(select(OutcomeTally))}
    assert tally == {Outcome.ADOPTED: 1}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "feedback.publish")).one()
    assert decision.sha256 in entry.body and contribution.code in entry.body and "rosa" not in entry.body.lower()
    letter = db.session.scalars(select(Notification).where(Notification.kind == "feedback.answered")).one()
    assert letter.address == "rosa@example.pe" and letter.content["text"] == ADOPTED.text
    assert letter.content["link"] == f"http://localhost/aportes/{contribution.code}/respuesta"
    assert db.session.get(Process, here.process_id).public_revision > before
    coverage = queries.coverage(here.process_id)
    assert (coverage.received, coverage.answered, coverage.waiting) == (2, 1, 1)
    assert queries.waiting_codes(here.process_id) == [noise.code]


def test_a_draft_may_be_half_written_but_may_not_go_to_review(here: World) -> None:
    decision = write(here, say(here), replace(NOT_ADOPTED, text="", reference=""))
    with pytest.raises(RuleBroken) as broken:
        services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    assert codes(broken) == {"no-text", "no-reference"}
    assert decision.state is DecisionState.DRAFT


def test_saving_and_sending_at_once_keeps_the_text_when_something_stops_it(here: World) -> None:
    contribution = say(here)
    written = services.write(
        contribution, replace(NOT_ADOPTED, reference=""), and_submit=True, revision=0, person_id=here.id_of(ANA), now=NOON
    )
    assert not written.is_submitted and {str(p.code) for p in written.problems} == {"no-reference"}
    assert queries.open_decision(contribution.id).text == WHY


@pytest.mark.parametrize(
    ("change", "code"),
    [({"commitment": 99}, "answer-unknown-commitment"), ({"organisation": "nadie"}, "answer-unknown-organisation"),
     ({"merged_into": "PRB-C-9999"}, "answer-unknown-contribution"), ({"commitment": 2, "milestone": "1.1"}, "answer-unknown-milestone")],
)  # fmt: skip
def test_an_answer_cannot_point_to_nothing(here: World, change: dict[str, object], code: str) -> None:
    contribution = say(here)
    with pytest.raises(RuleBroken) as broken:
        write(here, contribution, replace(NOT_ADOPTED, **change))
    assert codes(broken) == {code} and queries.open_decision(contribution.id) is None


def test_the_writer_may_not_sign(here: World) -> None:
    decision = write(here, say(here))
    services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    with pytest.raises(RuleBroken) as broken:
        services.sign(decision, Seat.GOVERNMENT, decision.sha256, person_id=here.id_of(ANA), post="Gerente", now=NOON)
    assert codes(broken) == {"answer-writer-signs"}


def test_one_person_cannot_sign_for_both_sectors_nor_twice(here: World) -> None:
    decision = write(here, say(here))
    services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    gloria = here.id_of(GLORIA)
    assert services.sign(decision, Seat.GOVERNMENT, decision.sha256, person_id=gloria, post="Gerente", now=NOON) is False
    for seat, code in ((Seat.NON_GOVERNMENT, "answer-signed-other-seat"), (Seat.GOVERNMENT, "answer-already-signed")):
        with pytest.raises(RuleBroken) as broken:
            services.sign(decision, seat, decision.sha256, person_id=gloria, post="Gerente", now=NOON)
        assert codes(broken) == {code}
    assert decision.state is DecisionState.REVIEW


def test_a_signature_binds_to_the_text_that_was_read(here: World) -> None:
    contribution = say(here)
    decision = write(here, contribution)
    services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    seen = decision.sha256
    services.draft(
        contribution,
        replace(NOT_ADOPTED, change_needed="Otra cosa muy distinta."),
        revision=decision.revision,
        person_id=here.id_of(LUIS),
        now=NOON,
    )
    again = queries.open_decision(contribution.id)
    services.submit(again, person_id=here.id_of(LUIS), now=NOON)
    with pytest.raises(RuleBroken) as broken:
        services.sign(again, Seat.GOVERNMENT, seen, person_id=here.id_of(GLORIA), post="Gerente", now=NOON)
    assert codes(broken) == {"answer-text-changed"}


def test_any_edit_drops_the_signatures_and_returns_to_draft(here: World) -> None:
    contribution = say(here)
    decision = approve(here, contribution)
    services.draft(
        contribution, replace(NOT_ADOPTED, criterion="Demanda"), revision=decision.revision, person_id=here.id_of(LUIS), now=NOON
    )
    again = queries.open_decision(contribution.id)
    assert again.state is DecisionState.DRAFT
    assert db.session.scalar(select(func.count()).select_from(DecisionSignature)) == 0
    assert queries.writers_of([again.id])[again.id] == {here.id_of(ANA), here.id_of(LUIS)}


def test_saving_the_same_text_again_changes_nothing(here: World) -> None:
    contribution = say(here)
    decision = approve(here, contribution)
    services.draft(contribution, NOT_ADOPTED, revision=decision.revision, person_id=here.id_of(LUIS), now=NOON)
    assert queries.open_decision(contribution.id).state is DecisionState.APPROVED


def test_an_answer_sent_back_keeps_the_note_and_loses_its_signatures(here: World) -> None:
    contribution = say(here)
    decision = approve(here, contribution)
    with pytest.raises(RuleBroken):
        services.send_back(decision, "mal", person_id=here.id_of(GLORIA), now=NOON)
    services.send_back(decision, "Falta decir el artículo exacto.", person_id=here.id_of(GLORIA), now=NOON)
    assert (decision.state, decision.return_note) == (DecisionState.DRAFT, "Falta decir el artículo exacto.")
    assert db.session.scalar(select(func.count()).select_from(DecisionSignature)) == 0
    assert [row.code for row in queries.returned_to(here.id_of(ANA), [here.process_id])] == [contribution.code]
    assert queries.returned_to(here.id_of(LUIS), [here.process_id]) == []


def test_what_somebody_saved_meanwhile_is_not_overwritten(here: World) -> None:
    contribution = say(here)
    first = write(here, contribution)
    with pytest.raises(SomebodyWasFirst) as raised:
        services.draft(contribution, ADOPTED, revision=0, person_id=here.id_of(LUIS), now=NOON)
    assert raised.value.current.id == first.id
    services.draft(contribution, ADOPTED, revision=1, person_id=here.id_of(LUIS), now=NOON)
    with pytest.raises(SomebodyWasFirst):
        services.draft(contribution, NOT_ADOPTED, revision=1, person_id=here.id_of(ANA), now=NOON)


def test_a_correction_is_a_new_version_and_the_old_one_stays(here: World) -> None:
    contribution = say(here)
    publish(here, approve(here, contribution))
    first_answer = db.session.get(Contribution, contribution.id).answered_at
    with pytest.raises(RuleBroken) as broken:
        write(here, contribution, ADOPTED)
    assert codes(broken) == {"answer-no-correction-reason"}
    publish(here, approve(here, contribution, correction(ADOPTED)), now=NOON + timedelta(days=1))
    old, new = queries.history(contribution.id)
    assert (old.draft.outcome, old.decision.is_current, old.decision.state) == (Outcome.NOT_ADOPTED, False, DecisionState.PUBLISHED)
    assert (new.draft.outcome, new.decision.is_current, new.decision.version) == (Outcome.ADOPTED, True, 2)
    assert {s: len(v.signatures) for s, v in (("old", old), ("new", new))} == {"old": 2, "new": 2}
    assert queries.coverage(here.process_id).by_outcome == {Outcome.ADOPTED: 1}
    assert db.session.get(Contribution, contribution.id).answered_at == first_answer
    assert [b.n for b in queries.batches(here.process_id)] == [2, 1]


def test_a_question_is_not_a_final_answer_and_a_withdrawal_is_not_waited_for(here: World) -> None:
    asked, gone = say(here), say(here, "dos")
    publish(here, approve(here, asked, QUESTION), approve(here, gone, WITHDRAWN))
    coverage = queries.coverage(here.process_id)
    assert (coverage.received, coverage.withdrawn, coverage.answered, coverage.waiting) == (2, 1, 0, 1)
    assert queries.waiting_codes(here.process_id) == [asked.code]
    publish(here, approve(here, asked, correction(NOT_ADOPTED)))
    assert queries.coverage(here.process_id).waiting == 0


def test_a_batch_is_published_whole_or_not_at_all(here: World) -> None:
    good, bad = approve(here, say(here)), write(here, say(here, "dos"))
    bad_code = bad.contribution.code
    with pytest.raises(RuleBroken) as broken:
        publish(here, good, bad)
    assert codes(broken) == {"answer-not-approved", "answer-signatures-missing"}
    assert {p.values["code"] for p in broken.value.problems} == {bad_code}
    assert db.session.scalar(select(func.count()).select_from(PublicationBatch)) == 0
    with pytest.raises(RuleBroken):
        publish(here)


def test_publishing_checks_the_text_again(here: World) -> None:
    decision = approve(here, say(here))
    db.session.execute(update(Decision).where(Decision.id == decision.id).values(text=decision.text + " Llame al 987654321."))
    with pytest.raises(RuleBroken) as broken:
        publish(here, decision)
    assert codes(broken) == {"answer-text-changed", "has-phone"}


def test_the_publisher_releases_only_what_was_on_the_screen(here: World) -> None:
    decision = approve(here, say(here))
    with pytest.raises(RuleBroken) as broken:
        services.publish_batch(process_of(here), [decision], person_id=here.id_of(SARA), now=NOON, hashes={decision.id: "0" * 64})
    assert codes(broken) == {"answer-text-changed"}


def test_a_merged_contribution_follows_one_that_is_answered_or_in_the_same_batch(here: World) -> None:
    kept, merged = say(here), say(here, "dos")
    into = replace(NOT_ADOPTED, outcome=Outcome.MERGED, reason_code=None, merged_into=kept.code)
    decision = write(here, merged, into)
    with pytest.raises(RuleBroken) as broken:
        services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    assert codes(broken) == {"merge-target-unanswered"}
    publish(here, approve(here, kept))
    services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    sign_both(here, decision)
    publish(here, decision)
    back = write(here, kept, correction(replace(into, merged_into=merged.code)))
    with pytest.raises(RuleBroken) as broken:
        services.submit(back, person_id=here.id_of(ANA), now=NOON)
    assert codes(broken) == {"merge-cycle"}


def test_a_hidden_contribution_is_answered_and_one_not_moderated_is_not(here: World) -> None:
    hidden, held = say(here), say(here, "dos", publish=False)
    contributions.hide(hidden, now=NOON)
    publish(here, approve(here, queries.contribution_for_staff(hidden.code)))
    assert db.session.get(Contribution, hidden.id).answered_at is not None
    with pytest.raises(RuleBroken) as broken:
        services.submit(write(here, held), person_id=here.id_of(ANA), now=NOON)
    assert codes(broken) == {"not-moderated"}


def test_of_many_drafts_those_that_can_go_go_and_the_others_say_what_to_mend(here: World) -> None:
    good, bad, late = write(here, say(here)), write(here, say(here, "dos"), replace(NOT_ADOPTED, reference="")), write(here, say(here, "t"))
    services.submit(late, person_id=here.id_of(ANA), now=NOON)
    changed = write(here, say(here, "cuatro"))
    chosen = [(good.id, good.revision), (bad.id, bad.revision), (late.id, late.revision), (changed.id, changed.revision + 7)]
    names = [d.contribution.code for d in (good, bad, late, changed)]
    sent = services.submit_many(process_of(here), chosen, person_id=here.id_of(SARA), now=NOON)
    assert sent.codes == (names[0],)
    told = {code: [str(p.code) for p in found] for code, found in sent.problems.items()}
    assert told == {names[1]: ["no-reference"], names[2]: ["answer-not-a-draft"], names[3]: ["answer-text-changed"]}
    states = [queries.decision_by_id(d).state for d, _ in chosen]
    assert states == [DecisionState.REVIEW, DecisionState.DRAFT, DecisionState.REVIEW, DecisionState.DRAFT]
    assert queries.decision_by_id(good.id).revision == chosen[0][1] + 1


def test_answers_sent_together_may_merge_into_one_another_but_not_into_one_that_stays(here: World) -> None:
    target, child, orphan, broken = say(here), say(here, "dos"), say(here, "tres"), say(here, "cuatro")
    merged = replace(NOT_ADOPTED, outcome=Outcome.MERGED)
    wanted = {
        target: NOT_ADOPTED,
        child: replace(merged, merged_into=target.code),
        broken: replace(NOT_ADOPTED, text=""),
        orphan: replace(merged, merged_into=broken.code),
    }
    drafts = [write(here, contribution, draft) for contribution, draft in wanted.items()]
    codes_of = [c.code for c in (target, child, broken, orphan)]
    sent = services.submit_many(process_of(here), [(d.id, d.revision) for d in drafts], person_id=here.id_of(ANA), now=NOON)
    assert set(sent.codes) == set(codes_of[:2])
    assert [str(p.code) for p in sent.problems[codes_of[3]]] == ["merge-target-unanswered"]


def test_nothing_chosen_and_answers_of_elsewhere_send_nothing(here: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        services.submit_many(process_of(here), [(999_999, 1)], person_id=here.id_of(ANA), now=NOON)
    assert codes(broken) == {"answer-nothing-chosen"}


def test_signing_several_signs_all_or_none(here: World) -> None:
    decisions = [write(here, say(here, key)) for key in ("uno", "dos", "tres")]
    for decision in decisions[:2]:
        services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    pairs = [(d, d.sha256) for d in decisions]
    with pytest.raises(RuleBroken):
        services.sign_many(pairs, Seat.GOVERNMENT, person_id=here.id_of(GLORIA), post="Gerente", now=NOON)
    assert db.session.scalar(select(func.count()).select_from(DecisionSignature)) == 0
    services.sign_many(pairs[:2], Seat.GOVERNMENT, person_id=here.id_of(GLORIA), post="Gerente", now=NOON)
    assert services.sign_many(pairs[:2], Seat.NON_GOVERNMENT, person_id=here.id_of(FELIX), post="Red", now=NOON) == 2


def test_what_awaits_each_desk(here: World) -> None:
    returned, review, approved = write(here, say(here, "uno")), write(here, say(here, "dos")), approve(here, say(here, "tres"))
    say(here, "cuatro")
    for decision in (returned, review):
        services.submit(decision, person_id=here.id_of(ANA), now=NOON)
    services.send_back(returned, "Falta decir el artículo exacto.", person_id=here.id_of(GLORIA), now=NOON)
    services.sign(review, Seat.GOVERNMENT, review.sha256, person_id=here.id_of(GLORIA), post="Gerente", now=NOON)
    everyone = queries.desk_counts([here.process_id])[here.process_id]
    assert (everyone.unanswered, everyone.drafts, everyone.returned, everyone.to_publish) == (4, 0, 1, 1)
    assert everyone.to_sign == {Seat.GOVERNMENT: 0, Seat.NON_GOVERNMENT: 1}
    assert queries.desk_counts([here.process_id], here.id_of(LUIS))[here.process_id].returned == 0
    assert queries.desk_counts([here.process_id], here.id_of(ANA))[here.process_id].to_sign[Seat.NON_GOVERNMENT] == 0
    assert [r.code for r in queries.oldest_to_sign(Seat.NON_GOVERNMENT, [here.process_id])] == [review.contribution.code]
    assert [r.code for r in queries.oldest_to_publish([here.process_id])] == [approved.contribution.code]
    assert len(queries.oldest_unanswered([here.process_id])) == 4


def test_the_plan_is_not_approved_while_somebody_waits(here: World) -> None:
    waiting = say(here)
    plan = plans_queries.plan_of(here.process_id)
    signing = {"revision": plan.revision, "person_id": here.id_of(GLORIA), "now": NOON}
    with pytest.raises(RuleBroken) as broken:
        services.sign_plan(plan, PlanSeat.GOVERNMENT, override_reason="", **signing)
    (problem,) = broken.value.problems
    assert str(problem.code) == "plan-answers-waiting" and problem.values["codes"] == waiting.code
    with pytest.raises(RuleBroken) as broken:
        services.sign_plan(plan, PlanSeat.GOVERNMENT, override_reason="Porque sí.", **signing)
    assert codes(broken) == {"plan-override-short"}
    with pytest.raises(RuleBroken) as broken:
        services.sign_plan(
            plan, PlanSeat.GOVERNMENT, override_reason="Lo pidió rosa@gmail.com con su firma, y lo aceptamos todos.", **signing
        )
    assert codes(broken) == {"answer-personal-data-in-reason"}


def test_both_sectors_may_approve_all_the_same_and_each_reason_is_public(here: World) -> None:
    waiting = say(here)
    plan = plans_queries.plan_of(here.process_id)
    reason = "El plazo legal vence mañana y el aporte llegó por la ventanilla fuera de fecha, razón {}."
    for seat, member in ((PlanSeat.GOVERNMENT, GLORIA), (PlanSeat.NON_GOVERNMENT, FELIX)):
        services.sign_plan(plan, seat, revision=plan.revision, override_reason=reason.format(seat), person_id=here.id_of(member), now=NOON)
    assert (plan.state, plan.approved_with_override, plan.process.state) == (PlanState.APPROVED, True, ProcessState.APPROVED)
    body = db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "plans.override")).one()
    assert waiting.code in body and all(reason.format(seat) in body for seat in PlanSeat)


def test_an_answered_plan_is_approved_by_two_people(here: World) -> None:
    publish(here, approve(here, say(here), PARTLY))
    plan = plans_queries.plan_of(here.process_id)
    for seat, member in ((PlanSeat.GOVERNMENT, GLORIA), (PlanSeat.NON_GOVERNMENT, FELIX)):
        approved = services.sign_plan(plan, seat, revision=plan.revision, override_reason="", person_id=here.id_of(member), now=NOON)
    assert approved and process_of(here).approved_at == NOON


def test_a_commitment_that_an_answer_uses_is_not_removed(here: World) -> None:
    write(here, say(here), PARTLY)
    db.session.commit()
    plan = plans_queries.plan_of(here.process_id)
    with pytest.raises(RuleBroken) as broken:
        plans.remove_commitment(plans_queries.commitment_by_number(plan.id, 2), person_id=here.id_of(SARA), now=NOON)
    assert codes(broken) == {"commitment-in-use"}
    assert len(plans_queries.commitments(plan.id)) == 2
