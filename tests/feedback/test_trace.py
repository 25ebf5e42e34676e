"""The trace matrix both ways, the comments of the consultation with their answers, and what they cost."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.contributions import services as contributions
from app.contributions.queries import contribution_by_code
from app.core.db import db
from app.feedback import queries
from app.feedback.rules.outcomes import Outcome
from app.feedback.rules.trace import TraceFilters, View
from app.organisations.rules import Sector
from app.plans import services as plans
from tests.browser import Browser
from tests.cast import ANA, SARA
from tests.feedback.answers import ADOPTED, NOT_ADOPTED, PARTLY, approve, publish, say
from tests.plans.writing import by, fill, plan_with
from tests.world import NOON, World

OPEN = datetime(2027, 5, 5, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def codes(app: Flask, world: World) -> dict[str, str]:
    """Three answers: one adopted in a clause, one partly in commitment 2, one not adopted; and one contribution without answer."""
    with app.app_context():
        plan_with(world)
        fill(world)
        said = {key: say(world, key) for key in ("uno", "dos", "tres", "cuatro")}
        by_clause = replace(ADOPTED, milestone="", clause="1/solution")
        decisions = [approve(world, said[key], draft) for key, draft in (("uno", by_clause), ("dos", PARTLY), ("tres", NOT_ADOPTED))]
        publish(world, *decisions)
        found = {key: contribution.code for key, contribution in said.items()}
        db.session.commit()
    return found


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({}, TraceFilters()),
        ({"vista": "clausulas", "clausula": "2/solution"}, TraceFilters(View.CLAUSES, "2/solution")),
        ({"vista": "otra", "clausula": "2/<b>", "tema": "../x", "sector": "nadie", "lugar": "8", "resultado": "?"}, TraceFilters()),
        ({"tema": "agua", "sector": "citizen", "lugar": "080102", "resultado": "adopted"},
         TraceFilters(theme="agua", sector=Sector.CITIZEN, place="080102", outcome=Outcome.ADOPTED)),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address_and_nonsense_is_ignored(args: dict[str, str], expected: TraceFilters) -> None:
    assert TraceFilters.parse(args) == expected and TraceFilters.parse(expected.arguments()) == expected


def test_each_contribution_is_where_its_answer_says_it_is(app: Flask, world: World, codes: dict[str, str]) -> None:
    with app.app_context():
        rows = {row.code: row for row in queries.trace_page(world.process_id, TraceFilters())}
        assert rows.keys() == {codes["uno"], codes["dos"], codes["tres"]}
        assert [m.key for m in rows[codes["uno"]].marks] == ["1/solution"] and "expediente" in rows[codes["uno"]].difference
        assert [(m.key, m.outcome) for m in rows[codes["dos"]].marks] == [("2", Outcome.ADOPTED_PARTIALLY)]
        assert [m.key for m in rows[codes["tres"]].marks] == [""]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (TraceFilters(clause="1"), {"uno"}),
        (TraceFilters(clause="1/solution"), {"uno"}),
        (TraceFilters(clause="1/problem"), set()),
        (TraceFilters(clause="1.1"), set()),
        (TraceFilters(clause="2"), {"dos"}),
        (TraceFilters(outcome=Outcome.NOT_ADOPTED), {"tres"}),
        (TraceFilters(theme="agua"), {"uno", "dos", "tres"}),
        (TraceFilters(theme="nada"), set()),
        (TraceFilters(sector=Sector.ACADEMIA), set()),
        (TraceFilters(place="08"), set()),
    ],
)
def test_the_matrix_is_narrowed(app: Flask, world: World, codes: dict[str, str], filters: TraceFilters, found: set[str]) -> None:
    with app.app_context():
        assert {row.code for row in queries.trace_page(world.process_id, filters)} == {codes[key] for key in found}
        assert queries.trace_count(world.process_id, filters) == len(found)


def test_from_the_plan_one_sees_how_many_reached_each_part_and_how_far(app: Flask, world: World, codes: dict[str, str]) -> None:
    with app.app_context():
        assert queries.clause_tally(world.process_id, TraceFilters()) == {
            "1/solution": {Outcome.ADOPTED: 1}, "2": {Outcome.ADOPTED_PARTIALLY: 1},
        }  # fmt: skip
        assert queries.clause_tally(world.process_id, TraceFilters(outcome=Outcome.ADOPTED)) == {"1/solution": {Outcome.ADOPTED: 1}}


def test_the_page_reads_both_ways_and_its_files_say_the_same(browser: Browser, world: World, codes: dict[str, str]) -> None:
    page = browser.get("feedback.trace", slug=world.slug)
    assert codes["uno"] in page and "1h" in page and codes["cuatro"] not in page
    assert page.soup.select_one(f".trace-table a[href$='/aportes/{codes['uno']}/respuesta']")
    assert page.soup.select_one("a[href$='/plan/compromisos/1#c1-solution']")
    parts = browser.get("feedback.trace", slug=world.slug, vista="clausulas")
    assert "Qué se hará" in parts and "Ningún aporte señala esta parte." in parts
    empty = browser.get("feedback.trace", slug=world.slug, clausula="1/problem")
    assert "Ningún aporte respondido cumple estos filtros." in empty
    lines = browser.client.get(f"/procesos/{world.slug}/plan/matriz.csv").get_data(as_text=True).split("\r\n")
    assert "1/solution" in next(line for line in lines if codes["uno"] in line)
    twin = json.loads(browser.client.get(f"/procesos/{world.slug}/plan/matriz.json").get_data(as_text=True))
    assert {a["codigo"]: a["marcas"][0]["clausula"] for a in twin["aportes"]}[codes["dos"]] == "2"
    assert len(twin["clausulas"]) > 10


def test_the_commitment_lists_the_contributions_it_comes_from(browser: Browser, world: World, codes: dict[str, str]) -> None:
    page = browser.get("feedback.commitment", slug=world.slug, number=1)
    assert codes["uno"] in page and codes["dos"] not in page and page.soup.select_one("#c1-solution")


def _statements(ask: Callable[[], object]) -> int:
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_a_page_costs_the_same_number_of_questions_with_one_answer_or_many(app: Flask, world: World, codes: dict[str, str]) -> None:
    with app.app_context():
        assert len(queries.trace_page(world.process_id, TraceFilters())) == 3  # the transaction has begun
        one = _statements(lambda: queries.trace_page(world.process_id, TraceFilters(), per_page=1))
        assert _statements(lambda: queries.trace_page(world.process_id, TraceFilters())) == one == 2
        assert _statements(lambda: queries.clause_tally(world.process_id, TraceFilters())) == 3


def test_a_comment_of_the_consultation_is_answered_like_any_contribution(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        found = plan_with(world)
        fill(world)
        plans.publish_for_consultation(found, "", waiting=0, **by(world, SARA))
        db.session.commit()
    monkeypatch.setattr("app.core.clock.now", lambda: OPEN)
    form = {
        "submission_key": "clave-de-prueba-comentario", "clause": "1/solution", "text": "Falta decir quién convoca a las visitas.",
        "proponent_kind": "persona", "speaker": "Rosa Quispe Huamán", "consent": "iniciales", "language": "es",
    }  # fmt: skip
    Browser(app).post("plans.create_comment", form, slug=world.slug)
    with app.app_context():
        comment = contribution_by_code("PRB-C-0001")
        assert comment is not None and queries.coverage(world.process_id).expected == 1
        contributions.make_public(comment, now=OPEN)
        db.session.commit()
    bench = Browser(app).sign_in(ANA).get("feedback.workbench", code="PRB-C-0001")
    assert "Comenta 1h del borrador, versión 1" in bench
    with app.app_context():
        comment = queries.contribution_for_staff("PRB-C-0001")
        assert comment is not None
        publish(world, approve(world, comment, NOT_ADOPTED))
        db.session.commit()
    page = Browser(app).get("feedback.comments", slug=world.slug)
    assert "Falta decir quién convoca" in page and "No acogido" in page and "118-2027" in page and "R. Q. H." in page
    assert "PRB-C-0001" in Browser(app).client.get(f"/procesos/{world.slug}/plan/consulta/comentarios.csv").get_data(as_text=True)
