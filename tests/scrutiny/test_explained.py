"""Why each project won or what it lacked, in words and in a picture whatever decided it; and lots that anybody draws again."""

import csv
import hashlib
import io
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask

from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.core.db import db
from app.projects.models import Project
from app.scrutiny import messages
from app.scrutiny.rules import counts
from app.scrutiny.rules.elections import Contest, Option
from app.scrutiny.views import shown
from app.voting.rules import BallotKind
from tests.browser import Browser
from tests.factories.scrutiny import AFTER, SEED, SHARES, an_ended_vote, counted, neighbours, published
from tests.world import NOON, World

WHERE = {"vote": "votacion"}
OPTIONS = [Option(n, f"Proyecto {n}", cost * 100) for n, cost in enumerate((60, 50, 40, 30, 10), 1)]
CONTEST = Contest("Prueba", "Cusco", 2027, BallotKind.APPROVAL, 1, 5, 0, None, NOON, AFTER, False, {"": 100_00}, OPTIONS)
BOX = counts.Box([(None, [[1, 1], [2, 1]])] * 12 + [(None, [[1, 1], [3, 1]])] * 6 + [(None, [[3, 1], [4, 1]])] * 5 + [(None, [[4, 1]])] * 4)


def result_of(sheet: Parameters, contest: Contest = CONTEST) -> dict[str, Any]:
    done = counts.counted(contest, replace(sheet, seed=SEED), BOX)
    return counts.told(done, contest, BOX, names={"": ""}, turnout=[(None, 30, 27)])


SHEETS = [
    (Parameters(Rule.GREEDY), {"1": "Su costo", "2": "Le faltó: S/", "5": "No lo votaron: 27"}),
    (Parameters(Rule.GREEDY_NO_SKIP), {"3": "No lo votaron: 16"}),
    (Parameters(Rule.GREEDY, minimum_votes=10), {"4": "Le faltó para el mínimo: 1"}),
    (Parameters(Rule.GREEDY_THRESHOLD, threshold=Fraction(11)), {"4": "Le faltó para el mínimo: 2 votos"}),
    (Parameters(Rule.GREEDY, conflicts=(frozenset({"1", "3"}),)), {"3": "Lo votaron: 11"}),
    (Parameters(Rule.GREEDY, exclusions={"3": "sin terreno"}), {"3": "Lo votaron: 11"}),
    (Parameters(Rule.EQUAL_SHARES, Completion.GREEDY), {"1": "Cuotas enteras", "2": "Le faltó: S/"}),
    (Parameters(Rule.PHRAGMEN), {"1": "Su costo"}),
]


@pytest.mark.parametrize(("sheet", "said"), SHEETS, ids=lambda value: str(getattr(value, "rule", ""))[:24])
def test_every_project_has_its_words_and_its_picture_whatever_decided_it(app: Flask, sheet: Parameters, said: dict[str, str]) -> None:
    with app.test_request_context("/"):
        result = result_of(sheet)
        for option in OPTIONS:
            told = shown.project(result, option.number)
            assert told is not None and told["line"].why and "%(" not in told["line"].why
            assert '<svg xmlns="http://www.w3.org/2000/svg"' in told["picture"] and "<title" in told["picture"], option.number
            assert said.get(str(option.number), "") in told["picture"], told["picture"]


def test_one_vote_is_said_in_the_singular(app: Flask) -> None:
    with app.test_request_context("/"):
        assert [messages.counted(n, "approval") for n in (1, "1", 2)] == ["1 voto", "1 voto", "2 votos"]
        assert [messages.counted(n, "score") for n in (Fraction(1), 3)] == ["1 punto", "3 puntos"]


def test_the_page_shows_each_lot_and_how_anybody_draws_it_again(app: Flask, world: World, browser: Browser) -> None:
    """Two projects level, and money for one: the lot is the hash of the announced seed and the number on the ballot."""
    level = [("080101", (1,))] * 12 + [("080102", (2,))] * 12 + [("080101", (3, 4))] * 6
    with app.app_context():
        published(an_ended_vote(world, level, rules={"total_cents": 700_000_00}), world)
        db.session.remove()
    page = browser.get("scrutiny.results", slug=world.slug, **WHERE)
    drawn = [item.get_text(" ", strip=True) for item in page.soup.select(".count-lots li")]
    hashes = {number: hashlib.sha256(f"{SEED}:{number}".encode()).hexdigest() for number in ("1", "2")}
    first, second = sorted(hashes, key=hashes.__getitem__)
    assert len(drawn) == 2 and hashes[first] in drawn[0] and hashes[second] in drawn[1]
    assert f"printf '%s' '{SEED}:{first}' | sha256sum" in page.soup.select_one(".count-lines").get_text()
    assert "Con otro sorteo habrían ganado otros proyectos" in page
    assert browser.get("scrutiny.project", slug=world.slug, number=int(first), **WHERE).soup.select("svg.chart")


def test_a_result_without_ties_speaks_of_no_lot(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        published(an_ended_vote(world, [("080101", (1, 3))] * 12 + [("080102", (2,))] * 11 + [("080102", (4,))] * 10), world)
        db.session.remove()
    assert "sorteo, en este orden" not in browser.get("scrutiny.results", slug=world.slug, **WHERE)


def test_the_sheet_of_results_is_made_of_numbers(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        published(an_ended_vote(world, neighbours(), sheet=SHARES), world)
        db.session.remove()
    text = browser.get("scrutiny.results_csv", slug=world.slug, **WHERE).html.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["numero"] for row in rows if row["elegido"] == "si"] and {row["elegido"] for row in rows} == {"si", "no"}
    assert {row["numero"]: (row["costo_soles"], row["votantes"]) for row in rows}["1"] == ("480000.00", "15")
    assert all(row["por_que"] and row["puntaje"].isdigit() for row in rows)


def test_the_page_of_a_project_leads_to_its_result(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        published(an_ended_vote(world, neighbours(), sheet=SHARES), world)
        code = db.session.query(Project).order_by(Project.number).first().code
        db.session.remove()
    section = browser.get("projects.show", codigo=code).soup.find("h2", string="En la votación").find_parent("section")
    assert "15 votos" in section.get_text()
    links = [link["href"] for link in section.select("a")]
    assert [link.rpartition("/votaciones/votacion/")[2] for link in links] == ["resultados/1", "resultados"]


def test_before_it_is_published_the_page_of_a_project_says_nothing_of_the_vote(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        counted(an_ended_vote(world, neighbours(), sheet=SHARES), world)
        code = db.session.query(Project).order_by(Project.number).first().code
        db.session.remove()
    assert "En la votación" not in browser.get("projects.show", codigo=code)


def test_the_most_voted_are_compared_with_and_without_their_cost(app: Flask) -> None:
    with app.test_request_context("/"):
        per_cost = shown.parts(result_of(Parameters(Rule.GREEDY, order=Order.SCORE_PER_COST)))[0]
        names = [one["name"] for one in per_cost["rivals"]]
        assert per_cost["rule"] == names[0] == "Más votados, saltando los que no alcanzan, por votos en relación con el costo"
        assert [one["is_own"] for one in per_cost["rivals"]] == [True] + [False] * 5
        assert "Más votados, saltando los que no alcanzan" in names[1:] and len(set(names)) == 6
        plain = shown.parts(result_of(Parameters(Rule.GREEDY)))[0]
        assert names[0] in [one["name"] for one in plain["rivals"][1:]]
        alike = shown.parts(result_of(Parameters(Rule.EQUAL_SHARES, utility=Utility.CARDINALITY)))[0]
        assert alike["rule"] == "Partes Iguales, cada proyecto vale lo mismo"
