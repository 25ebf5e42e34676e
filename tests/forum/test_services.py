"""Seats, rules, meetings and minutes: what is written, what is told, what the register keeps."""

from datetime import date, timedelta

import pytest

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.evidence.rules import FileUpload
from app.forum import queries, services
from app.forum.models import MinutesApproval, RulesVersion, Seat
from app.forum.rules.meetings import AgreementDraft, AgreementState, MeetingDraft, MeetingKind, MeetingMode, MeetingProblem, MeetingState
from app.forum.rules.participation import Quorum, RulesDraft, RulesProblem, RulesState
from app.forum.rules.seats import SeatDraft, SeatProblem, Side, Sitter
from app.notifications.models import Notification
from app.organisations.rules import Sector
from app.spaces import queries as spaces
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from tests.cast import FELIX, GLORIA, ROSA, SARA
from tests.factories.forum import BEGUN, MINUTES, RULES, a_forum, a_meeting, a_seat, a_table, hold, publish_minutes, rules_in_force
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("context")
TODAY = date(2027, 3, 20)


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(problem.code) for problem in refused.value.problems]


def actions() -> list[str]:
    return [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.seq)]


def roles_of(email: str, day: date) -> set[str]:
    person = db.session.query(Person).filter_by(email=email).one()
    return {held.role for held in spaces.actor_for(person, day).roles}


# --- seats


def test_a_seat_gives_its_holder_the_role_of_its_side_until_the_term_ends(world: World) -> None:
    forum = a_forum(world)
    seat = a_seat(world, forum, 1, Sector.CIVIL_SOCIETY, Sitter(ROSA.name, ROSA.email), ends_on=date(2027, 12, 31))
    assert seat.holder_id == world.id_of(ROSA)
    assert roles_of(ROSA.email, TODAY) == {Role.FORUM_CIVIL}
    assert roles_of(ROSA.email, date(2027, 12, 31)) == {Role.FORUM_CIVIL}
    assert roles_of(ROSA.email, date(2028, 1, 1)) == set()


def test_a_role_held_already_is_not_taken_away_with_the_seat(world: World) -> None:
    forum = a_forum(world)
    seat = a_seat(world, forum, 1, Sector.GOVERNMENT, Sitter(GLORIA.name, GLORIA.email))
    assert (seat.holder_id, seat.holder_role_id) == (world.id_of(GLORIA), None)
    services.end_term(seat, TODAY - timedelta(days=1), "Renunció por carta.", person_id=world.id_of(SARA), now=NOON)
    assert roles_of(GLORIA.email, TODAY) == {Role.FORUM_GOVERNMENT}


def test_ending_a_term_early_ends_the_role_it_gave(world: World) -> None:
    forum = a_forum(world)
    seat = a_seat(world, forum, 1, Sector.ACADEMIA, Sitter(ROSA.name, ROSA.email))
    services.end_term(seat, TODAY - timedelta(days=1), "Renunció por carta.", person_id=world.id_of(SARA), now=NOON)
    assert roles_of(ROSA.email, TODAY) == set()
    assert db.session.query(Seat).count() == 1, "an ended term is kept"
    assert actions()[-1] == "forum.end-term"


def test_a_renewal_is_another_term_and_keeps_the_role_going(world: World) -> None:
    forum = a_forum(world)
    first = a_seat(world, forum, 1, Sector.ACADEMIA, Sitter(ROSA.name, ROSA.email), ends_on=date(2027, 6, 30))
    draft = SeatDraft(
        1, Sector.ACADEMIA, Sitter(ROSA.name, ROSA.email), date(2027, 7, 1), date(2029, 6, 30), appointed_by="Acta de renovación"
    )
    second, _ = services.appoint(forum, draft, organisation=None, person_id=world.id_of(SARA), now=NOON)
    assert roles_of(ROSA.email, date(2028, 1, 1)) == {Role.FORUM_CIVIL}
    assert (first.holder_role_id, second.holder_role_id is not None) == (None, True)
    assert db.session.query(RoleAssignment).filter_by(person_id=world.id_of(ROSA)).count() == 1
    assert [seat.id for seat in queries.seats_on(world.space_id, date(2027, 8, 1))] == [second.id]


def test_two_terms_of_one_seat_never_overlap(world: World) -> None:
    forum = a_forum(world)
    a_seat(world, forum, 1, Sector.ACADEMIA, Sitter("Hugo Lazo"))
    with pytest.raises(RuleBroken) as refused:
        a_seat(world, forum, 1, Sector.ACADEMIA, Sitter("Otra persona"))
    assert codes(refused) == [SeatProblem.TAKEN]


