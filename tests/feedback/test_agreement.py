"""Objections stop exactly a text, dissents are public beside it, votes of a workshop close in answers."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.feedback import queries, services
from app.feedback.models import Decision, DissentNote, Objection
from app.feedback.rules.agreement import is_objected
from app.feedback.rules.outcomes import DecisionState, Seat
from app.processes.models import Process
from tests.cast import ANA, FELIX, GLORIA, INES, SARA, CastMember
from tests.factories import activities
from tests.feedback.answers import NOT_ADOPTED, approve, process_of, publish, say, sign_both, write
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("context")
REASON = "La obra sí es de la provincia: falta citar el convenio de 2025."
DISSENT = "Los vecinos de Ccorca pidieron monitores tres veces en los talleres, y la ley permite que la provincia los acredite."


def refused(act: object) -> set[str]:
    with pytest.raises(RuleBroken) as broken:
        act()  # type: ignore[operator]
    return {str(p.code) for p in broken.value.problems}


def submitted(world: World, key: str = "uno") -> Decision:
    decision = write(world, say(world, key))
    services.submit(decision, person_id=world.id_of(ANA), now=NOON)
    return decision


def objects(world: World, decision: Decision, member: CastMember = FELIX, sha256: str = "", reason: str = REASON) -> list[Objection]:
    seat = Seat.NON_GOVERNMENT if member is FELIX else Seat.GOVERNMENT
    return services.object_to(
        decision, seat, sha256 or decision.sha256, reason, person_id=world.id_of(member), post=f"Cargo {seat}", now=NOON
    )


def dissents(world: World, decision: Decision, member: CastMember = FELIX, sha256: str = "", text: str = DISSENT) -> list[DissentNote]:
    seat = Seat.NON_GOVERNMENT if member is FELIX else Seat.GOVERNMENT
    return services.dissent(decision, seat, sha256 or decision.sha256, text, person_id=world.id_of(member), post=f"Cargo {seat}", now=NOON)


def acts(action: str) -> int:
    return len(list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action))))


def test_a_text_with_both_signatures_and_an_objection_is_not_approved(world: World) -> None:
    decision = submitted(world)
    objects(world, decision)
    services.sign(decision, Seat.GOVERNMENT, decision.sha256, person_id=world.id_of(GLORIA), post="Cargo", now=NOON)
    approved = services.sign(decision, Seat.NON_GOVERNMENT, decision.sha256, person_id=world.id_of(FELIX), post="Cargo", now=NOON)
    assert not approved
    assert queries.decision_by_id(decision.id).state is DecisionState.REVIEW


def test_an_objection_sends_an_approved_answer_back_to_review_with_its_signatures(world: World) -> None:
    decision = approve(world, say(world))
    objects(world, decision)
    standing = queries.decision_by_id(decision.id)
    assert standing.state is DecisionState.REVIEW
    assert len(queries.signatures_of([decision.id])[decision.id]) == 2
    assert "answer-not-approved" in refused(lambda: publish(world, standing))


def test_when_the_objection_is_withdrawn_a_signed_text_is_approved_again(world: World) -> None:
    decision = approve(world, say(world))
    (objection,) = objects(world, decision)
    assert refused(lambda: services.withdraw_objection(objection, person_id=world.id_of(GLORIA), now=NOON)) == {"agreement-not-yours"}
    services.withdraw_objection(objection, person_id=world.id_of(FELIX), now=NOON)
    assert queries.decision_by_id(decision.id).state is DecisionState.APPROVED
    assert publish(world, queries.decision_by_id(decision.id)).answers == 1
    assert refused(lambda: services.withdraw_objection(objection, person_id=world.id_of(FELIX), now=NOON)) == {
        "agreement-already-withdrawn"
    }


def test_a_second_objection_keeps_it_stopped(world: World) -> None:
    decision = approve(world, say(world))
    (first,) = objects(world, decision)
    objects(world, decision, GLORIA)
    services.withdraw_objection(first, person_id=world.id_of(FELIX), now=NOON)
    assert queries.decision_by_id(decision.id).state is DecisionState.REVIEW


def test_an_objection_falls_when_the_text_changes(world: World) -> None:
    contribution = say(world)
    decision = submitted_of = write(world, contribution)
    services.submit(decision, person_id=world.id_of(ANA), now=NOON)
    objects(world, decision)
    changed = services.draft(
        contribution, replace(NOT_ADOPTED, criterion="Demanda"), revision=submitted_of.revision, person_id=world.id_of(ANA), now=NOON
    )
    services.submit(changed, person_id=world.id_of(ANA), now=NOON)
    sign_both(world, changed)
    assert queries.decision_by_id(changed.id).state is DecisionState.APPROVED
    standing = queries.standing_objections([changed.id])[changed.id]
    assert not is_objected(changed.sha256, standing)


@pytest.mark.parametrize(
    ("sha256", "reason", "expected"),
    [("0" * 64, REASON, {"agreement-text-changed"}), ("", "Corto.", {"objection-reason-short"})],
)
def test_an_objection_is_to_the_text_that_was_read_and_says_why(world: World, sha256: str, reason: str, expected: set[str]) -> None:
    decision = submitted(world)
    assert refused(lambda: objects(world, decision, sha256=sha256, reason=reason)) == expected


def test_nobody_objects_twice_nor_to_a_draft_nor_to_what_is_public(world: World) -> None:
    draft = write(world, say(world, "borrador"))
    assert refused(lambda: objects(world, draft)) == {"objection-not-open"}
    decision = submitted(world)
    objects(world, decision)
    assert refused(lambda: objects(world, decision)) == {"agreement-already-said"}
    public = approve(world, say(world, "publica"))
    publish(world, public)
    assert refused(lambda: objects(world, queries.decision_by_id(public.id))) == {"objection-not-open"}


def test_publishing_is_refused_while_an_objection_stands(world: World) -> None:
    """Even if a row says approved: the rule is asked again at the moment of publishing."""
    decision = approve(world, say(world))
    objects(world, decision)
    decision.state = DecisionState.APPROVED
    db.session.flush()
    assert refused(lambda: publish(world, decision)) == {"answer-objected"}


def test_a_dissent_is_public_beside_the_answer_and_enters_the_register(world: World) -> None:
    decision = approve(world, say(world))
    dissents(world, decision)
    publish(world, decision)
    db.session.expire_all()
    revision = db.session.get(Process, world.process_id).public_revision
    (note,) = queries.dissents_of([decision.id])[decision.id]
    assert (note.text, note.post) == (DISSENT, "Cargo non-government")
    assert acts("feedback.dissent") == 1
    dissents(world, queries.decision_by_id(decision.id), GLORIA)
    db.session.expire_all()
    assert db.session.get(Process, world.process_id).public_revision == revision + 1


def test_a_dissent_stops_nothing(world: World) -> None:
    decision = submitted(world)
    dissents(world, decision)
    sign_both(world, decision)
    assert publish(world, queries.decision_by_id(decision.id)).answers == 1


def test_a_dissent_about_a_text_that_changed_is_not_shown_beside_another(world: World) -> None:
    contribution = say(world)
    decision = write(world, contribution)
    services.submit(decision, person_id=world.id_of(ANA), now=NOON)
    dissents(world, decision)
    services.draft(
        contribution, replace(NOT_ADOPTED, criterion="Demanda"), revision=decision.revision, person_id=world.id_of(ANA), now=NOON
    )
    assert queries.dissents_of([decision.id]) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("No estoy de acuerdo.", {"dissent-short"}), (f"{DISSENT} Llamen al 984 123 456.", {"agreement-personal-data"}),
     (f"{DISSENT} Escriban a rosa@gmail.com.", {"agreement-personal-data"})],
)  # fmt: skip
def test_a_dissent_gives_reasons_and_no_personal_data(world: World, text: str, expected: set[str]) -> None:
    decision = submitted(world)
    assert refused(lambda: dissents(world, decision, text=text)) == expected


def test_a_dissent_is_withdrawn_by_its_author_and_leaves_its_place_with_the_reason(world: World) -> None:
    contribution = say(world)
    decision = approve(world, contribution)
    (made,) = dissents(world, decision)
    note = queries.dissent_note(contribution.code, made.id)
    assert refused(lambda: services.withdraw_dissent(note, "Me convencieron.", person_id=world.id_of(GLORIA), now=NOON)) == {
        "agreement-not-yours"
    }
    assert refused(lambda: services.withdraw_dissent(note, "No.", person_id=world.id_of(FELIX), now=NOON)) == {"dissent-withdrawal-short"}
    services.withdraw_dissent(note, "El convenio que faltaba ya se firmó.", person_id=world.id_of(FELIX), now=NOON)
    (shown,) = queries.dissents_of([decision.id])[decision.id]
    assert (shown.withdrawn_at, shown.withdrawal_reason) == (NOON, "El convenio que faltaba ya se firmó.")
    assert acts("feedback.withdraw-dissent") == 1
    dissents(world, decision)
    assert len(queries.dissents_of([decision.id])[decision.id]) == 2


def test_the_checks_know_that_a_dissent_stands(world: World) -> None:
    contribution = say(world)
    decision = submitted_of(world, contribution)
    dissents(world, decision)
    facts = queries.facts_for(process_of(world), [contribution], {contribution.id: NOT_ADOPTED}, today=NOON.date())
    assert facts[contribution.id].dissents == 1


def submitted_of(world: World, contribution) -> Decision:
    decision = write(world, contribution)
    services.submit(decision, person_id=world.id_of(ANA), now=NOON)
    return decision


def test_the_votes_of_a_workshop_are_recorded_replaced_and_checked(world: World) -> None:
    activity = activities.opened(world)
    contributions = [say(world, f"voto-{n}") for n in range(3)]
    for contribution in contributions[:2]:
        contribution.activity_id = activity.id
    db.session.flush()
    ines = world.id_of(INES)
    first, second, outside = (c.code for c in contributions)
    assert services.record_votes(activity, {first: 12, second: 31}, person_id=ines, now=NOON) == 2
    assert [(row.code, row.votes) for row in queries.votes_in(activity.id)] == [(second, 31), (first, 12)]
    assert services.record_votes(activity, {first: 0, second: 30}, person_id=ines, now=NOON) == 1
    assert queries.voted_in(world.process_id) == [(second, False)]
    assert refused(lambda: services.record_votes(activity, {outside: 3}, person_id=ines, now=NOON)) == {"priority-not-of-a-workshop"}
    assert refused(lambda: services.record_votes(activity, {first: None}, person_id=ines, now=NOON)) == {"priority-votes-not-a-number"}
    publish(world, approve(world, contributions[1]))
    assert queries.voted_in(world.process_id) == [(second, True)]


def test_only_who_sat_for_the_sector_is_asked_for_a_post(world: World) -> None:
    decision = submitted(world)
    blank = lambda: services.object_to(  # noqa: E731
        decision, Seat.GOVERNMENT, decision.sha256, REASON, person_id=world.id_of(GLORIA), post=" ", now=NOON
    )
    assert refused(blank) == {"agreement-no-post"}
    assert world.id_of(SARA)
