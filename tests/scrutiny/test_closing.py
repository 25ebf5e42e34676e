"""Closing the box: two people, after the hour, with books that balance (reliability.md 6.1, B08)."""

import pytest
from sqlalchemy import inspect

from app.core.db import db
from app.core.errors import RuleBroken
from app.scrutiny import queries, services
from app.scrutiny.rules import books
from app.scrutiny.rules.acts import Key, ScrutinyProblem
from app.scrutiny.rules.tables import TableProblem
from app.voting.models import Ballot, Receipt, RollContact, RollEntry
from app.voting.rules import Channel, VoteState
from tests.cast import FELIX, GLORIA, SARA
from tests.factories.scrutiny import AFTER, again, an_ended_vote, closed, counted, neighbours
from tests.factories.voting import on_roll
from tests.world import NOON, build_world


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(problem.code) for problem in refused.value.problems]


def test_two_people_close_after_the_hour(context: None) -> None:
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    with pytest.raises(RuleBroken) as early:
        services.close(vote, person_id=world.id_of(SARA), now=NOON)
    assert codes(early) == [ScrutinyProblem.STILL_OPEN]
    assert services.close(vote, person_id=world.id_of(SARA), now=vote.closes_at) is False
    assert vote.closed_at is None
    with pytest.raises(RuleBroken) as alone:
        services.close(vote, person_id=world.id_of(SARA), now=AFTER)
    assert codes(alone) == [ScrutinyProblem.SAME_PERSON]
    assert services.close(vote, person_id=world.id_of(FELIX), now=AFTER) is True
    assert (vote.state, vote.closed_at) == (VoteState.CLOSED, AFTER)
    with pytest.raises(RuleBroken) as late:
        services.close(vote, person_id=world.id_of(GLORIA), now=AFTER)
    assert codes(late) == [ScrutinyProblem.ALREADY_CLOSED]


def test_the_close_keeps_every_mark_ballot_and_receipt_and_erases_addresses(context: None) -> None:
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    on_roll(vote, "40506070", email="rosa@example.pe")
    before = (
        sorted((row.voter_key, row.status) for row in db.session.query(RollEntry)),
        sorted((row.id, str(row.choices)) for row in db.session.query(Ballot)),
        sorted(row.code_sha256 for row in db.session.query(Receipt)),
    )
    vote = closed(vote, world)
    after = (
        sorted((row.voter_key, row.status) for row in db.session.query(RollEntry)),
        sorted((row.id, str(row.choices)) for row in db.session.query(Ballot)),
        sorted(row.code_sha256 for row in db.session.query(Receipt)),
    )
    assert before == after and len(before[1]) == 60
    assert db.session.query(RollContact).count() == 0
    assert books.problems(queries.books_of(vote.id)) == ()
    closing = queries.closing_of(vote.id)
    assert closing is not None and closing.scrubbed_at == AFTER and closing.books["ballots"] == 60


def test_no_key_joins_the_roll_the_box_and_the_receipts(context: None) -> None:
    """No table of the vote has a column of another, and none says when or in which order."""
    names = {table: {column["name"] for column in inspect(db.engine).get_columns(table)} for table in ("roll", "ballot", "receipt")}
    assert names["ballot"] == {"id", "vote_id", "ubigeo", "choices"}
    assert names["receipt"] == {"code_sha256", "vote_id"}
    assert names["roll"] == {"id", "vote_id", "voter_key", "ubigeo", "channel", "status"}


def test_a_ballot_too_many_stops_the_publication(context: None) -> None:
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    db.session.add(Ballot(id="f" * 32, vote_id=vote.id, ubigeo="080101", choices=[[2, 1]]))
    db.session.flush()
    vote = counted(vote, world)
    found = books.problems(queries.books_of(vote.id))
    assert [(problem.code, problem.values["difference"]) for problem in found] == [
        (ScrutinyProblem.BOOKS_MARKS, 1), (ScrutinyProblem.BOOKS_RECEIPTS, 1),
    ]  # fmt: skip
    row = queries.count_of(vote.id)
    assert row is not None
    with pytest.raises(RuleBroken) as refused:
        services.sign(vote, row, Key.GOVERNMENT, source="", reasons={}, person_id=world.id_of(GLORIA), now=AFTER)
    assert ScrutinyProblem.BOOKS_MARKS in codes(refused)
    assert again(vote.round.process.slug, vote.slug).state is VoteState.COUNTED


def test_each_equation_of_the_books_is_told_with_its_difference() -> None:
    marks = {Channel.WEB: 3, Channel.PAPER: 4, Channel.TOKEN: 1}
    table = books.TableBooks("7", 4, 5, 6, 3, 1, 1)
    told = books.Books(10, marks, 6, 4, tokens=books.Tokens(5, 2, 1, 1), tables=(table,))
    assert [(str(p.code), p.values["difference"]) for p in books.problems(told)] == [
        ("scrutiny-books-marks", 1), ("scrutiny-books-receipts", 2), ("scrutiny-books-handed", 1), ("scrutiny-books-tokens", 1),
        ("scrutiny-books-table", 1), (str(TableProblem.MARKS_UNEQUAL), 1), (str(TableProblem.SIGNATURES), 1), (str(TableProblem.PARTS), 1),
    ]  # fmt: skip


def test_the_box_is_not_counted_before_its_order_is_gone(context: None) -> None:
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    services.close(vote, person_id=world.id_of(SARA), now=AFTER)
    services.close(vote, person_id=world.id_of(FELIX), now=AFTER)
    vote.seed = "0412233144"
    with pytest.raises(RuleBroken) as refused:
        services.count(vote, person_id=world.id_of(SARA), now=AFTER)
    assert codes(refused) == [ScrutinyProblem.NOT_SCRUBBED]