def test_an_account_is_opened_only_when_asked(world: World) -> None:
    forum = a_forum(world)
    draft = SeatDraft(1, Sector.PRIVATE, Sitter("Nora Paz", "nora@example.pe"), BEGUN, appointed_by="Acta")
    seat, passwords = services.appoint(forum, draft, organisation=None, person_id=world.id_of(SARA), now=NOON, opens_accounts=True)
    assert [name for name, _password in passwords] == ["Nora Paz"]
    assert seat.holder_id is not None
    other, none = services.appoint(
        forum, SeatDraft(2, Sector.PRIVATE, Sitter("Raúl Gil", "raul@example.pe"), BEGUN, appointed_by="Acta"), organisation=None,
        person_id=world.id_of(SARA), now=NOON,
    )  # fmt: skip
    assert (other.holder_id, none) == (None, [])


def test_the_register_names_no_person_of_a_seat(world: World) -> None:
    a_table(world, a_forum(world))
    bodies = " ".join(entry.body for entry in db.session.query(AuditEntry))
    assert "Elsa" not in bodies and GLORIA.email not in bodies
    assert '"sector":"academia"' in bodies


# --- rules of participation


def test_rules_are_in_force_once_both_sides_approve_the_same_text(world: World) -> None:
    forum = a_forum(world)
    version = rules_in_force(world, forum)
    assert (version.n, version.state, version.published_at) == (1, RulesState.PUBLISHED, NOON)
    current = queries.current_rules(world.space_id)
    assert current is not None and current.id == version.id


def test_a_new_version_replaces_the_old_one_which_stays(world: World) -> None:
    forum = a_forum(world)
    rules_in_force(world, forum)
    rules_in_force(world, forum, text=RULES + "\nLas sesiones se transmiten.", note="Se transmite cada sesión en vivo.")
    assert [(v.n, v.state) for v in queries.rules_versions(world.space_id)] == [(2, RulesState.PUBLISHED), (1, RulesState.REPLACED)]


def test_a_change_drops_the_approvals_of_what_nobody_read(world: World) -> None:
    forum = a_forum(world)
    draft = RulesDraft("Reglas", RULES)
    version = services.save_rules(forum, draft, revision=0, person_id=world.id_of(SARA), now=NOON)
    services.submit_rules(version, person_id=world.id_of(SARA), now=NOON)
    read = version.sha256
    services.approve_rules(version, Side.GOVERNMENT, read, person_id=world.id_of(GLORIA), now=NOON)
    services.save_rules(forum, RulesDraft("Reglas", RULES + "Algo más."), revision=version.revision, person_id=world.id_of(SARA), now=NOON)
    with pytest.raises(SomebodyWasFirst):
        services.approve_rules(version, Side.NON_GOVERNMENT, read, person_id=world.id_of(FELIX), now=NOON)
    assert queries.rules_approvals([version.id]) == {}


