"""The database behind the judge: invalid ballots by SQL, and rules that no longer change (reliability.md B03, B09).

Both databases. Many wrong ballots of every kind are in test_wrong_ballots.
"""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.db import db
from app.voting import services
from app.voting.models import Vote
from app.voting.rules import BallotKind, Channel
from app.voting.services import Pass
from tests.browser import Browser
from tests.cast import MILA
from tests.factories.voting import a_municipal_person, an_open_vote, on_roll
from tests.world import NOON, build_world


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on each database, in a context of its own."""
    if request.param == "sqlite":
        request.getfixturevalue("database")
        app = request.getfixturevalue("app")
    else:
        app = request.getfixturevalue("postgres_app")
    with app.app_context():
        yield app
        db.session.rollback()


def put(vote: Vote, choices: Any, ubigeo: str | None = "080101") -> bool:
    """Put a ballot in the box by SQL, past every rule; whether the database took it."""
    try:
        db.session.execute(
            text("INSERT INTO ballot (id, vote_id, ubigeo, choices) VALUES (:id, :vote, :ubigeo, :choices)"),
            {"id": os.urandom(16).hex(), "vote": vote.id, "ubigeo": ubigeo, "choices": json.dumps(choices)},
        )
        db.session.commit()
    except DBAPIError:
        db.session.rollback()
        return False
    return True


REFUSED = [
    "x", 7, None, {"1": 1}, [1], [[1]], [[1, 1, 1]], [["1", 1]], [[1, 1.5]], [[1, -1]], [[1, 0]], [[9, 1]], [[0, 1]], [[-1, 1]],
    [[1, 1], [1, 1]], [[1, 2]], [[1, 1], [2, 1], [3, 1], [4, 1]], [[1, None]], [[1, True]], [[1, 99999999999]],
]  # fmt: skip


def test_b03_the_database_refuses_what_the_judge_would(either: Flask) -> None:
    vote = an_open_vote(build_world(), most=3)
    db.session.commit()
    assert [choices for choices in REFUSED if put(vote, choices)] == []
    assert put(vote, []) and put(vote, [[1, 1], [3, 1]])


def test_b03_the_database_refuses_too_few_marks_and_takes_a_blank_ballot(either: Flask) -> None:
    """A territory with two projects cannot ask for three."""
    vote = an_open_vote(build_world(), fewest=3, rules={"extent": "both"}, places=("080101", None, None, "080102"))
    db.session.commit()
    assert not put(vote, [[1, 1], [2, 1]]) and not put(vote, [[2, 1]], None)
    assert put(vote, []) and put(vote, [[1, 1], [2, 1], [3, 1]]) and put(vote, [[2, 1], [3, 1]], None)


BY_KIND: list[tuple[BallotKind, dict[str, Any], list[Any], list[Any]]] = [
    (BallotKind.KNAPSACK, {"limit_cents": 900_000_00}, [[1, 1], [2, 1]], [[1, 1], [3, 1]]),
    (BallotKind.CUMULATIVE, {"points": 10}, [[1, 8], [2, 3]], [[1, 8], [2, 2]]),
    (BallotKind.SCORE, {"points": 5}, [[1, 6]], [[1, 5]]),
    (BallotKind.ORDINAL, {}, [[1, 2]], [[4, 1], [1, 1]]),
]


@pytest.mark.parametrize(("kind", "rules", "wrong", "right"), BY_KIND, ids=lambda value: str(value)[:10])
def test_b03_the_database_knows_each_kind(
    either: Flask, kind: BallotKind, rules: dict[str, Any], wrong: list[Any], right: list[Any]
) -> None:
    vote = an_open_vote(build_world(), kind=kind, **rules)
    db.session.commit()
    assert not put(vote, wrong)
    assert put(vote, right)


def test_b03_a_project_of_another_territory_or_vote_is_refused_by_the_database(either: Flask) -> None:
    vote = an_open_vote(build_world(), rules={"extent": "both"}, places=("080101", "080102", None, None))
    db.session.commit()
    assert not put(vote, [[2, 1]]) and not put(vote, [[1, 1]], None)
    assert put(vote, [[1, 1], [3, 1]]) and put(vote, [[3, 1]], None)


def test_a_ballot_is_never_changed(either: Flask) -> None:
    vote = an_open_vote(build_world())
    db.session.commit()
    assert put(vote, [[1, 1]])
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE ballot SET choices = '[[2, 1]]'"))
    db.session.rollback()


SETTINGS: dict[str, Any] = {
    "kind": "score", "fewest": 2, "most": 1, "points": 7, "limit_cents": 5, "is_by_territory": True, "channels": '["web"]',
    "rules": '{"extent": "both"}', "rules_sha256": "f" * 64, "seed_source": "otra", "slug": "otra",
    "opens_at": NOON.replace(tzinfo=None) - timedelta(days=1), "closes_at": NOON.replace(tzinfo=None) + timedelta(days=99),
}  # fmt: skip


def test_b09_after_the_first_ballot_the_database_freezes_every_rule(either: Flask) -> None:
    vote = an_open_vote(build_world())
    db.session.commit()
    vote_id = vote.id
    for column, value in SETTINGS.items():  # before it, they may change: the trigger asks for a ballot
        db.session.execute(text(f"UPDATE vote SET {column} = {column} WHERE id = :id"), {"id": vote_id})
        db.session.execute(text(f"UPDATE vote SET {column} = :value WHERE id = :id"), {"value": value, "id": vote_id})
        db.session.rollback()
    assert put(vote, [[1, 1]])
    changed = []
    for column, value in SETTINGS.items():
        try:
            db.session.execute(text(f"UPDATE vote SET {column} = :value WHERE id = :id"), {"value": value, "id": vote_id})
            changed.append(column)
        except DBAPIError:
            pass
        db.session.rollback()
    assert changed == []
    for statement in (
        "UPDATE vote_option SET cost_cents = 1", "UPDATE vote_option SET title = 'otro'", "DELETE FROM vote_option",
        "INSERT INTO vote_option (vote_id, number, project_id, title, cost_cents) "
        "SELECT vote_id, 77, project_id + 1000, title, 1 FROM vote_option WHERE number = 1",
    ):  # fmt: skip
        with pytest.raises(DBAPIError):
            db.session.execute(text(statement))
        db.session.rollback()
    db.session.execute(
        text("UPDATE vote SET state = 'closed', seed = '7', closed_at = closes_at, title = 'T' WHERE id = :id"), {"id": vote_id}
    )


def test_b09_the_desk_refuses_too(app: Flask, database: None, browser: Browser, during: None) -> None:
    """Edit, save, sign, announce, withdraw: every form of a vote that has a ballot."""
    with app.app_context():
        world = build_world()
        a_municipal_person(world)
        vote = an_open_vote(world)
        key = on_roll(vote, "40506070")
        services.cast(vote, Pass(Channel.WEB, key), [[1, 1]], now=NOON)
        before = {c.key: getattr(vote, c.key) for c in Vote.__table__.columns}
        db.session.commit()
        before = {name: getattr(vote, name) for name in before}
        db.session.remove()
    browser.sign_in(MILA)
    at = {"slug": "plan-prueba", "vote": "votacion"}
    typed = {
        "title": "Otra", "kind": "approval", "fewest": "1", "most": "2", "extent": "city", "projects": "1", "channels": "web",
        "opens_on": "2027-04-01", "opens_hour": "08:00", "closes_on": "2027-04-09", "closes_hour": "18:00", "rule": "greedy",
        "completion": "none", "seed_source": "Otra fuente pública de la semilla", "fewest_shown": "10", "revision": "0",
    }  # fmt: skip
    assert "las reglas no se cambian" in browser.get("voting.edit", status=422, **at)
    browser.post("voting.update", typed, status=422, **at)
    browser.post("voting.sign", {"sha256": "0" * 64}, status=422, **at)
    browser.post("voting.announce", {}, status=422, **at)
    browser.post("voting.withdraw", {"reason": "Queremos cambiar el monto de la votación"}, status=422, **at)
    with app.app_context():
        vote = db.session.query(Vote).one()
        assert {name: getattr(vote, name) for name in before} == before
