"""Voting as people do it: coming in, marking, reviewing, casting, the receipt; in every kind, and without any script."""

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from flask import Flask

from app.core.db import db
from app.notifications.models import Notification
from app.voting import queries
from app.voting.models import Ballot, RollContact
from app.voting.rules import BallotKind, VoteState
from tests.browser import Browser, ParsedPage
from tests.factories.voting import RULES, a_token, an_open_vote, on_roll
from tests.voting.conftest import DURING
from tests.world import build_world

AT = {"slug": "plan-prueba", "vote": "votacion"}
DNI = "40506070"


@pytest.fixture
def made(app: Flask, database: None, during: None) -> Any:
    """Make the vote of a test; gives its id and a printed code."""

    def make(**changes: Any) -> tuple[int, str]:
        with app.app_context():
            vote = an_open_vote(build_world(), **changes)
            on_roll(vote, DNI, email="votante@example.pe")
            code = a_token(vote)
            vote_id = vote.id
            db.session.commit()
            db.session.remove()
        return vote_id, code

    return make


def letter_code(app: Flask) -> str:
    with app.app_context():
        letters = db.session.query(Notification).order_by(Notification.id.desc()).all()
        return str(letters[0].content["code"])


def carried(page: ParsedPage) -> str:
    return str(page.soup.find("input", {"name": "carried"})["value"])


def stored(app: Flask, vote_id: int) -> list[Any]:
    with app.app_context():
        return [ballot.choices for ballot in db.session.query(Ballot).filter_by(vote_id=vote_id)]


def enter_by_mail(browser: Browser, app: Flask) -> None:
    page = browser.post("voting.ask_code", {"document": DNI}, status=200, **AT)
    handle = page.soup.find("input", {"name": "handle"})["value"]
    browser.post("voting.prove_code", {"handle": handle, "code": letter_code(app)}, **AT)


def test_somebody_votes_with_a_code_by_mail_and_checks_the_receipt(app: Flask, browser: Browser, made: Any) -> None:
    vote_id, _ = made()
    enter_by_mail(browser, app)
    page = browser.get("voting.vote", **AT)
    assert page.heading == "Elija sus proyectos" and "Aún no ha votado: falta confirmar." in page
    page = browser.post("voting.review", {"opcion": ["3", "1"], "accion": "revisar"}, status=200, **AT)
    assert page.heading == "Revise antes de votar" and "1 · Ampliar la posta" in page
    assert stored(app, vote_id) == []
    browser.post("voting.cast", {"carried": carried(page)}, **AT)
    assert stored(app, vote_id) == [[[1, 1], [3, 1]]]
    page = browser.get("voting.receipt", **AT)
    code = page.soup.select_one(".copy-code__code").get_text(strip=True)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert code not in browser.get("voting.receipt", **AT).html
    assert "Sí está" in browser.post("voting.check_receipt", {"receipt": code.lower()}, status=200, **AT)
    assert "No está" in browser.post("voting.check_receipt", {"receipt": code[:-1] + "9"}, status=200, **AT)


def test_a_second_ballot_is_refused_whoever_tries(app: Flask, browser: Browser, made: Any) -> None:
    vote_id, _ = made()
    enter_by_mail(browser, app)
    page = browser.post("voting.review", {"opcion": "1", "accion": "revisar"}, status=200, **AT)
    again = Browser(app)
    enter_by_mail(again, app)
    browser.post("voting.cast", {"carried": carried(page)}, **AT)
    page = again.post("voting.review", {"opcion": "2", "accion": "revisar"}, status=422, **AT)
    assert "Ya figura como votante" in page
    assert len(stored(app, vote_id)) == 1


def test_a_printed_code_opens_one_ballot_however_it_is_typed(app: Flask, browser: Browser, made: Any) -> None:
    vote_id, code = made()
    browser.post("voting.enter_with_token", {"token": code.lower().replace("-", " ")}, **AT)
    page = browser.post("voting.review", {"blanco": "1", "accion": "revisar"}, status=200, **AT)
    assert "Voto en blanco" in page
    browser.post("voting.cast", {"carried": carried(page)}, **AT)
    assert stored(app, vote_id) == [[]]
    page = Browser(app).post("voting.enter_with_token", {"token": code}, status=422, **AT)
    assert "ya se usó" in page


KINDS: list[tuple[BallotKind, dict[str, Any], dict[str, Any], list[list[int]]]] = [
    (BallotKind.KNAPSACK, {"limit_cents": 900_000_00}, {"opcion": ["1", "3"]}, [[1, 1], [3, 1]]),
    (BallotKind.CUMULATIVE, {"points": 10}, {"puntos-2": "7", "puntos-4": "3", "puntos-1": "0"}, [[2, 7], [4, 3]]),
    (BallotKind.ORDINAL, {}, {"lugar-4": "1", "lugar-1": "2"}, [[4, 1], [1, 1]]),
    (BallotKind.SCORE, {"points": 5}, {"puntos-3": "5"}, [[3, 5]]),
]


