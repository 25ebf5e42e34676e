"""Calls from notice to seats: everybody who applies gets a written answer; entities are made ready."""

import hashlib
from datetime import date, timedelta

import pytest

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.calls import queries, services
from app.calls.models import Call
from app.calls.rules.applying import ApplicationDraft, ApplicationProblem, ApplicationState, Outcome
from app.calls.rules.choosing import JuryProblem
from app.calls.rules.course import CallKind, CallProblem, CallState, Selection
from app.calls.rules.readiness import AssessmentDraft, Conclusion, InductionDraft, Question, ReadinessProblem, ownership_problems
from app.core.db import db
from app.core.errors import RuleBroken
from app.evidence import queries as files
from app.evidence.rules import FileUpload
from app.forum import queries as forums
from app.forum import services as forum_services
from app.forum.rules.participation import Quorum
from app.forum.rules.voting import Ballot
from app.notifications.models import Notification
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.spaces.models import Space
from tests.cast import FELIX, GLORIA, INES, ROSA, SARA, CastMember
from tests.factories.calls import (
    AFTER_CLAIMS,
    CLOSED,
    CRITERIA,
    OPEN,
    REASON,
    RESULTS,
    a_call,
    a_contest,
    an_application,
    call_draft,
    checked,
)
from tests.factories.forum import a_forum, a_table, rules_in_force
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("context")


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(problem.code) for problem in refused.value.problems]


def person(world: World, member: CastMember) -> Person:
    found = db.session.get(Person, world.id_of(member))
    assert found is not None
    return found


def works(world: World) -> Organisation:
    found = db.session.get(Organisation, world.organisations["gerencia-obras"])
    assert found is not None
    return found


def space(world: World) -> Space:
    found = db.session.get(Space, world.space_id)
    assert found is not None
    return found


