"""The forums of the demo: who sits, what was held, voted and called, as the issue asks."""

import pytest

from app.calls import queries as calls
from app.calls.rules.applying import Outcome
from app.calls.rules.course import CallStage, CallState, stage
from app.core.clock import lima_day
from app.forum import queries
from app.forum.rules.meetings import MeetingKind, is_overdue
from app.forum.rules.periods import gaps
from app.forum.rules.seats import balance
from app.forum.rules.voting import Verdict
from app.organisations.queries import organisation_by_slug
from app.organisations.rules import Sector
from tests.demo.conftest import NOW

TODAY = lima_day(NOW)


@pytest.fixture
def context(app, demo):
    with app.app_context():
        yield


def test_the_national_forum_seats_both_sides_and_says_it_is_illustrative(context):
    forum = queries.forum_by_slug("foro-nacional")
    seats = queries.seats_on(forum.space_id, TODAY)
    found = balance(seat.sector for seat in seats)
    assert found.government >= 4 and found.non_government > found.government
    assert {Sector.CIVIL_SOCIETY, Sector.PRIVATE, Sector.ACADEMIA, Sector.GRASSROOTS, Sector.INDIGENOUS} <= dict(found.sectors).keys()
    assert "ilustrativos" in forum.note


def test_its_rules_have_two_versions_and_its_meetings_keep_the_six_months(context):
    forum = queries.forum_by_slug("foro-nacional")
    assert [version.n for version in queries.rules_versions(forum.space_id)] == [2, 1]
    held = queries.meetings_held(forum.space_id)
    assert len(held) == 3 and all(meeting.counts_for_gap for meeting in held)
    assert all(gap.is_kept for gap in gaps([meeting.held_on for meeting in held], TODAY))
    assert sum(meeting.is_implementation_review for meeting in held) == 2
    late = [a for a in queries.agreements(forum.space_id) if is_overdue(a.state, a.due_on, TODAY)]
    assert len(late) == 1


def test_the_themes_were_ordered_by_every_seat_present(context):
    motion = queries.motion_by_slugs("foro-nacional", "orden-de-prioridad-de-los-temas-del-septimo-plan")
    assert motion.verdict is Verdict.RANKED
    assert len(queries.votes(motion.id)) == len(queries.attendance(motion.meeting_id)) == 9


def test_one_renewal_is_over_and_one_contest_is_open(context):
    forum = queries.forum_by_slug("foro-nacional")
    contest, renewal = calls.calls_of(forum.space_id, public_only=True)
    assert renewal.state is CallState.FINISHED
    assert stage(contest.state, contest.dates, TODAY) is CallStage.OPEN
    chosen = [a for a in calls.applications(renewal.id) if a.outcome is Outcome.SELECTED]
    assert [a.seat_number for a in chosen] == [6]
    assert all(a.reason or a.eligibility_reason for a in calls.applications(renewal.id)), "everybody got a reason"
    assert all(claim.answered_at for claim in calls.claims(renewal.id))


def test_an_entity_was_inducted_and_its_ongoing_reform_assessed(context):
    forum = queries.forum_by_slug("foro-nacional")
    facts = calls.readiness(organisation_by_slug("autoridad-integridad-demo").id, forum.space_id)
    assert facts.requires_induction and facts.has_induction and facts.needs_assessment and facts.has_assessment
    assert not calls.readiness(organisation_by_slug("ministerio-inclusion-demo").id, forum.space_id).has_induction


def test_cusco_held_two_sessions_and_a_hearing_with_its_report_before(context):
    forum = queries.forum_by_slug("cusco")
    held = queries.meetings_held(forum.space_id)
    assert sorted(meeting.kind for meeting in held) == [MeetingKind.HEARING, MeetingKind.ORDINARY, MeetingKind.ORDINARY]
    hearing = next(meeting for meeting in held if meeting.kind is MeetingKind.HEARING)
    assert hearing.report_published_on < hearing.held_on
    assert hearing.non_government > 150