@pytest.mark.parametrize(("kind", "rules", "typed", "expected"), KINDS, ids=lambda value: str(value)[:12])
def test_every_kind_of_ballot_is_marked_with_plain_forms(
    app: Flask, browser: Browser, made: Any, kind: BallotKind, rules: dict[str, Any], typed: dict[str, Any], expected: list[list[int]]
) -> None:
    vote_id, code = made(kind=kind, **rules)
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    browser.get("voting.vote", **AT)
    page = browser.post("voting.review", {**typed, "accion": "revisar"}, status=200, **AT)
    back = browser.post("voting.review", {"carried": carried(page), "accion": "volver"}, status=200, **AT)
    for number, _points in expected:
        field = back.soup.find(id=f"p{number}")
        assert field.has_attr("checked") or field.get("value") or field.find("option", selected=True)["value"]
    browser.post("voting.cast", {"carried": carried(page)}, **AT)
    assert stored(app, vote_id) == [expected]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"most": 3}, "Marque hasta 3 proyectos que apoya."), ({"most": 3, "fewest": 2}, "Marque de 2 a 3 proyectos que apoya."),
        ({"most": 3, "fewest": 3}, "Marque 3 proyectos que apoya: ni más ni menos."),
        ({"kind": BallotKind.CUMULATIVE, "points": 10, "most": 4, "fewest": 3}, "Al menos 3 proyectos."),
    ],
)  # fmt: skip
def test_the_ballot_says_the_fewest_and_the_most_before_one_marks(browser: Browser, made: Any, rules: dict[str, Any], said: str) -> None:
    _vote_id, code = made(**rules)
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    page = browser.get("voting.vote", **AT)
    assert said in page and "Ha elegido 0" not in page


def test_what_does_not_fit_stays_in_sight_and_says_why(browser: Browser, made: Any) -> None:
    _vote_id, code = made(kind=BallotKind.KNAPSACK, limit_cents=900_000_00)
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    page = browser.post("voting.review", {"opcion": ["1"], "accion": "actualizar"}, status=200, **AT)
    assert "Usado S/ 480,000" in page and "Quedan S/ 420,000" in page
    assert "No alcanza: faltan S/ 190,000. Quite otro proyecto para marcarlo." in page and "31" not in page.heading
    page = browser.post("voting.review", {"opcion": ["1", "2"], "accion": "revisar"}, status=422, **AT)
    assert "Se pasó por S/ 190,000" in page
    assert page.soup.find(id="p1").has_attr("checked") and page.soup.find(id="p2").has_attr("checked")


def test_a_filter_loses_nothing_that_was_marked(browser: Browser, made: Any) -> None:
    _vote_id, code = made()
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    page = browser.post("voting.review", {"opcion": ["1"], "texto": "biblioteca", "accion": "filtrar"}, status=200, **AT)
    assert {row["data-number"] for row in page.soup.select(".project")} == {"1", "3"}
    assert page.soup.find(id="p1").has_attr("checked")


def test_the_order_is_one_s_own_and_stays(app: Flask, browser: Browser, made: Any) -> None:
    _vote_id, code = made()

    def order(page: ParsedPage) -> list[str]:
        return [str(row["data-number"]) for row in page.soup.select(".project")]

    browser.post("voting.enter_with_token", {"token": code}, **AT)
    first = order(browser.get("voting.vote", **AT))
    assert order(browser.post("voting.review", {"opcion": ["1"], "accion": "actualizar"}, status=200, **AT)) == first
    orders = set()
    for _ in range(12):
        other = Browser(app)
        other.post("voting.enter_with_token", {"token": code}, **AT)
        orders.add(tuple(order(other.get("voting.vote", **AT))))
    assert len(orders) > 3


def test_a_selection_outlives_the_session(app: Flask, browser: Browser, made: Any) -> None:
    _vote_id, code = made()
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    late = Browser(app)
    page = late.post("voting.review", {"opcion": ["3"], "accion": "revisar"}, status=422, **AT)
    assert "lo que marcó sigue guardado" in page
    page = late.post("voting.enter_with_token", {"token": code, "carried": carried(page)}, status=200, **AT)
    assert page.soup.find(id="p3").has_attr("checked")
    assert DNI not in page.html


def test_the_answer_is_the_same_whoever_asks_for_a_code(app: Flask, browser: Browser, made: Any) -> None:
    made()

    def told(document: str) -> str:
        page = browser.post("voting.ask_code", {"document": document}, status=200, **AT)
        return re.sub(r'value="[^"]*"', "", page.html)

    assert told(DNI) == told("11112222")
    with app.app_context():
        assert db.session.query(Notification).count() == 1


def test_each_person_can_see_whether_they_are_marked(app: Flask, browser: Browser, made: Any) -> None:
    made()

    def look() -> ParsedPage:
        page = browser.post("voting.ask_mark", {"document": DNI}, status=200, **AT)
        handle = page.soup.find("input", {"name": "handle"})["value"]
        return browser.post("voting.prove_code", {"handle": handle, "code": letter_code(app)}, status=200, **AT)

    assert look().heading == "Usted no figura como votante"
    enter_by_mail(browser, app)
    page = browser.post("voting.review", {"opcion": "1", "accion": "revisar"}, status=200, **AT)
    browser.post("voting.cast", {"carried": carried(page)}, **AT)
    page = look()
    assert page.heading == "Usted figura como votante" and "por internet" in page and "¿No fue usted?" in page