def test_the_drafter_does_not_approve_and_one_side_is_not_enough(world: World) -> None:
    forum = a_forum(world)
    version = services.save_rules(forum, RulesDraft("Reglas", RULES), revision=0, person_id=world.id_of(GLORIA), now=NOON)
    services.submit_rules(version, person_id=world.id_of(GLORIA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.approve_rules(version, Side.GOVERNMENT, version.sha256, person_id=world.id_of(GLORIA), now=NOON)
    assert codes(refused) == [RulesProblem.DRAFTER_APPROVES]
    services.approve_rules(version, Side.NON_GOVERNMENT, version.sha256, person_id=world.id_of(FELIX), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.publish_rules(version, person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [RulesProblem.APPROVAL_MISSING]


def test_two_people_writing_the_same_draft_do_not_overwrite_each_other(world: World) -> None:
    forum = a_forum(world)
    services.save_rules(forum, RulesDraft("Reglas", RULES), revision=0, person_id=world.id_of(SARA), now=NOON)
    with pytest.raises(SomebodyWasFirst):
        services.save_rules(forum, RulesDraft("Otras", RULES), revision=0, person_id=world.id_of(GLORIA), now=NOON)
    assert db.session.query(RulesVersion).one().title == "Reglas"


# --- meetings


def test_convening_tells_those_who_sit_with_an_address(world: World) -> None:
    forum = a_forum(world)
    a_table(world, forum)
    a_seat(world, forum, 5, Sector.PRIVATE, Sitter("Nora Paz", "nora@example.pe"), Sitter("Iván Cruz", "ivan@example.pe"))
    meeting = a_meeting(world, forum)
    letters = db.session.query(Notification).filter_by(kind="forum.convened").all()
    assert {letter.address for letter in letters} == {GLORIA.email, FELIX.email, "nora@example.pe", "ivan@example.pe"}
    assert letters[0].content["agenda"] == "1. Balance del plan"
    assert (meeting.state, meeting.number, meeting.slug) == (MeetingState.AGENDA_PUBLISHED, 1, "primera-sesion")


def test_a_meeting_is_moved_with_a_reason_and_everybody_is_told_again(world: World) -> None:
    forum = a_forum(world)
    a_table(world, forum)
    meeting = a_meeting(world, forum)
    later = meeting.starts_at + timedelta(days=2)
    draft = MeetingDraft(
        MeetingKind.ORDINARY, meeting.title, later, later + timedelta(hours=2), MeetingMode.IN_PERSON, place="Sala 2", agenda=meeting.agenda
    )
    with pytest.raises(RuleBroken) as refused:
        services.change(meeting, draft, "", person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [MeetingProblem.REASON_MISSING]
    services.change(meeting, draft, "El local está ocupado.", person_id=world.id_of(SARA), now=NOON)
    letters = db.session.query(Notification).filter_by(kind="forum.convened").all()
    assert [letter.content["reason"] for letter in letters[-2:]] == ["El local está ocupado."] * 2
    assert (meeting.place, meeting.revision) == ("Sala 2", 1)


def test_a_cancelled_meeting_says_why_and_is_not_held(world: World) -> None:
    forum = a_forum(world)
    a_table(world, forum)
    meeting = a_meeting(world, forum)
    services.cancel(meeting, "Paro en la región ese día.", person_id=world.id_of(SARA), now=NOON)
    assert db.session.query(Notification).filter_by(kind="forum.cancelled").count() == 2
    with pytest.raises(RuleBroken):
        hold(world, meeting, [])
    assert queries.meetings_held(world.space_id) == []


def test_the_quorum_comes_from_the_rules_in_force(world: World) -> None:
    forum = a_forum(world)
    table = a_table(world, forum)
    rules_in_force(world, forum, quorum=Quorum(1, 2, True, 1, 1))
    meeting = a_meeting(world, forum)
    hold(world, meeting, table[:2])
    assert meeting.state is MeetingState.NO_QUORUM
    hold(world, meeting, table[:3])
    assert (meeting.state, meeting.government_present, meeting.non_government_present) == (MeetingState.HELD, 2, 1)
    assert (meeting.government_seats, meeting.non_government_seats) == (2, 2)


def test_a_meeting_without_quorum_does_not_count_even_with_minutes(world: World) -> None:
    forum = a_forum(world)
    table = a_table(world, forum)
    meeting = a_meeting(world, forum)
    hold(world, meeting, table[:1])
    publish_minutes(world, meeting)
    assert meeting.state is MeetingState.NO_QUORUM
    assert meeting.minutes_published_at is not None
    assert queries.meetings_held(world.space_id) == []


def test_minutes_are_public_with_the_approval_of_both_sides(world: World) -> None:
    forum = a_forum(world)
    table = a_table(world, forum)
    meeting = a_meeting(world, forum, is_implementation_review=True)
    hold(world, meeting, table, {Sector.CIVIL_SOCIETY: 3, Sector.GOVERNMENT: 1})
    publish_minutes(world, meeting)
    (facts,) = queries.meetings_held(world.space_id)
    assert (facts.government, facts.non_government, facts.civil_society) == (3, 5, 4)
    assert facts.counts_for_gap and facts.is_implementation_review
    assert facts.minutes_sha256 == meeting.minutes_sha256 != ""
    assert facts.url == "/foro/cusco/reuniones/primera-sesion"
    assert actions()[-1] == "forum.publish-minutes"


def test_whoever_wrote_the_minutes_does_not_approve_them(world: World) -> None:
    forum = a_forum(world)
    table = a_table(world, forum)
    meeting = a_meeting(world, forum)
    hold(world, meeting, table)
    minutes = services.save_minutes(meeting, MINUTES, person_id=world.id_of(GLORIA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.approve_minutes(meeting, Side.GOVERNMENT, minutes.sha256, person_id=world.id_of(GLORIA), now=NOON)
    assert codes(refused) == [MeetingProblem.DRAFTER_APPROVES]


def test_an_approval_holds_only_for_the_text_that_was_read(world: World) -> None:
    forum = a_forum(world)
    meeting = a_meeting(world, forum)
    hold(world, meeting, a_table(world, forum))
    first = services.save_minutes(meeting, MINUTES, person_id=world.id_of(SARA), now=NOON)
    services.approve_minutes(meeting, Side.GOVERNMENT, first.sha256, person_id=world.id_of(GLORIA), now=NOON)
    services.save_minutes(meeting, MINUTES + " Y algo más.", person_id=world.id_of(SARA), now=NOON, based_on=1)
    with pytest.raises(SomebodyWasFirst):
        services.approve_minutes(meeting, Side.NON_GOVERNMENT, first.sha256, person_id=world.id_of(FELIX), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.publish_minutes(meeting, person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [MeetingProblem.APPROVAL_MISSING]
    assert db.session.query(MinutesApproval).count() == 1


def test_a_correction_is_another_version_and_the_first_stays_readable(world: World) -> None:
    forum = a_forum(world)
    meeting = a_meeting(world, forum)
    hold(world, meeting, a_table(world, forum))
    publish_minutes(world, meeting)
    before = meeting.minutes_sha256
    with pytest.raises(RuleBroken) as refused:
        services.save_minutes(meeting, MINUTES + " Corregida.", person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [MeetingProblem.REASON_MISSING]
    services.save_minutes(meeting, MINUTES + " Corregida.", person_id=world.id_of(SARA), now=NOON, reason="Faltaba un acuerdo.")
    assert meeting.minutes_sha256 == before, "what is public stays until both sides approved the correction"
    publish_minutes(world, meeting, MINUTES + " Corregida.", reason="Faltaba un acuerdo.")
    assert [row.version for row in queries.public_minutes(meeting.id)] == [2, 1]
    assert meeting.minutes_sha256 != before


def test_minutes_saved_twice_at_once_lose_nobodys_text(world: World) -> None:
    forum = a_forum(world)
    meeting = a_meeting(world, forum)
    hold(world, meeting, a_table(world, forum))
    services.save_minutes(meeting, MINUTES, person_id=world.id_of(SARA), now=NOON, based_on=0)
    with pytest.raises(SomebodyWasFirst) as first:
        services.save_minutes(meeting, MINUTES + " Otro.", person_id=world.id_of(GLORIA), now=NOON, based_on=0)
    assert first.value.current.text == MINUTES


def test_agreements_are_followed_until_they_are_closed(world: World) -> None:
    forum = a_forum(world)
    meeting = a_meeting(world, forum)
    hold(world, meeting, a_table(world, forum))
    draft = AgreementDraft("Publicar el avance de cada compromiso.", "Secretaría", date(2027, 4, 30))
    agreement = services.add_agreement(meeting, draft, organisation=None, person_id=world.id_of(SARA), now=NOON)
    assert queries.agreements(world.space_id) == [], "agreements are public with the minutes"
    publish_minutes(world, meeting)
    assert [row.id for row in queries.agreements(world.space_id, AgreementState.OPEN)] == [agreement.id]
    services.close_agreement(
        agreement,
        AgreementState.DONE,
        "Se publicó el 20 de abril.",
        evidence_url="https://example.pe/avance",
        person_id=world.id_of(SARA),
        now=NOON,
    )
    assert (agreement.state, agreement.closed_at) == (AgreementState.DONE, NOON)
    with pytest.raises(RuleBroken) as refused:
        services.close_agreement(
            agreement, AgreementState.DROPPED, "Ya no hace falta.", evidence_url="", person_id=world.id_of(SARA), now=NOON
        )
    assert codes(refused) == [MeetingProblem.AGREEMENT_CLOSED]


def test_a_hearing_has_a_report_questions_and_answers(world: World) -> None:
    forum = a_forum(world)
    hearing = a_meeting(world, forum, title="Audiencia de mayo", kind=MeetingKind.HEARING)
    services.publish_report(
        hearing, FileUpload("informe.csv", b"rubro;monto\r\nObras;100\r\n"), title="Informe", person_id=world.id_of(SARA), now=NOON
    )
    assert hearing.report_published_at == NOON
    hold(world, hearing, [], {Sector.CITIZEN: 40})
    assert hearing.state is MeetingState.HELD, "a hearing needs no quorum"
    question = services.add_question(hearing, Sector.GRASSROOTS, "¿Cuándo termina la obra?", "", "", person_id=world.id_of(SARA), now=NOON)
    services.answer_question(hearing, question, "En junio.", "Gerencia de Obras", person_id=world.id_of(SARA), now=NOON)
    assert (question.number, question.answer) == (1, "En junio.")
    ordinary = a_meeting(world, forum, title="Otra sesión")
    with pytest.raises(RuleBroken) as refused:
        services.add_question(ordinary, Sector.CITIZEN, "¿Y esto?", "", "", person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [MeetingProblem.NOT_A_HEARING]


def test_results_presented_make_a_meeting_count_for_the_implementation(world: World) -> None:
    forum = a_forum(world)
    meeting = a_meeting(world, forum, is_implementation_review=True)
    hold(world, meeting, a_table(world, forum))
    assert not queries.meetings_held(world.space_id)[0].has_results
    services.attach(
        meeting,
        FileUpload("avance.csv", b"compromiso;avance\r\n1;50\r\n"),
        title="Avance",
        are_results=True,
        person_id=world.id_of(SARA),
        now=NOON,
    )
    assert queries.meetings_held(world.space_id)[0].has_results
