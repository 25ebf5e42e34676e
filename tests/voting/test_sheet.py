"""What an organiser decides of the count on the form is what is announced, put on the ballot and counted."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.budgeting.counting.parameters import Completion, Order, Rule, Utility
from app.budgeting.rules import RoundState
from app.core.clock import LIMA
from app.core.db import db
from app.scrutiny.rules.elections import parameters_from
from app.voting import queries
from app.voting.rules.announcing import COMPLETIONS, RULES
from tests.browser import Browser
from tests.cast import MILA
from tests.factories.budgeting import a_project, a_round
from tests.factories.voting import a_municipal_person, a_token, an_open_vote
from tests.world import NOON, build_world

AT = {"slug": "plan-prueba", "vote": "votacion"}
OPENS = (NOON + timedelta(days=5)).astimezone(LIMA)


@pytest.fixture
def desk(app: Flask, database: None, during: None, browser: Browser) -> tuple[Browser, list[str]]:
    """Milagros before the form, and the ids of three admissible projects."""
    with app.app_context():
        world = build_world()
        a_municipal_person(world)
        round_ = a_round(world, state=RoundState.PRIORITISATION)
        ids = [str(a_project(round_, n, f"Proyecto {n}", 100 * n).id) for n in (1, 2, 3)]
        db.session.commit()
        db.session.remove()
    browser.sign_in(MILA)
    return browser, ids


def typed(ids: list[str], **changes: str) -> dict[str, Any]:
    days = {"opens_on": f"{OPENS:%Y-%m-%d}", "closes_on": f"{OPENS + timedelta(days=3):%Y-%m-%d}"}
    return days | {
        "title": "Votación", "projects": ids, "kind": "approval", "fewest": "1", "most": "3", "extent": "city", "channels": ["web"],
        "opens_hour": "08:00", "closes_hour": "18:00", "rule": "greedy", "completion": "none", "order": "score", "utility": "",
        "seed_source": "Los números de la Tinka del domingo 28 de marzo", "fewest_shown": "10",
    } | changes  # fmt: skip


def saved(app: Flask) -> dict[str, Any]:
    with app.app_context():
        vote = queries.desk_vote("plan-prueba", "votacion")
        assert vote is not None
        return dict(vote.rules["sheet"])


SHEETS: list[tuple[dict[str, str], dict[str, Any], str]] = [
    ({"order": "score-per-cost"}, {"order": Order.SCORE_PER_COST}, "Por votos o puntos por cada sol"),
    ({"rule": "equal-shares", "utility": "cardinality"}, {"utility": Utility.CARDINALITY}, "Lo mismo que cualquier otro"),
    ({"rule": "equal-shares", "completion": "add1"}, {"completion": Completion.ADD1}, "de 1 en 1 por ciento"),
    ({"rule": "equal-shares", "completion": "add1u", "order": "score-per-cost"}, {"completion": Completion.ADD1U}, "el resto va a los más"),
    ({"rule": "phragmen"}, {"rule": Rule.PHRAGMEN}, "Phragmén"),
    ({"minimum_votes": "25"}, {"minimum_votes": 25}, "25"),
    ({"conflicts": "1, 3"}, {"conflicts": (frozenset({"1", "3"}),)}, "1, 3"),
]


@pytest.mark.parametrize(("asked", "expected", "told"), SHEETS, ids=[told for _asked, _expected, told in SHEETS])
def test_what_is_chosen_on_the_form_is_told_and_is_what_the_count_is_given(
    app: Flask, desk: tuple[Browser, list[str]], asked: dict[str, str], expected: dict[str, Any], told: str
) -> None:
    browser, ids = desk
    browser.post("voting.create", typed(ids, **asked), slug="plan-prueba")
    sheet = parameters_from(saved(app), "semilla")
    assert all(getattr(sheet, name) == value for name, value in expected.items())
    assert told in browser.get("voting.desk_vote", **AT)
    page = browser.get("voting.edit", **AT)
    for name, value in asked.items():
        field = page.soup.find(id=name)
        shown = field.get("value") or field.get_text(strip=True) if field.name != "select" else field.find("option", selected=True)["value"]
        assert value in shown


def test_what_makes_no_sense_together_is_refused_and_nothing_typed_is_lost(desk: tuple[Browser, list[str]]) -> None:
    browser, ids = desk
    page = browser.post("voting.create", typed(ids, order="score-per-cost", rule="phragmen"), status=422, slug="plan-prueba")
    assert "solo cambia algo con los más votados" in page
    assert page.soup.find(id="order").find("option", selected=True)["value"] == "score-per-cost"
    page = browser.post("voting.create", typed(ids, utility="cardinality"), status=422, slug="plan-prueba")
    assert "solo cambia algo con partes iguales" in page


def test_every_rule_and_completion_of_the_form_is_one_the_count_knows() -> None:
    assert set(RULES) == {str(rule) for rule in Rule} and set(COMPLETIONS) == {str(c) for c in Completion}


def test_a_ballot_says_which_projects_cannot_win_together(app: Flask, database: None, during: None, browser: Browser) -> None:
    with app.app_context():
        vote = an_open_vote(build_world())
        sheet = vote.rules["sheet"] | {"conflicts": [["1", "3"], ["1", "4"]]}
        vote.rules = vote.rules | {"sheet": sheet}
        code = a_token(vote)
        db.session.commit()
        db.session.remove()
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    page = browser.get("voting.vote", **AT)
    said = {row["data-number"]: row.select_one(".project__about").get_text(" ", strip=True) for row in page.soup.select(".project")}
    assert "los proyectos 3, 4" in said["1"] and "el proyecto 1" in said["3"] and "No puede ganar" not in said["2"]