def test_a_draft_is_nobodys_business_and_a_published_call_no_longer_changes(world: World) -> None:
    call = a_call(world, is_published=False)
    assert queries.public_call(call.slug) is None
    services.publish(call, person_id=world.id_of(SARA), now=NOON)
    assert queries.public_call(call.slug) is not None
    with pytest.raises(RuleBroken) as refused:
        services.save_call(space(world), call_draft(), call=call, person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [CallProblem.NOT_A_DRAFT]


def test_an_application_is_received_once_and_confirmed_by_letter(world: World) -> None:
    call = a_call(world)
    application = an_application(call, "Red Vecinal")
    assert application.code == f"REN-{call.id:02}-001"
    letter = db.session.query(Notification).filter_by(kind="calls.received").one()
    assert letter.address == "red@example.pe" and letter.content["token"] not in application.token_hash
    with pytest.raises(RuleBroken) as refused:
        an_application(call, "RED VECINAL ")
    assert codes(refused) == [ApplicationProblem.REPEATED]
    other = an_application(call, "Asociación Ñan")
    assert other.number == 2


def test_the_register_keeps_no_name_of_who_represents(world: World) -> None:
    an_application(a_call(world), "Red Vecinal")
    bodies = " ".join(entry.body for entry in db.session.query(AuditEntry))
    assert "Ada Poma" not in bodies and "red@example.pe" not in bodies and "REN-" in bodies


def test_a_document_sent_without_an_account_is_kept_for_the_team_only(world: World) -> None:
    call = a_call(world)
    motive = "Trabajamos hace diez años con juntas vecinales de toda la zona norte."
    draft = ApplicationDraft("Red Vecinal", Sector.CIVIL_SOCIETY, "Ada", "ada@example.pe", motive=motive)
    application, token = services.apply(
        call, draft, organisation=None, upload=FileUpload("acta.csv", b"fecha;acuerdo\r\n1;constituir\r\n"), submission_key="a" * 32,
        person_id=None, now=OPEN,
    )  # fmt: skip
    (file,) = files.attachments(queries.APPLICATION_SUBJECT, application.id, public_only=False)
    assert not file.is_public and file.scope.space_id == world.space_id
    again, nothing = services.apply(call, draft, organisation=None, upload=None, submission_key="a" * 32, person_id=None, now=OPEN)
    assert (again.id, nothing, bool(token)) == (application.id, "", True)


def test_the_lot_decides_and_everybody_is_answered(world: World) -> None:
    forum = a_forum(world)
    call = a_call(world)
    names = ["Red Vecinal", "Asociación Ñan", "Colectivo Plaza"]
    first, second, out = [an_application(call, name) for name in names]
    checked(world, first)
    checked(world, second)
    checked(world, out, is_eligible=False, reason="No alcanza los dos años de trabajo.")
    services.begin_evaluation(call, person_id=world.id_of(SARA), now=CLOSED)
    with pytest.raises(RuleBroken) as refused:
        services.publish_results(call, {}, person_id=world.id_of(SARA), now=RESULTS)
    assert codes(refused) == [CallProblem.NOT_SELECTED_YET]
    services.draw(call, "4512-0937", "Sorteo público leído ante dos asientos.", person_id=world.id_of(SARA), now=CLOSED)
    order = sorted([first, second], key=lambda a: hashlib.sha256(f"4512-0937|{a.code}".encode()).hexdigest())
    assert [a.place for a in order] == [1, 2]
    with pytest.raises(RuleBroken) as refused:
        services.draw(call, "otra-semilla", "Sorteo público leído ante dos asientos.", person_id=world.id_of(SARA), now=CLOSED)
    assert codes(refused) == [JuryProblem.ALREADY_DRAWN]
    results = {order[0].id: (Outcome.SELECTED, REASON), order[1].id: (Outcome.RESERVE, REASON)}
    services.publish_results(call, results, person_id=world.id_of(SARA), now=RESULTS)
    letters = {letter.content["outcome"] for letter in db.session.query(Notification).filter_by(kind="calls.decided")}
    assert letters == {"selected", "reserve", "ineligible"}
    seat = services.seat_chosen(order[0], 3, person_id=world.id_of(SARA), now=RESULTS)
    assert (seat.number, seat.sector, seat.space_id) == (3, Sector.CIVIL_SOCIETY, forum.space_id)
    with pytest.raises(RuleBroken):
        services.seat_chosen(order[1], 3, person_id=world.id_of(SARA), now=RESULTS)


def test_a_forum_vote_decides_and_its_places_are_the_result(world: World) -> None:
    forum = a_forum(world)
    a_table(world, forum)
    rules_in_force(world, forum, quorum=Quorum(1, 2, False, 1, 1))
    call = a_call(world, selection=Selection.VOTE)
    first, second = [checked(world, an_application(call, name)) for name in ("Red Vecinal", "Asociación Ñan")]
    services.begin_evaluation(call, person_id=world.id_of(SARA), now=CLOSED)
    services.put_to_vote(call, person_id=world.id_of(SARA), now=CLOSED)
    motion = forums.motion(call.motion_id or 0)
    assert motion is not None
    for member in (GLORIA, FELIX):
        forum_services.cast_vote(motion, Ballot(ranking=(2, 1)), person_id=world.id_of(member), now=CLOSED)
    forum_services.close_motion(motion, now=motion.closes_at)
    with pytest.raises(RuleBroken) as refused:
        services.publish_results(
            call, {first.id: (Outcome.SELECTED, REASON), second.id: (Outcome.RESERVE, REASON)}, person_id=world.id_of(SARA), now=RESULTS
        )
    assert codes(refused) == [CallProblem.CHOSEN_SKIPS]
    services.publish_results(
        call, {first.id: (Outcome.RESERVE, REASON), second.id: (Outcome.SELECTED, REASON)}, person_id=world.id_of(SARA), now=RESULTS
    )
    assert (second.place, first.place) == (1, 2)


def a_jury(world: World, call: Call) -> None:
    for member, office in ((GLORIA, "Asiento 1"), (FELIX, "Asiento 3"), (INES, "Facilitación")):
        services.name_juror(call, person(world, member), office, Sector.GOVERNMENT, person_id=world.id_of(SARA), now=OPEN)


def test_a_jury_of_three_scores_what_it_has_no_conflict_with(world: World) -> None:
    call = a_contest(world)
    changes = {"sector": Sector.GOVERNMENT, "reform": "Compras abiertas"}
    obras = an_application(call, "Gerencia de Obras", organisation=works(world), is_ongoing=True, **changes)
    ambiente = an_application(call, "Gerencia de Ambiente", **changes)
    a_jury(world, call)
    with pytest.raises(RuleBroken) as refused:
        services.declare(call, [], "", person_id=world.id_of(GLORIA), now=OPEN)
    assert codes(refused) == [JuryProblem.DECLARES_TOO_SOON], "more may still apply"
    for application in (obras, ambiente):
        checked(world, application)
    services.declare(call, [], "", person_id=world.id_of(GLORIA), now=CLOSED)
    services.declare(call, [], "", person_id=world.id_of(INES), now=CLOSED)
    with pytest.raises(RuleBroken) as refused:
        services.begin_evaluation(call, person_id=world.id_of(SARA), now=CLOSED)
    assert codes(refused) == [CallProblem.CONFLICTS_UNDECLARED]
    services.declare(call, [1], "Mi hermana trabaja en esa gerencia.", person_id=world.id_of(FELIX), now=CLOSED)
    services.begin_evaluation(call, person_id=world.id_of(SARA), now=CLOSED)
    first, second = queries.call_criteria(call.id)
    services.score(obras, {first.id: 4, second.id: 2}, person_id=world.id_of(GLORIA), now=CLOSED)
    services.score(obras, {first.id: 4, second.id: 4}, person_id=world.id_of(INES), now=CLOSED)
    with pytest.raises(RuleBroken) as refused:
        services.score(obras, {first.id: 0, second.id: 0}, person_id=world.id_of(FELIX), now=CLOSED)
    assert codes(refused) == [JuryProblem.CONFLICTED]
    services.score(ambiente, {first.id: 2, second.id: 2}, person_id=world.id_of(FELIX), now=CLOSED)
    assert (obras.points, obras.place, ambiente.points, ambiente.place) == (9_000, 1, 5_000, 2)
    with pytest.raises(RuleBroken) as refused:
        services.score(obras, {first.id: 4, second.id: 2}, person_id=world.id_of(ROSA), now=CLOSED)
    assert codes(refused) == [JuryProblem.NOT_JUROR]
    services.publish_results(
        call, {obras.id: (Outcome.SELECTED, REASON), ambiente.id: (Outcome.NOT_SELECTED, REASON)}, person_id=world.id_of(SARA), now=RESULTS
    )
    facts = queries.readiness(works(world).id, world.space_id)
    assert facts.has_contest_entry and facts.needs_assessment and not facts.has_assessment


def test_a_claim_is_answered_within_the_call_and_may_change_the_outcome(world: World) -> None:
    call = a_call(world)
    application = checked(world, an_application(call, "Red Vecinal"))
    other = checked(world, an_application(call, "Asociación Ñan"))
    services.begin_evaluation(call, person_id=world.id_of(SARA), now=CLOSED)
    services.draw(call, "4512-0937", "Sorteo público leído ante dos asientos.", person_id=world.id_of(SARA), now=CLOSED)
    places = {a.id: (Outcome.SELECTED if a.place == 1 else Outcome.RESERVE, REASON) for a in (application, other)}
    services.publish_results(call, places, person_id=world.id_of(SARA), now=RESULTS)
    claim = services.claim(application, "El código se escribió mal en el sorteo.", now=RESULTS)
    with pytest.raises(RuleBroken) as refused:
        services.claim(application, "Otra vez lo mismo, por favor.", now=RESULTS)
    assert codes(refused) == [ApplicationProblem.CLAIM_REPEATED]
    with pytest.raises(RuleBroken) as refused:
        services.finish(call, person_id=world.id_of(SARA), now=AFTER_CLAIMS)
    assert codes(refused) == [CallProblem.CLAIMS_UNANSWERED]
    before = application.outcome
    services.answer_claim(
        claim,
        "Tiene razón: se corrige el resultado publicado.",
        is_upheld=True,
        outcome=Outcome.NOT_SELECTED,
        person_id=world.id_of(SARA),
        now=RESULTS,
    )
    assert (claim.previous_outcome, application.outcome) == (before, Outcome.NOT_SELECTED)
    assert db.session.query(Notification).filter_by(kind="calls.claim-answered").count() == 1
    services.finish(call, person_id=world.id_of(SARA), now=AFTER_CLAIMS)
    assert call.state is CallState.FINISHED
    with pytest.raises(RuleBroken) as refused:
        services.claim(other, "Quisiera reclamar también yo.", now=AFTER_CLAIMS)
    assert codes(refused) == [CallProblem.CLAIMS_CLOSED]


def test_an_organisation_takes_its_application_back_until_there_are_results(world: World) -> None:
    call = a_call(world)
    application = an_application(call, "Red Vecinal")
    services.withdraw(application, now=OPEN)
    services.withdraw(application, now=OPEN)
    assert application.state is ApplicationState.WITHDRAWN
    assert db.session.query(AuditEntry).filter_by(action="calls.withdraw").count() == 1


def test_a_cancelled_call_says_why(world: World) -> None:
    call = a_call(world)
    with pytest.raises(RuleBroken) as refused:
        services.cancel(call, "No.", person_id=world.id_of(SARA), now=OPEN)
    assert codes(refused) == [CallProblem.REASON_MISSING]
    services.cancel(call, "El asiento no vence hasta el próximo año.", person_id=world.id_of(SARA), now=OPEN)
    assert call.state is CallState.CANCELLED


# --- readiness

ANSWERS = dict.fromkeys(Question, "Una respuesta con sustento y una fecha.")


def induct(world: World) -> None:
    draft = InductionDraft(date(2027, 3, 1), 6, 12, "Secretaría", "Valores", "Constancia 001")
    services.record_induction(space(world), works(world), draft, upload=None, person_id=world.id_of(SARA), now=NOON)


def assess(world: World, conclusion: Conclusion = Conclusion.SUSTAINABLE) -> None:
    draft = AssessmentDraft("Compras abiertas", ANSWERS, conclusion, "Tiene norma, presupuesto y equipo.")
    made = services.save_assessment(space(world), works(world), draft, assessment=None, person_id=world.id_of(SARA), now=NOON)
    services.sign_assessment(made, "Asiento 3 del foro", person_id=world.id_of(FELIX), now=NOON)


def problems(world: World) -> list[str]:
    return [str(p.code) for p in ownership_problems(queries.readiness(works(world).id, world.space_id))]


def test_where_the_forum_requires_it_induction_comes_before_a_commitment(world: World) -> None:
    assert problems(world) == [], "no forum asks for it"
    a_forum(world, requires_induction=True)
    assert problems(world) == [ReadinessProblem.NEEDS_INDUCTION]
    induct(world)
    assert problems(world) == []


def test_an_ongoing_reform_needs_a_signed_assessment(world: World) -> None:
    a_forum(world, requires_induction=True)
    induct(world)
    call = a_contest(world)
    an_application(call, "Gerencia de Obras", organisation=works(world), sector=Sector.GOVERNMENT, reform="Compras", is_ongoing=True)
    assert problems(world) == [ReadinessProblem.NEEDS_ASSESSMENT]
    assess(world)
    assert problems(world) == []
    assess(world, Conclusion.NOT_SUSTAINABLE)
    assert problems(world) == [ReadinessProblem.NOT_SUSTAINABLE]


def test_whoever_wrote_an_assessment_does_not_sign_it_and_a_signed_one_is_fixed(world: World) -> None:
    draft = AssessmentDraft("Compras abiertas", ANSWERS, Conclusion.SUSTAINABLE, "Tiene norma, presupuesto y equipo.")
    made = services.save_assessment(space(world), works(world), draft, assessment=None, person_id=world.id_of(FELIX), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.sign_assessment(made, "Asiento 3", person_id=world.id_of(FELIX), now=NOON)
    assert codes(refused) == [ReadinessProblem.WRITER_SIGNS]
    services.sign_assessment(made, "Asiento 1", person_id=world.id_of(GLORIA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.save_assessment(space(world), works(world), draft, assessment=made, person_id=world.id_of(FELIX), now=NOON)
    assert codes(refused) == [ReadinessProblem.SIGNED]


def test_only_entities_of_the_state_are_inducted(world: World) -> None:
    red = db.session.get(Organisation, world.organisations["red-vecinal"])
    assert red is not None
    with pytest.raises(RuleBroken) as refused:
        services.record_induction(
            space(world), red, InductionDraft(date(2027, 3, 1), 6, 12, "Secretaría", "", "Constancia"), upload=None,
            person_id=world.id_of(SARA), now=NOON,
        )  # fmt: skip
    assert codes(refused) == [ReadinessProblem.NOT_GOVERNMENT]


def test_contests_take_as_many_as_the_results_say(world: World) -> None:
    call = a_contest(world, criteria=CRITERIA)
    assert call.kind is CallKind.CONTEST
    assert call.closes_on - call.opens_on == timedelta(days=14)
