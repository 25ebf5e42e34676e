"""What the public page costs: the same few statements for a hundred contributions and for ten thousand."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.feedback import queries, services
from app.feedback.rules.outcomes import Seat
from tests.browser import Browser
from tests.cast import ANA, FELIX, GLORIA, SARA
from tests.feedback.answers import NOT_ADOPTED, make_plan, process_of, say
from tests.feedback.bulk import fill
from tests.world import NOON, World

MOST_STATEMENTS = 8


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, transaction control left out."""
    sent: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", keep)


@pytest.fixture
def no_cache(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["minka.cache"], "get", lambda name, make: make())


def test_the_page_of_answers_costs_the_same_with_a_hundred_and_with_ten_thousand(
    app: Flask, world: World, browser: Browser, no_cache: None
) -> None:
    costs = {}
    for count in (100, 10_000):
        with app.app_context():
            from sqlalchemy import delete

            from app.contributions.models import Authorship, CodeSequence, Contribution
            from app.feedback.models import Decision, OutcomeTally

            for model in (Decision, OutcomeTally, Authorship, CodeSequence, Contribution):
                db.session.execute(delete(model))
            fill(world, count)
            db.session.commit()
        for arguments in ({}, {"resultado": "adopted"}, {"tema": "agua"}, {"q": "PRB-C-0050"}):
            with counted(app) as sent:
                page = browser.get("feedback.index", slug=world.slug, **arguments)
            assert page.soup.select(".answer-card") and len(sent) <= MOST_STATEMENTS, sent
            costs.setdefault(str(arguments), set()).add(len(sent))
        assert f"{count - 10} de {count} con respuesta" in browser.get("feedback.index", slug=world.slug)
    assert all(len(found) == 1 for found in costs.values()), costs


def test_from_the_cache_the_page_costs_one_statement(app: Flask, world: World, browser: Browser) -> None:
    browser.get("feedback.index", slug=world.slug)
    with counted(app) as sent:
        browser.get("feedback.index", slug=world.slug)
    assert len(sent) == 1


def test_three_hundred_answers_are_sent_to_review_and_published_in_few_statements(app: Flask, world: World) -> None:
    with app.app_context():
        make_plan(world)
        decisions = [services.draft(say(world, f"n{n}"), NOT_ADOPTED, revision=0, person_id=world.id_of(ANA), now=NOON) for n in range(300)]
        ids = [d.id for d in decisions]
        chosen = [(d.id, d.revision) for d in queries.decisions_by_id(ids)]
        with counted(app) as sent:
            done = services.submit_many(process_of(world), chosen, person_id=world.id_of(ANA), now=NOON)
        assert len(done.codes) == 300 and len(sent) < 20, sent
        for seat, member in ((Seat.GOVERNMENT, GLORIA), (Seat.NON_GOVERNMENT, FELIX)):
            chosen = queries.decisions_by_id(ids)
            services.sign_many([(d, d.sha256) for d in chosen], seat, person_id=world.id_of(member), post="Cargo", now=NOON)
        db.session.commit()
        with counted(app) as sent:
            started = time.perf_counter()
            services.publish_batch(process_of(world), queries.decisions_by_id(ids), person_id=world.id_of(SARA), now=NOON)
            db.session.commit()
            taken = time.perf_counter() - started
        assert len(sent) < 3 * len(ids), len(sent)
        assert taken < 20
        print(f"published 300 answers in {taken:.2f} s, {len(sent)} statements")
        assert queries.coverage(world.process_id).answered == 300
