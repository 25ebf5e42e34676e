"""The key of a roll is destroyed by two people when the time to complain is over, and not before (decision 0034)."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.scrutiny import queries, services
from app.scrutiny.rules.acts import ScrutinyProblem
from app.voting import queries as voting_queries
from app.voting import services as voting
from app.voting.rules.roll import RollProblem
from tests.browser import Browser
from tests.cast import FELIX, MARCO, SARA
from tests.factories.scrutiny import AFTER, again, an_ended_vote, neighbours, published
from tests.factories.voting import on_roll
from tests.world import build_world

LATER = AFTER + timedelta(days=30)
AT = {"slug": "plan-prueba", "vote": "votacion"}


@pytest.fixture(autouse=True)
def other_tests_have_their_keys(app: Flask) -> Iterator[None]:
    """Keys outlive the database of a test: one that was destroyed must not be missed by the next test."""
    yield
    for file in (app.config["DATA_DIR"] / "keys").glob("vote-*.destroyed"):
        file.unlink()


def code_of(refused: pytest.ExceptionInfo[RuleBroken]) -> object:
    return refused.value.problems[0].code


def test_two_people_destroy_the_key_after_the_appeals_and_not_before(context: None) -> None:
    world = build_world()
    vote = published(an_ended_vote(world, neighbours()), world)
    sara, felix = world.id_of(SARA), world.id_of(FELIX)
    voting.keys.voter_key(vote, "40506070")
    for day in (0, vote.round.appeal_days):
        with pytest.raises(RuleBroken) as early:
            services.order_destruction(vote, confirms=True, person_id=sara, now=AFTER + timedelta(days=day))
        assert code_of(early) is ScrutinyProblem.APPEALS_OPEN
    with pytest.raises(RuleBroken) as hasty:
        services.order_destruction(vote, confirms=False, person_id=sara, now=LATER)
    assert code_of(hasty) is ScrutinyProblem.NOT_CONFIRMED
    assert services.order_destruction(vote, confirms=True, person_id=sara, now=LATER) is False
    assert services.destroy_key(vote, now=LATER) is False and voting.keys.path(vote).exists()
    with pytest.raises(RuleBroken) as alone:
        services.order_destruction(vote, confirms=True, person_id=sara, now=LATER)
    assert code_of(alone) is ScrutinyProblem.SAME_PERSON
    assert services.order_destruction(vote, confirms=True, person_id=felix, now=LATER) is True
    db.session.commit()
    vote = again("plan-prueba", "votacion")
    assert services.destroy_key(vote, now=LATER) and services.destroy_key(vote, now=LATER + timedelta(days=1))
    db.session.commit()
    vote = again("plan-prueba", "votacion")
    closing = queries.closing_of(vote.id)
    assert not voting.keys.path(vote).exists() and closing is not None and closing.key_destroyed_at == LATER
    said = [entry.action for entry in db.session.query(AuditEntry) if "key" in entry.action]
    assert said == ["scrutiny.ask-destroy-key", "scrutiny.destroy-key"]


def test_without_its_key_the_roll_tells_nobody_who_is_on_it(context: None) -> None:
    """Not even a new key is made: with one, the roll would answer that nobody is on it."""
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    key = on_roll(vote, "40506070")
    db.session.commit()
    assert voting.keys.voter_key(vote, "40506070") == key
    assert voting_queries.roll_entry(vote.id, key) is not None
    voting.keys.destroy(vote)
    with pytest.raises(RuleBroken) as gone:
        voting.keys.voter_key(vote, "40506070")
    assert code_of(gone) is RollProblem.KEY_DESTROYED
    assert not voting.keys.path(vote).exists()


def test_the_desk_offers_it_after_the_day_to_who_may(app: Flask, database: None, browser: Browser) -> None:
    with app.app_context():
        world = build_world()
        published(an_ended_vote(world, neighbours()), world)
        db.session.remove()
    with mock.patch("app.core.clock.now", lambda: AFTER):
        browser.sign_in(SARA)
        page = browser.get("scrutiny.desk", **AT)
        assert "Termina el plazo de reclamos" in page and "Firmar para destruirla" not in page
        assert "se puede reclamar" in browser.post("scrutiny.destroy_key", {"confirms": "y"}, status=422, **AT)
    with mock.patch("app.core.clock.now", lambda: LATER):
        browser.sign_in(SARA)
        assert "lo que se destruye no se recupera" in browser.post("scrutiny.destroy_key", {}, status=422, **AT)
        browser.post("scrutiny.destroy_key", {"confirms": "y"}, **AT)
        other = Browser(app)
        other.sign_in(FELIX)
        assert "Firmar y destruir" in other.get("scrutiny.desk", **AT)
        other.post("scrutiny.destroy_key", {"confirms": "y"}, **AT)
        assert "Destruida el" in other.get("scrutiny.desk", **AT)
        stranger = Browser(app)
        stranger.sign_in(MARCO)
        stranger.post("scrutiny.destroy_key", {"confirms": "y"}, status=403, **AT)
