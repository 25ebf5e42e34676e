"""What may belong together: found, kept to what a person decided, and in few statements whatever the size."""

import time

import pytest
from flask import Flask

from app.contributions.models import Contribution
from app.contributions.services.indexing import index
from app.core.db import db
from app.groups import queries, services
from tests.cast import SARA
from tests.feedback.answers import process_of, say
from tests.feedback.bulk import fill
from tests.feedback.test_queries import counted
from tests.world import NOON, World

LAMPS = (
    "De noche no se ve nada en las gradas de Tancarpata. Pedimos faroles y que los vecinos los cuiden.",
    "Las gradas de Tancarpata están a oscuras; que pongan faroles, los vecinos los cuidaremos.",
    "Queremos faroles en las gradas de Tancarpata porque de noche subimos a oscuras.",
)
NOISE = ("Que en la ventanilla atiendan en quechua.", "A qué hora pasa el camión de la basura por Villa María.")


@pytest.fixture
def here(world: World, context: None) -> World:
    for place, text in enumerate((*LAMPS, *NOISE)):
        said = say(world, f"n{place}", text=text)
        said.title = " ".join(text.split()[:5])
    db.session.flush()
    return world


def test_the_suggestions_mind_groups_and_what_was_told_apart(here: World) -> None:
    process = process_of(here)
    (first,), total = queries.suggestions(process)
    assert total == 1 and [m.code for m in first.members] == ["PRB-C-0001", "PRB-C-0002", "PRB-C-0003"] and first.group is None
    services.make(process, ["PRB-C-0001", "PRB-C-0002"], "Faroles en las gradas", person_id=here.id_of(SARA), now=NOON)
    (joining,), _ = queries.suggestions(process)
    assert [m.code for m in joining.members] == ["PRB-C-0003"] and joining.group.reference == "G-01"
    services.say_different(process, ["PRB-C-0003"], against=joining.group.codes, person_id=here.id_of(SARA), now=NOON)
    assert queries.suggestions(process) == ([], 0)


def test_what_is_like_one_contribution_is_found_by_its_words(here: World) -> None:
    own = db.session.query(Contribution).filter_by(code="PRB-C-0001").one()
    found = queries.alike_to(own)
    assert {item.code for item in found[:2]} == {"PRB-C-0002", "PRB-C-0003"} and not any(i.code == "PRB-C-0005" for i in found)
    services.make(process_of(here), ["PRB-C-0002", "PRB-C-0004"], "Un grupo cualquiera", person_id=here.id_of(SARA), now=NOON)
    assert {item.code: item.group for item in queries.alike_to(own)}["PRB-C-0002"] == "G-01"


def test_reading_groups_costs_the_same_for_three_or_three_hundred(app: Flask, world: World) -> None:
    costs = {}
    with app.app_context():
        fill(world, 400, unanswered=400)
        db.session.commit()
        process = process_of(world)
        small = services.make(process, [f"PRB-C-{n:04d}" for n in range(1, 4)], "Un grupo de tres", person_id=world.id_of(SARA), now=NOON)
        large = services.make(
            process, [f"PRB-C-{n:04d}" for n in range(10, 310)], "Un grupo de trescientos", person_id=world.id_of(SARA), now=NOON
        )
        db.session.commit()
        for group in (small, large):
            db.session.refresh(group)
            with counted(app) as sent:
                members = queries.members(group.id)
                assert len(queries.group_of([m.contribution_id for m in members])) == len(members)
            costs[len(members)] = len(sent)
        with counted(app) as sent:
            assert queries.groups_page(world.process_id).total == 2
        assert len(sent) == 2
    assert costs == {3: 3, 300: 3}


def test_a_thousand_are_compared_in_seconds_and_few_statements(app: Flask, world: World) -> None:
    with app.app_context():
        fill(world, 1_000, unanswered=1_000)
        for row in db.session.query(Contribution):
            row.title, row.text = f"Pedido {row.id}", f"{LAMPS[row.id % 3]} Manzana m{row.id % 211} lote l{row.id}."
        db.session.flush()
        index((row.id, (row.title, row.text)) for row in db.session.query(Contribution))
        db.session.commit()
        process = process_of(world)
        with counted(app) as sent:
            started = time.perf_counter()
            found, total = queries.suggestions(process)
            taken = time.perf_counter() - started
        assert found and total and len(sent) <= 7, sent
        own = db.session.get(Contribution, 500)
        started = time.perf_counter()
        with counted(app) as sent:
            assert queries.alike_to(own)
        one = time.perf_counter() - started
        assert len(sent) <= 3 and taken < 20 and one < 1
        print(f"compared 1,000 in {taken:.2f} s; one against 1,000 in {1000 * one:.1f} ms")
