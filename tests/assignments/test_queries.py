"""The ageing list, the piles and the reminders read what stands, in a fixed number of statements."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.assignments import queries
from app.assignments.queries import NOBODY, AgeingFilters
from app.assignments.rules import reach
from app.contributions import services as contributions
from app.core.db import db
from benchmarks.measure import statements
from tests.cast import ANA, LUIS, SARA
from tests.factories.assignments import DUE, give, office, process_of, unit_of_works
from tests.feedback.answers import approve, make_plan, publish, say, write
from tests.feedback.bulk import fill
from tests.world import NOON, World

TODAY = date(2027, 3, 20)


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


def test_totals_by_entity_tell_how_many_wait_how_many_are_late_and_since_when(here: World) -> None:
    said = [say(here, f"n{n}", now=NOON - timedelta(days=n)) for n in range(5)]
    give(here, said[:2], due_on=TODAY + timedelta(5))
    give(here, [said[2]], "gerencia-ambiente")
    publish(here, approve(here, said[3]))
    totals = queries.ageing(process_of(here).id, today=TODAY + timedelta(6))
    assert [(t.organisation_slug, t.waiting, t.overdue) for t in totals] == [
        ("gerencia-obras", 2, 2), ("", 1, 0), ("gerencia-ambiente", 1, 0),
    ]  # fmt: skip
    assert totals[0].oldest_received_at == NOON - timedelta(days=1)


def test_the_list_is_oldest_first_and_narrows_by_entity_and_theme(here: World) -> None:
    said = [say(here, f"n{n}", now=NOON - timedelta(days=n)) for n in range(4)]
    give(here, said[:2])
    process = process_of(here)
    codes = lambda **filters: [r.code for r in queries.ageing_page(process.id, AgeingFilters(**filters), 1).rows]  # noqa: E731
    assert codes() == [c.code for c in reversed(said)]
    assert codes(organisation="gerencia-obras") == [said[1].code, said[0].code]
    assert codes(organisation=NOBODY) == [said[3].code, said[2].code]
    assert len(codes(theme="agua")) == 4 and codes(theme="obras") == [] and codes(organisation="nadie") == []
    assert [r.code for r in queries.ageing_rows(process.id, AgeingFilters())] == codes()


def test_a_hidden_contribution_is_its_code_and_not_even_its_theme(here: World) -> None:
    one = say(here)
    contributions.hide(one, now=NOON)
    db.session.flush()
    process = process_of(here)
    (row,) = queries.ageing_page(process.id, AgeingFilters(), 1).rows
    assert (row.code, row.title, row.theme) == (one.code, "", "")
    assert queries.ageing_page(process.id, AgeingFilters(theme="agua"), 1).total == 0


def test_what_was_returned_waits_for_nobody(here: World) -> None:
    from app.assignments import services
    from tests.factories.assignments import subject

    one = say(here)
    give(here, [one])
    services.give_back(subject(one.code), "No es de esta gerencia.", person_id=here.id_of(ANA), now=NOON)
    (total,) = queries.ageing(process_of(here).id, today=DUE + timedelta(9))
    assert (total.organisation_slug, total.overdue) == ("", 0)
    (row,) = queries.ageing_page(process_of(here).id, AgeingFilters(organisation=NOBODY), 1).rows
    assert (row.organisation, row.due_on) == ("", None)


def test_the_pile_of_an_office_holds_its_units_and_not_what_is_written(here: World) -> None:
    from app.feedback import queries as feedback

    unit = unit_of_works()
    own, of_unit, other, written = (say(here, key) for key in ("uno", "dos", "tres", "cuatro"))
    give(here, [own, written], due_on=TODAY + timedelta(2))
    give(here, [of_unit], unit.slug, due_on=TODAY)
    give(here, [other], "gerencia-ambiente")
    approve(here, written)
    ids = reach([office("gerencia-obras").id], queries.parents())
    process_id = process_of(here).id
    pending = queries.waiting_for([process_id], ids, today=TODAY + timedelta(1), apart_from=feedback.written_contributions())[process_id]
    assert (pending.waiting, pending.first_due_on, pending.overdue) == (2, TODAY, 1)
    assert queries.waiting_for([process_id], ids, today=TODAY)[process_id].waiting == 3
    assert queries.waiting_for([], ids, today=TODAY) == {} and queries.waiting_for([process_id], [], today=TODAY) == {}


def test_whom_to_assign_to_are_those_somebody_answers_for_and_their_units(here: World) -> None:
    unit_of_works()
    assert [(o.slug, o.of) for o in queries.offices(here.space_id)] == [
        ("gerencia-ambiente", ""), ("gerencia-obras", ""), ("obras-menores", "Gerencia de Obras"),
    ]  # fmt: skip
    assert queries.offices(here.other_space_id) == []


def test_a_unit_without_people_is_reminded_through_the_office_above(here: World) -> None:
    unit = unit_of_works()
    up = queries.parents()
    found = queries.people_of(unit.id, here.space_id, here.process_id, TODAY, up)
    assert [email for _, _, email in found] == [ANA.email]
    assert queries.people_of(office("red-vecinal").id, here.space_id, here.process_id, TODAY, up) == ()
    assert queries.people_of(unit.id, here.other_space_id, here.process_id, TODAY, up) == ()


def test_who_may_answer_what_is_asked_of_many_at_once(here: World) -> None:
    mine, theirs, free = (say(here, key) for key in ("uno", "dos", "tres"))
    give(here, [mine])
    give(here, [theirs], "gerencia-ambiente")
    ids = [mine.id, theirs.id, free.id]
    process_id = process_of(here).id
    assert set(queries.held_elsewhere(process_id, ids, here.id_of(ANA), TODAY)) == {theirs.id}
    assert set(queries.held_elsewhere(process_id, ids, here.id_of(LUIS), TODAY)) == {mine.id}
    assert queries.held_elsewhere(process_id, ids, here.id_of(SARA), TODAY) == {}
    assert queries.held_elsewhere(process_id, [free.id], here.id_of(LUIS), TODAY) == {}


def test_the_list_and_a_batch_cost_the_same_for_thirty_and_for_three_hundred(app: Flask, here: World) -> None:
    fill(here, 330, unanswered=330)
    db.session.commit()
    process_id = process_of(here).id

    def cost(ids: list[int]) -> int:
        with statements(app) as seen:
            from app.assignments import services
            from app.assignments.rules import Window

            services.assign_many(
                process_of(here), ids, office("gerencia-obras"), DUE, possible=Window(TODAY, DUE), person_id=here.id_of(SARA), now=NOON
            )
            queries.ageing(process_id, today=TODAY)
            queries.ageing_page(process_id, AgeingFilters("gerencia-obras", "agua"), 1)
        db.session.commit()
        return len(seen)

    assert cost(list(range(1, 31))) == cost(list(range(31, 331)))


def test_a_group_of_reminders_is_told_by_day_and_not_what_is_written(here: World) -> None:
    from app.feedback import queries as feedback

    soon, far, late, done = (say(here, key) for key in ("uno", "dos", "tres", "cuatro"))
    give(here, [late], due_on=TODAY, now=NOON)
    give(here, [soon, done], due_on=TODAY + timedelta(3))
    give(here, [far], due_on=TODAY + timedelta(9))
    approve(here, done)
    write(here, late)  # a draft is not yet an answer
    found = queries.reminders(TODAY + timedelta(1), apart_from=feedback.written_contributions())
    assert [r.code for r in found] == [late.code, soon.code]