def test_the_public_page_says_everything_before_the_vote(browser: Browser, made: Any) -> None:
    made()
    page = browser.get("voting.show", **AT)
    assert "Los números de la Tinka del domingo." in page and "menos de 10" in page
    assert browser.get("voting.index", slug="plan-prueba").heading == "Votaciones"
    assert browser.get("voting.rules", **AT).html.startswith("{")
    assert RULES["fewest_shown"] == 10


STAGES = [
    (
        VoteState.ANNOUNCED,
        -1,
        "Anunciada, aún no abre",
        ("Cómo se votará", "Cómo se cuenta", "Marque hasta"),
        ("Votar", "Abrió", "Votaron"),
    ),
    (VoteState.OPEN, 0, "Se puede votar hasta", ("Cómo se vota", "Han votado", "Abrió", "Cierra"), ("Cómo se votó", "Cerró")),
    (
        VoteState.OPEN,
        20,
        "Terminó, falta cerrar la urna",
        ("Cómo se votó", "Se marcaban", "personas votaron", "Cerró"),
        ("Cómo se vota<", "Marque hasta"),
    ),
    (VoteState.CLOSED, 20, "Urna cerrada, falta el conteo", ("Cómo se votó", "Códigos impresos:"), ("Cómo se vota<", "Cómo se contó")),
    (VoteState.COUNTED, 20, "Contada, faltan publicar", ("Cómo se contó", "nadie ha visto quién gana"), ("Cómo se vota<", "pueden votar")),
    (VoteState.PUBLISHED, 20, "Resultados publicados", ("Cómo se contó", "podían votar"), ("Antes del conteo", "Marque hasta", "Cierra<")),
]


@pytest.mark.parametrize(("state", "days", "title", "said", "unsaid"), STAGES, ids=lambda value: str(value)[:12])
def test_the_public_page_speaks_of_each_moment_in_its_own_tense(
    app: Flask, browser: Browser, made: Any, state: VoteState, days: int, title: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    vote_id, _ = made(state=state, closed_at=DURING if days == 20 and state is not VoteState.OPEN else None)
    with mock.patch("app.core.clock.now", lambda: DURING + timedelta(days=days if days >= 0 else -2)):
        page = browser.get("voting.show", **AT)
    main = str(page.soup.find("main"))
    assert title in page and all(words in main for words in said)
    assert [words for words in unsaid if words in main and words != "Votar"] == []
    assert (page.soup.find("a", string="Votar") is not None) is (days == 0)


def test_a_reminder_is_asked_for_with_the_code_and_the_page_says_to_whom_it_goes(app: Flask, browser: Browser, made: Any) -> None:
    made()
    assert "A quien ya votó no se le escribe nada" in browser.get("voting.show", **AT)
    page = browser.post("voting.ask_code", {"document": DNI}, status=200, **AT)
    assert page.soup.find("input", {"name": "reminds"}) is not None
    handle = page.soup.find("input", {"name": "handle"})["value"]
    browser.post("voting.prove_code", {"handle": handle, "code": letter_code(app), "reminds": "y"}, **AT)
    with app.app_context():
        assert db.session.query(RollContact).one().wants_reminder is True


def test_where_the_vote_reminds_nobody_no_page_offers_it(browser: Browser, made: Any) -> None:
    made(rules={"reminders": False})
    assert "recuérdenme" not in browser.post("voting.ask_code", {"document": DNI}, status=200, **AT)
    assert "se le recuerda" not in browser.get("voting.show", **AT)


def test_a_booth_knows_nobody_and_ends_by_itself(app: Flask, browser: Browser, made: Any) -> None:
    from app.voting import services

    vote_id, _ = made()
    with app.app_context():
        vote = queries.vote_by_id(vote_id)
        assert vote is not None
        _booth, handle = services.open_booth(vote, "Local comunal", "918273", person_id=vote.created_by_id, now=vote.opens_at)
        db.session.commit()
    booth = {**AT, "handle": handle}
    assert browser.get("voting.booth", **booth).heading == "Cabina 1"
    assert "clave de la mesa no es" in browser.post("voting.hand_over", {"document": DNI, "pin": "000000"}, status=422, **booth)
    browser.post("voting.hand_over", {"document": DNI, "pin": "918273"}, **booth)
    page = browser.get("voting.vote", **AT)
    assert page.response.headers["Refresh"].endswith(f"/cabina/{handle}") and page.response.headers["Cache-Control"] == "no-store"
    assert DNI not in page.html
    page = browser.post("voting.review", {"opcion": "1", "accion": "revisar"}, status=200, **AT)
    browser.post("voting.cast", {"carried": carried(page)}, **AT)
    assert browser.get("voting.receipt", **AT).response.headers["Refresh"].startswith("60;")
    assert browser.get("voting.vote", **AT).heading == "Identifíquese para votar"
    assert stored(app, vote_id) == [[[1, 1]]]
