"""Acts of moderation on a real database, alone and two at once (R10)."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.queries import search_filter
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent, Visibility
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.moderation import queries, services
from app.moderation.models import ModerationAction
from app.moderation.rules import HidingReason, ModerationKind, ModerationProblem
from app.processes.models import Process
from tests.cast import MARCO
from tests.world import NOON, World, build_world


@pytest.fixture
def noise(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        for n in range(3):
            _receive(world, n)
        yield
        db.session.rollback()


def _receive(world: World, n: int = 9) -> Contribution:
    draft = ContributionDraft(text=f"Que haya luz en la cancha número {n}.", consent=NameConsent.ANONYMOUS)
    process = db.session.get(Process, world.process_id)
    return contributions.receive(draft, process, submission_key=f"moderar-{n:020}", received_at=NOON, now=NOON).contribution


def _actions(contribution: Contribution) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.subject_ref == contribution.code).order_by(AuditEntry.seq)
    return list(db.session.scalars(query))


def test_publishing_makes_it_public_and_is_on_record(noise: None, world: World) -> None:
    waiting = _receive(world)
    services.publish(waiting, moderator_id=world.id_of(MARCO), now=NOON, seen=services.fingerprint(waiting))
    assert waiting.visibility is Visibility.PUBLIC
    assert queries.latest_action(waiting.id).kind is ModerationKind.PUBLISH
    assert _actions(waiting) == ["contributions.publish"]
    assert queries.held_count(space_ids=[world.space_id]) == 3
    assert queries.held_count(process_ids=[world.process_id], space_ids=[world.space_id]) == 3
    assert queries.held_counts([world.process_id]) == {world.process_id: 3}


def _with_data(world: World) -> Contribution:
    draft = ContributionDraft(
        text="Llamen al 984 123 456 o al 984 123 456: soy DNI 45678912 y quiero luz.", title="Luz para 984 123 456",
        consent=NameConsent.ANONYMOUS,
    )  # fmt: skip
    process = db.session.get(Process, world.process_id)
    return contributions.receive(draft, process, submission_key="moderar-con-datos-0001", received_at=NOON, now=NOON).contribution


def test_marked_personal_data_are_taken_out_and_the_original_is_kept_apart(noise: None, world: World) -> None:
    waiting = _with_data(world)
    services.publish_without(waiting, ["984 123 456"], moderator_id=world.id_of(MARCO), now=NOON, seen=services.fingerprint(waiting))
    assert waiting.visibility is Visibility.PUBLIC
    assert waiting.text == "Llamen al [dato retirado] o al [dato retirado]: soy DNI 45678912 y quiero luz."
    assert waiting.title == "Luz para [dato retirado]"
    action = queries.latest_action(waiting.id)
    assert action.kind is ModerationKind.REDACT and json.loads(action.original)["title"] == "Luz para 984 123 456"
    assert _actions(waiting) == ["contributions.publish", "moderation.redact"]
    bodies = " ".join(db.session.scalars(select(AuditEntry.body).where(AuditEntry.subject_ref == waiting.code)))
    assert "984" not in bodies and '"count":1' in bodies.replace(" ", "")
    assert [row.id for row in db.session.scalars(select(Contribution).where(search_filter("retirado")))] == [waiting.id]
    assert not db.session.scalars(select(Contribution).where(search_filter("984"))).all()


def test_only_what_was_found_is_taken_out_before_or_after_it_is_public(noise: None, world: World) -> None:
    waiting = _with_data(world)
    for pieces in ([], ["quiero luz"]):
        with pytest.raises(RuleBroken) as broken:
            services.publish_without(waiting, pieces, moderator_id=world.id_of(MARCO), now=NOON)
        assert [p.code for p in broken.value.problems] == [ModerationProblem.NOTHING_MARKED]
    assert waiting.visibility is Visibility.HELD and "984 123 456" in waiting.text
    contributions.make_public(waiting, now=NOON)
    services.publish_without(waiting, ["984 123 456"], moderator_id=world.id_of(MARCO), now=NOON)
    assert waiting.visibility is Visibility.PUBLIC and "984 123 456" not in waiting.text
    services.hide(waiting, HidingReason.INSULT, "", moderator_id=world.id_of(MARCO), now=NOON)
    with pytest.raises(SomebodyWasFirst):
        services.publish_without(waiting, ["45678912"], moderator_id=world.id_of(MARCO), now=NOON)


def test_hiding_keeps_the_code_and_publishes_the_reason_not_the_note(noise: None, world: World) -> None:
    shown = _receive(world)
    contributions.make_public(shown, now=NOON)
    services.hide(shown, HidingReason.INSULT, "Insulta a la señora Juana", moderator_id=world.id_of(MARCO), now=NOON)
    assert shown.visibility is Visibility.HIDDEN
    assert _actions(shown) == ["contributions.publish", "moderation.hide"]
    body = db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "moderation.hide")).one()
    assert '"reason":"insult"' in body and "Juana" not in body
    assert queries.tombstones([shown.id])[shown.id].reason is HidingReason.INSULT
    services.restore(shown, moderator_id=world.id_of(MARCO), now=NOON)
    assert shown.visibility is Visibility.PUBLIC
    assert queries.tombstones([shown.id]) == {}
    assert [a.kind for a in queries.actions(shown.id)] == [ModerationKind.RESTORE, ModerationKind.HIDE]


def test_hiding_needs_a_reason_of_the_list(noise: None, world: World) -> None:
    waiting = _receive(world)
    with pytest.raises(RuleBroken) as refused:
        services.hide(waiting, None, "x" * 1_001, moderator_id=world.id_of(MARCO), now=NOON)
    assert [p.code for p in refused.value.problems] == [ModerationProblem.REASON_MISSING, ModerationProblem.NOTE_TOO_LONG]
    assert waiting.visibility is Visibility.HELD


@pytest.mark.parametrize("start", list(Visibility))
def test_each_act_is_only_for_its_state(noise: None, world: World, start: Visibility) -> None:
    one = _receive(world)
    one.visibility = start
    db.session.flush()
    by = {"moderator_id": world.id_of(MARCO), "now": NOON}
    acts = {
        Visibility.HELD: lambda: services.restore(one, **by), Visibility.PUBLIC: lambda: services.publish(one, **by),
        Visibility.HIDDEN: lambda: services.hide(one, HidingReason.INSULT, "", **by),
        Visibility.WITHDRAWN: lambda: services.publish(one, **by),
    }  # fmt: skip
    with pytest.raises(SomebodyWasFirst):
        acts[start]()
    assert one.visibility is start


def test_words_that_changed_are_not_published_unseen(noise: None, world: World) -> None:
    waiting = _receive(world)
    seen = services.fingerprint(waiting)
    waiting.text = "Otra cosa."
    db.session.flush()
    with pytest.raises(SomebodyWasFirst):
        services.publish(waiting, moderator_id=world.id_of(MARCO), now=NOON, seen=seen)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_two_moderators_at_once_end_with_one_act(engine: str, request: pytest.FixtureRequest, app: Flask) -> None:
    if engine == "postgres":
        place = request.getfixturevalue("postgres_app")
        with place.app_context():
            world = build_world()
            db.session.commit()
    else:
        place, world = app, request.getfixturevalue("world")
    with place.app_context():
        waiting = _receive(world)
        number, seen = waiting.id, services.fingerprint(waiting)
        db.session.commit()

    def act(turn: int) -> str:
        with place.app_context():
            one = db.session.get(Contribution, number)
            by = {"moderator_id": world.id_of(MARCO), "now": NOON, "seen": seen}
            try:
                if turn % 2:
                    services.publish(one, **by)
                else:
                    services.hide(one, HidingReason.OFF_TOPIC, "", **by)
                db.session.commit()
                return "won"
            except SomebodyWasFirst as late:
                assert late.current is not None, "the loser learns what happened"
                db.session.rollback()
                return "late"

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(act, range(6)))
    assert sorted(results) == ["late"] * 5 + ["won"]
    with place.app_context():
        assert db.session.scalar(select(func.count(ModerationAction.id))) == 1
