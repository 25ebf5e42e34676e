"""Votes of seats: once, in secret until they close, then all of them with the result."""

from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.forum import cli, queries, services
from app.forum.models import Forum, Motion
from app.forum.rules.participation import Quorum
from app.forum.rules.seats import Sitter, Sitting
from app.forum.rules.voting import Ballot, Choice, Majority, MotionDraft, MotionKind, MotionProblem, MotionState, Verdict
from app.notifications.models import Notification
from app.organisations.rules import Sector
from tests.cast import FELIX, GLORIA, MATEO, ROSA, SARA
from tests.factories.forum import a_forum, a_meeting, a_seat, a_table, hold, rules_in_force
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("context")
LATER = NOON + timedelta(days=3)


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(problem.code) for problem in refused.value.problems]


def a_motion(world: World, forum: Forum, **changes: object) -> Motion:
    values = {"kind": MotionKind.YES_NO, "majority": Majority.SIMPLE, "options": (), "meeting": None, **changes}
    meeting = values.pop("meeting")
    draft = MotionDraft(title="¿Se aprueba la metodología?", text="La de la última sesión.", closes_at=LATER, **values)  # type: ignore[arg-type]
    return services.open_motion(forum, draft, meeting=meeting, person_id=world.id_of(SARA), now=NOON)  # type: ignore[arg-type]


@pytest.fixture
def forum(world: World) -> Forum:
    made = a_forum(world)
    a_table(world, made)
    rules_in_force(world, made, quorum=Quorum(1, 2, False, 1, 1))
    return made


def test_without_rules_in_force_nothing_is_put_to_the_vote(world: World) -> None:
    with pytest.raises(RuleBroken) as refused:
        a_motion(world, a_forum(world))
    assert codes(refused) == [MotionProblem.NO_RULES]


def test_every_seat_with_an_address_is_told(world: World, forum: Forum) -> None:
    a_motion(world, forum)
    told = {letter.address for letter in db.session.query(Notification).filter_by(kind="forum.motion-opened")}
    assert told == {GLORIA.email, FELIX.email}


def test_a_seat_votes_once_and_the_vote_stays(world: World, forum: Forum) -> None:
    motion = a_motion(world, forum)
    vote = services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(FELIX), now=NOON)
    assert (vote.seat_number, vote.who) == (3, Sitting.HOLDER)
    with pytest.raises(RuleBroken) as refused:
        services.cast_vote(motion, Ballot(Choice.AGAINST, reason="Cambié de opinión."), person_id=world.id_of(FELIX), now=NOON)
    assert codes(refused) == [MotionProblem.ALREADY_VOTED]
    assert [row.choice for row in queries.votes(motion.id)] == [Choice.FOR]


def test_holder_and_alternate_share_one_vote(world: World, forum: Forum) -> None:
    a_seat(world, forum, 9, Sector.PRIVATE, Sitter(ROSA.name, ROSA.email), Sitter(MATEO.name, MATEO.email))
    motion = a_motion(world, forum)
    vote = services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(MATEO), now=NOON)
    assert vote.who is Sitting.ALTERNATE
    with pytest.raises(RuleBroken) as refused:
        services.cast_vote(motion, Ballot(Choice.AGAINST, reason="No estoy de acuerdo."), person_id=world.id_of(ROSA), now=NOON)
    assert codes(refused) == [MotionProblem.ALREADY_VOTED]


def test_who_sits_nowhere_does_not_vote(world: World, forum: Forum) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.cast_vote(a_motion(world, forum), Ballot(Choice.FOR), person_id=world.id_of(ROSA), now=NOON)
    assert codes(refused) == [MotionProblem.NO_SEAT]


def test_what_was_voted_is_not_in_the_register_before_it_closes(world: World, forum: Forum) -> None:
    motion = a_motion(world, forum)
    services.cast_vote(motion, Ballot(Choice.AGAINST, reason="No hay presupuesto."), person_id=world.id_of(GLORIA), now=NOON)
    entry = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert entry is not None and entry.action == "forum.vote"
    assert "against" not in entry.body and "presupuesto" not in entry.body


def test_a_motion_closes_by_the_clock_with_its_result(world: World, forum: Forum) -> None:
    motion = a_motion(world, forum)
    services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(GLORIA), now=NOON)
    services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(FELIX), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.close_motion(motion, now=NOON)
    assert codes(refused) == [MotionProblem.STILL_OPEN]
    assert cli.close_motions(LATER - timedelta(seconds=1)) == ""
    assert cli.close_motions(LATER) == "Votaciones del foro cerradas: 1."
    assert cli.close_motions(LATER) == ""
    assert (motion.state, motion.verdict) == (MotionState.CLOSED, Verdict.PASSED)
    assert motion.result is not None and motion.result["sides"]["government"] == {"for": 1, "against": 0, "abstain": 0}
    with pytest.raises(RuleBroken) as refused:
        services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(FELIX), now=LATER)
    assert codes(refused) == [MotionProblem.CLOSED]


def test_one_side_alone_decides_nothing(world: World, forum: Forum) -> None:
    motion = a_motion(world, forum)
    services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(GLORIA), now=NOON)
    services.close_motion(motion, now=LATER)
    assert motion.verdict is Verdict.NO_QUORUM


def test_a_vote_said_in_the_meeting_is_written_down_as_such(world: World, forum: Forum) -> None:
    meeting = a_meeting(world, forum, now=NOON - timedelta(days=2))
    table = list(queries.seats_on(world.space_id, NOON.date()))
    hold(world, meeting, table[:3])
    motion = a_motion(world, forum, meeting=meeting)
    elsa, felix, hugo = table[1], table[2], table[3]
    vote = services.record_hand_vote(motion, elsa.id, Ballot(Choice.FOR), person_id=world.id_of(SARA), now=NOON)
    assert vote.is_by_hand and vote.seat_number == 2
    with pytest.raises(RuleBroken) as refused:
        services.record_hand_vote(motion, felix.id, Ballot(Choice.FOR), person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [MotionProblem.HAS_ACCOUNT]
    with pytest.raises(RuleBroken) as refused:
        services.record_hand_vote(motion, hugo.id, Ballot(Choice.FOR), person_id=world.id_of(SARA), now=NOON)
    assert codes(refused) == [MotionProblem.NOT_PRESENT]


def test_theme_priorities_are_ranked_in_the_open(world: World, forum: Forum) -> None:
    motion = a_motion(world, forum, kind=MotionKind.RANKING, options=("Agua", "Obras", "Trámites"))
    services.cast_vote(motion, Ballot(ranking=(2, 1)), person_id=world.id_of(GLORIA), now=NOON)
    services.cast_vote(motion, Ballot(ranking=(2, 3, 1)), person_id=world.id_of(FELIX), now=NOON)
    services.close_motion(motion, now=LATER)
    assert motion.verdict is Verdict.RANKED
    assert motion.result is not None
    assert [(row["option"], row["points"], row["place"]) for row in motion.result["places"]] == [(2, 4, 1), (1, 1, 2), (3, 1, 3)]


def test_a_withdrawn_motion_says_why_and_opens_no_vote(world: World, forum: Forum) -> None:
    motion = a_motion(world, forum)
    services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(FELIX), now=NOON)
    services.withdraw_motion(motion, "La pregunta estaba mal escrita.", person_id=world.id_of(SARA), now=NOON)
    services.close_motion(motion, now=LATER)
    assert (motion.state, motion.verdict, motion.result) == (MotionState.WITHDRAWN, None, None)
