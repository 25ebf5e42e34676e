"""What is read of the forum: facts for other rooms, and what awaits whom."""

from datetime import date, timedelta

import pytest

from app.core.db import db
from app.desk.views.forum import forum_tasks
from app.forum import queries, services
from app.forum.rules.meetings import AgreementDraft, AgreementState
from app.forum.rules.participation import RulesDraft
from app.forum.rules.seats import Side, Sitter
from app.forum.rules.voting import Ballot, Choice, Majority, MotionDraft, MotionKind
from app.organisations.rules import Sector
from app.spaces import queries as spaces
from tests.cast import FELIX, GLORIA, MATEO, ROSA, SARA, CastMember
from tests.factories.forum import MINUTES, RULES, a_forum, a_meeting, a_seat, a_table, hold, publish_minutes, rules_in_force
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("context")


def words(world: World, member: CastMember, now: object = NOON) -> list[str]:
    from flask import current_app

    from app.accounts.models import Person

    person = db.session.get(Person, world.id_of(member))
    assert person is not None
    with current_app.test_request_context():
        return [row[0] for row in forum_tasks(spaces.actor_for(person, date(2027, 3, 20)), now)]  # type: ignore[arg-type]


def test_the_seat_of_a_person_is_the_one_they_sit_on_that_day(world: World) -> None:
    forum = a_forum(world)
    a_seat(world, forum, 7, Sector.PRIVATE, Sitter(ROSA.name, ROSA.email), Sitter(MATEO.name, MATEO.email), ends_on=date(2027, 6, 30))
    for member in (ROSA, MATEO):
        found = queries.seat_of(world.id_of(member), world.space_id, date(2027, 6, 30))
        assert found is not None and found.number == 7
    assert queries.seat_of(world.id_of(ROSA), world.space_id, date(2027, 7, 1)) is None
    assert queries.seat_of(world.id_of(ROSA), world.other_space_id, date(2027, 3, 20)) is None


def test_what_compliance_reads_of_the_meetings(world: World) -> None:
    forum = a_forum(world)
    table = a_table(world, forum)
    late, early = a_meeting(world, forum, title="Segunda"), a_meeting(world, forum, now=NOON - timedelta(days=60), title="Primera")
    hold(world, late, table)
    hold(world, early, table)
    publish_minutes(world, early)
    facts = queries.meetings_held(world.space_id)
    assert [f.title for f in facts] == ["Primera", "Segunda"]
    assert [f.counts_for_gap for f in facts] == [True, False]
    assert facts[1].minutes_published_on is None
    assert queries.meetings_held(world.other_space_id) == []


def test_minutes_and_rules_await_the_side_that_has_not_approved(world: World) -> None:
    forum = a_forum(world)
    table = a_table(world, forum)
    meeting = a_meeting(world, forum)
    hold(world, meeting, table)
    minutes = services.save_minutes(meeting, MINUTES, person_id=world.id_of(SARA), now=NOON)
    services.approve_minutes(meeting, Side.GOVERNMENT, minutes.sha256, person_id=world.id_of(GLORIA), now=NOON)
    version = services.save_rules(forum, RulesDraft("Reglas", RULES), revision=0, person_id=world.id_of(SARA), now=NOON)
    services.submit_rules(version, person_id=world.id_of(SARA), now=NOON)
    assert words(world, GLORIA) == ["Reglas de participación que esperan su aprobación"]
    assert words(world, FELIX) == ["Acta que espera su aprobación: Primera sesión", "Reglas de participación que esperan su aprobación"]
    assert words(world, SARA) == []


def test_late_minutes_and_overdue_agreements_await_the_secretariat(world: World) -> None:
    forum = a_forum(world)
    meeting = a_meeting(world, forum)
    hold(world, meeting, a_table(world, forum))
    draft = AgreementDraft("Publicar el avance del plan.", "Gerencia de Obras", meeting.starts_at.date())
    agreement = services.add_agreement(meeting, draft, organisation=None, person_id=world.id_of(SARA), now=NOON)
    assert words(world, SARA, NOON) == []
    later = NOON + timedelta(days=13)
    assert words(world, SARA, later) == ["Acta atrasada: Primera sesión", "Acuerdo vencido 1.1: Gerencia de Obras"]
    services.close_agreement(
        agreement, AgreementState.DROPPED, "Se reemplaza por otro.", evidence_url="", person_id=world.id_of(SARA), now=later
    )
    publish_minutes(world, meeting)
    assert words(world, SARA, later) == []


def test_a_vote_awaits_those_who_sit_until_their_seat_has_voted(world: World) -> None:
    forum = a_forum(world)
    a_table(world, forum)
    rules_in_force(world, forum)
    a_seat(world, forum, 7, Sector.PRIVATE, Sitter(ROSA.name, ROSA.email), Sitter(MATEO.name, MATEO.email))
    draft = MotionDraft(MotionKind.YES_NO, "¿Se aprueba?", "", Majority.SIMPLE, NOON + timedelta(days=2))
    motion = services.open_motion(forum, draft, meeting=None, person_id=world.id_of(SARA), now=NOON)
    assert words(world, ROSA) == words(world, MATEO) == words(world, FELIX) == ["Votar: ¿Se aprueba?"]
    assert words(world, SARA) == []
    services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(MATEO), now=NOON)
    assert words(world, ROSA) == []
    assert words(world, FELIX, NOON + timedelta(days=3)) == []
