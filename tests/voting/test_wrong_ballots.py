"""Wrong ballots of every kind, by the service and by SQL past it: none is stored (reliability.md B03).

B03_BALLOTS=5000 is the full run. Each example changes the rules of one vote, tries, and undoes it all.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.db import db
from app.core.errors import RuleBroken
from app.voting import queries, services
from app.voting.models import Ballot, Vote
from app.voting.rules import BallotKind, Channel, Extent
from app.voting.rules.ballots import BallotRule, offered, validate_ballot
from app.voting.services import Pass
from tests.factories.voting import COSTS, RULES, an_open_vote, on_roll
from tests.postgres import postgres_app, postgres_template  # noqa: F401
from tests.world import NOON, build_world

EXAMPLES = int(os.environ.get("B03_BALLOTS", "300"))
PLACES = ("080101", "080102", None, None)
DOCUMENTS = {"080101": "40506070", "080102": "40506071", None: "40506072"}
ONES = (BallotKind.APPROVAL, BallotKind.KNAPSACK, BallotKind.ORDINAL)
MANY = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip


@dataclass
class Paper:
    """The rules of a vote, whose ballot it is, and what it says; `fault` names what is wrong with it."""

    kind: BallotKind
    fewest: int
    most: int
    points: int
    limit_cents: int
    extent: Extent
    ubigeo: str | None
    choices: Any
    fault: str = ""
    written: str = ""

    @property
    def numbers(self) -> list[int]:
        """The projects on that ballot."""
        open_to_all = {Extent.CITY: (1, 2, 3, 4), Extent.TERRITORY: (), Extent.BOTH: (3, 4)}[self.extent]
        return sorted({*open_to_all, *(n for n, place in enumerate(PLACES, 1) if place is not None and place == self.ubigeo)})


def cost(choices: Any) -> int:
    return sum(COSTS[number - 1] * 100 for number, _ in choices)


@st.composite
def right(draw: st.DrawFn) -> Paper:
    """A ballot that says what it may, under rules drawn for it."""
    paper = Paper(
        draw(st.sampled_from(BallotKind)), 1, 4, draw(st.integers(4, 12)), 0, draw(st.sampled_from(Extent)),
        draw(st.sampled_from(list(DOCUMENTS))), [],
    )  # fmt: skip
    assume(paper.numbers)
    chosen = draw(st.permutations(paper.numbers))[: draw(st.integers(1, len(paper.numbers)))]
    paper.choices = [[number, 1] for number in chosen]
    if paper.kind is BallotKind.SCORE:
        paper.choices = [[number, draw(st.integers(1, paper.points))] for number in chosen]
    if paper.kind is BallotKind.CUMULATIVE:
        paper.choices[0][1] += draw(st.integers(0, paper.points - len(chosen)))
    paper.fewest = draw(st.integers(1, len(chosen)))
    paper.most = draw(st.integers(len(chosen), 4))
    paper.limit_cents = cost(paper.choices) + draw(st.integers(0, 10_000_000))
    return paper


SHAPES = (
    "x", 7, None, {"1": 1}, [1], [[1]], [[]], [[1, 1, 1]], [["1", 1]], [[1, "1"]], [[1, 1.5]], [[1, 1.0]], [[1, None]], [[1, True]],
    [[True, 1]], [[1, [1]]], [[1, 10**12]], [[10**12, 1]], [[1, 1], "x"], "[[1, 1]]",
)  # fmt: skip
WRITTEN = (
    "[[1, 1],]",
    "[[0x1, 1]]",
    "[[1, +1]]",
    "[[1, 1e0]]",
    "[[1, 1.0]]",
    "[[1, 1]] x",
    "",
    "[[1, 1]",
    "/**/[[1, 1]]",
    "NaN",
    "[[1, 1E0]]",
)


@st.composite
def wrong(draw: st.DrawFn) -> Paper:
    """A right ballot with one fault put in."""
    paper, fault = draw(right()), draw(st.sampled_from(list(FAULTS)))
    paper.fault = fault
    FAULTS[fault](paper, draw)
    return paper


def _too_few(paper: Paper, draw: st.DrawFn) -> None:
    assume(len(paper.numbers) > 1)
    paper.choices = paper.choices[: len(paper.numbers) - 1]
    paper.fewest = draw(st.integers(len(paper.choices) + 1, 4))
    paper.most = 4


def _too_many(paper: Paper, draw: st.DrawFn) -> None:
    assume(len(paper.choices) > 1)
    paper.most = draw(st.integers(1, len(paper.choices) - 1))
    paper.fewest = 1


def _foreign(paper: Paper, draw: st.DrawFn) -> None:
    others = [n for n in (1, 2, 3, 4) if n not in paper.numbers]
    paper.choices[0][0] = draw(st.sampled_from([*others, -1, 0, 5, 99]) | st.integers(5, 2_000_000) | st.integers(-2_000_000, 0))


def _repeated(paper: Paper, draw: st.DrawFn) -> None:
    paper.choices = [*paper.choices, [draw(st.sampled_from(paper.choices))[0], 1]]
    paper.most, paper.limit_cents, paper.points = 5, 10**12, 100


def _not_positive(paper: Paper, draw: st.DrawFn) -> None:
    draw(st.sampled_from(paper.choices))[1] = draw(st.integers(-2_000_000, 0))


def _overspent(paper: Paper, draw: st.DrawFn) -> None:
    paper.kind = BallotKind.KNAPSACK
    paper.choices = [[number, 1] for number, _ in paper.choices]
    paper.limit_cents = cost(paper.choices) - draw(st.integers(1, cost(paper.choices)))


def _points(paper: Paper, draw: st.DrawFn) -> None:
    above = draw(st.integers(1, 2_000_000))
    paper.choices[0][1] = 1 + above if paper.kind in ONES else paper.points + above


def _shape(paper: Paper, draw: st.DrawFn) -> None:
    paper.choices = draw(st.sampled_from(SHAPES))


def _written(paper: Paper, draw: st.DrawFn) -> None:
    """Only by SQL: text that is not JSON, or numbers that are not whole as they are written."""
    paper.written, paper.choices = draw(st.sampled_from(WRITTEN)), None


FAULTS = {
    "too few": _too_few, "too many": _too_many, "foreign": _foreign, "repeated": _repeated, "zero or less": _not_positive,
    "overspent": _overspent, "points": _points, "shape": _shape, "written": _written,
}  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def box(request: pytest.FixtureRequest) -> Iterator[Vote]:
    """An open vote on each database, with somebody of each territory on its roll."""
    if request.param == "sqlite":
        request.getfixturevalue("database")
    app: Flask = request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")
    with app.app_context():
        vote = an_open_vote(build_world(), places=PLACES)
        for ubigeo, document in DOCUMENTS.items():
            on_roll(vote, document, ubigeo=ubigeo)
        db.session.commit()
        yield queries.vote_by_id(vote.id) or vote
        db.session.rollback()


def ruled(vote: Vote, paper: Paper) -> BallotRule:
    """Give the vote the rules of the paper until the rollback."""
    db.session.execute(
        text("UPDATE vote SET kind = :kind, fewest = :few, most = :most, points = :points, limit_cents = :limit, rules = :rules"),
        {
            "kind": paper.kind.value, "few": paper.fewest, "most": paper.most, "points": paper.points, "limit": paper.limit_cents,
            "rules": json.dumps(RULES | {"extent": paper.extent.value}),
        },
    )  # fmt: skip
    db.session.refresh(vote)
    return queries.ballot_rule(vote)


def by_service(vote: Vote, paper: Paper) -> bool:
    key = services.keys.voter_key(vote, DOCUMENTS[paper.ubigeo])
    try:
        services.cast(vote, Pass(Channel.WEB, key), paper.choices, now=NOON)
    except RuleBroken:
        return False
    return True


def by_sql(vote: Vote, paper: Paper) -> bool:
    """Past every rule of the program."""
    values = {
        "id": os.urandom(16).hex(), "vote": vote.id, "ubigeo": paper.ubigeo, "choices": paper.written or json.dumps(paper.choices),
    }  # fmt: skip
    try:
        db.session.execute(text("INSERT INTO ballot (id, vote_id, ubigeo, choices) VALUES (:id, :vote, :ubigeo, :choices)"), values)
    except DBAPIError:
        return False
    return True


def test_b03_no_wrong_ballot_is_stored_by_the_service_or_by_sql(box: Vote) -> None:
    tried: Counter[str] = Counter()
    stored: list[Paper] = []

    @MANY
    @given(paper=wrong())
    def attempt(paper: Paper) -> None:
        tried[paper.fault] += 1
        try:
            rule = ruled(box, paper)
            assert paper.written or validate_ballot(rule, paper.choices, paper.ubigeo), paper
            if not paper.written and by_service(box, paper):
                stored.append(paper)
            db.session.rollback()
            ruled(box, paper)
            if by_sql(box, paper):
                stored.append(paper)
        finally:
            db.session.rollback()

    attempt()
    print(f"B03: {sum(tried.values())} wrong ballots, stored {len(stored)}: {dict(tried)}")
    assert stored == [] and db.session.query(Ballot).count() == 0
    assert set(tried) == set(FAULTS), "a fault was never tried"


def test_b03_a_right_ballot_is_stored_by_both(box: Vote) -> None:
    """The control: a judge or a database that refused everything would pass the test above."""

    @settings(MANY, max_examples=max(40, EXAMPLES // 10))
    @given(paper=right())
    def attempt(paper: Paper) -> None:
        try:
            rule = ruled(box, paper)
            assert [option.number for option in offered(rule, paper.ubigeo)] == paper.numbers
            assert by_sql(box, paper), paper
            db.session.rollback()
            ruled(box, paper)
            assert by_service(box, paper), paper
        finally:
            db.session.rollback()

    attempt()


def test_b03_a_blank_ballot_has_no_minimum(box: Vote) -> None:
    paper = Paper(BallotKind.APPROVAL, 3, 4, 0, 0, Extent.CITY, None, [])
    ruled(box, paper)
    assert by_sql(box, paper)
