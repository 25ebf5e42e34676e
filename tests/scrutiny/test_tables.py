"""Paper tables: keyed twice by two people, with an acta, a list on the roll, and figures that add up (B16)."""

import random
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import RuleBroken
from app.evidence.rules import FileUpload
from app.scrutiny import queries, services
from app.scrutiny.models import PollingTable, TableKeying
from app.scrutiny.rules.acts import ScrutinyProblem
from app.scrutiny.rules.tables import Entry, Sheet, TableProblem, Turn
from app.voting import services as voting
from app.voting.models import Ballot, Vote
from app.voting.rules import Channel
from app.voting.services import keys
from tests.cast import FELIX, GLORIA, INES, MARCO, SARA
from tests.factories.files import pdf
from tests.factories.scrutiny import AFTER, SHARES, an_ended_vote, closed, counted, neighbours
from tests.factories.voting import on_roll
from tests.world import NOON, World, build_world

DOCUMENTS = [f"4050607{digit}" for digit in range(8)]


def refused(call: Any, *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        call(*args, **kwargs)
    return [str(problem.code) for problem in broken.value.problems]


def a_table(world: World, *, marks: bool = True, acta: bool = True, **changes: Any) -> PollingTable:
    """Table 7 of an ended vote, its eight people marked in time and its acta attached."""
    vote = an_ended_vote(world, neighbours(), **changes)
    for document in DOCUMENTS:
        on_roll(vote, document)
    table = services.open_table(vote, 7, "Colegio Garcilaso", "080101", "", person_id=world.id_of(SARA), now=NOON)
    table.vote = vote
    if marks:
        mark(table, world)
    if acta:
        services.attach_acta(table, FileUpload("acta.pdf", pdf()), person_id=world.id_of(SARA), now=NOON)
    return table


def reloaded(table: PollingTable) -> None:
    """As the next request finds it."""
    number = table.vote_id
    db.session.flush()
    db.session.expire_all()
    found = queries.vote_by_id(number)
    assert found is not None
    table.vote = found


def mark(table: PollingTable, world: World, documents: list[str] = DOCUMENTS, now: Any = NOON) -> int:
    found = keys.voter_keys(table.vote, documents)
    return services.load_marks(table, documents, keys=found, person_id=world.id_of(SARA), now=now)


TOTALS = Sheet(8, 8, 6, 1, 1, {1: (4, 4), 2: (3, 3), 3: (2, 2)})
PAPERS = Sheet(8, 8, 3, 4, 1, ballots=[(1, [[1, 1]]), (2, [[2, 1], [4, 1]]), (3, [[3, 1]])])


def key(table: PollingTable, world: World, who: Any, sheet: Sheet = TOTALS, now: Any = AFTER) -> bool:
    return services.key_table(table, sheet, person_id=world.id_of(who), now=now)


def test_two_equal_readings_settle_a_table_and_its_totals_join_the_count(context: None) -> None:
    world = build_world()
    table = a_table(world)
    assert table.entry is Entry.TOTALS
    assert key(table, world, INES) is False and table.settled_at is None
    assert key(table, world, GLORIA) is True and (table.valid, table.blank, table.spoilt) == (6, 1, 1)
    vote = counted(table.vote, world)
    row = queries.count_of(vote.id)
    assert row is not None and row.agrees is True and row.result["by_totals"] is True and row.result["with_ballots"] is False
    votes = {project["project_id"]: project["votes"] for project in row.result["parts"][0]["report"]["projects"]}
    assert votes == {"1": 15 + 4, "2": 15 + 3, "3": 30 + 2, "4": 30}
    assert row.result["parts"][0]["report"]["voters"] == 60 + 6 + 1
    assert {one["rule"] for one in row.result["parts"][0]["alternatives"]} == {"greedy", "greedy-no-skip"}


def test_the_same_clerk_never_keys_a_table_twice(context: None) -> None:
    world = build_world()
    table = a_table(world)
    key(table, world, INES)
    assert refused(key, table, world, INES) == [TableProblem.SAME_CLERK]

    db.session.add(TableKeying(table_id=table.id, turn=Turn.SECOND, person_id=world.id_of(INES), content={}, reason="", keyed_at=AFTER))
    with pytest.raises(IntegrityError):  # the database says the same
        db.session.flush()
    db.session.rollback()


def test_two_sheets_that_differ_wait_for_a_third_person(context: None) -> None:
    world = build_world()
    table = a_table(world)
    key(table, world, INES)
    assert key(table, world, GLORIA, Sheet(8, 8, 6, 1, 1, {1: (4, 4), 2: (2, 2), 3: (2, 2)})) is False
    assert refused(key, table, world, MARCO) == [TableProblem.KEYED_TWICE]
    assert refused(services.close, table.vote, person_id=world.id_of(SARA), now=AFTER) == [ScrutinyProblem.TABLES_WAITING]
    decide = services.settle_table
    assert refused(decide, table, TOTALS, "corto", person_id=world.id_of(FELIX), now=AFTER) == [TableProblem.REASON_SHORT]
    assert refused(decide, table, TOTALS, "La papeleta 3 marca el 2.", person_id=world.id_of(INES), now=AFTER) == [TableProblem.SAME_CLERK]
    decide(table, TOTALS, "La papeleta 3 marca el proyecto 2, se ve con luz.", person_id=world.id_of(FELIX), now=AFTER)
    assert table.content == TOTALS.data()
    assert [row.turn for row in queries.keyings(table.id)] == [Turn.FIRST, Turn.SECOND, Turn.THIRD]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (Sheet(8, 7, 5, 1, 1), TableProblem.SIGNATURES),
        (Sheet(8, 8, 8, 1, 1), TableProblem.PARTS),
        (Sheet(8, 8, 6, 1, 1, {1: (7, 7)}), TableProblem.TOTAL_ABOVE),
        (Sheet(8, 8, 6, 1, 1, {1: (2, 2)}), TableProblem.TOTAL_SHORT),
        (Sheet(8, 8, 6, 1, 1, {1: (6, 6), 9: (1, 1)}), TableProblem.UNKNOWN_PROJECT),
        (Sheet(6_000, 6_000, 6_000, 0, 0, {1: (6_000, 6_000)}), TableProblem.TOO_MANY),
    ],
)
def test_figures_that_do_not_add_up_are_refused(sheet: Sheet, code: TableProblem, context: None) -> None:
    world = build_world()
    assert code in refused(key, a_table(world), world, INES, sheet)


def test_a_table_needs_its_acta_its_list_and_the_end_of_the_vote(context: None) -> None:
    world = build_world()
    table = a_table(world, acta=False, marks=False)
    assert refused(key, table, world, INES, now=NOON) == [TableProblem.TOO_EARLY]
    assert refused(key, table, world, INES) == [TableProblem.NO_ACTA]
    services.attach_acta(table, FileUpload("acta.pdf", pdf()), person_id=world.id_of(SARA), now=AFTER)
    key(table, world, INES)
    assert refused(key, table, world, GLORIA) == [TableProblem.MARKS_UNEQUAL]


def test_the_list_is_loaded_before_the_online_channels_close_and_whole_or_not_at_all(context: None) -> None:
    world = build_world()
    table = a_table(world, marks=False)
    assert refused(mark, table, world, now=AFTER) == [TableProblem.MARKS_LATE]
    assert refused(mark, table, world, [*DOCUMENTS, "99999999"]) == [TableProblem.MARKS_UNKNOWN]
    assert refused(mark, table, world, [*DOCUMENTS, DOCUMENTS[0]]) == [TableProblem.MARKS_UNKNOWN]
    assert refused(mark, table, world, [*DOCUMENTS, "1234"]) == [TableProblem.MARKS_MALFORMED]
    online = on_roll(table.vote, "70707070")

    voting.cast(table.vote, voting.Pass(Channel.WEB, online), [[1, 1]], now=NOON)
    reloaded(table)
    assert refused(mark, table, world, [*DOCUMENTS, "70707070"]) == [TableProblem.MARKS_VOTED]
    assert queries.books_of(table.vote_id).marks[Channel.PAPER] == 0
    voting.mark(table.vote, keys.voter_key(table.vote, DOCUMENTS[0]), Channel.PAPER, now=NOON)  # one by one, while the table voted
    reloaded(table)
    assert mark(table, world) == 8 and queries.books_of(table.vote_id).marks[Channel.PAPER] == 8
    assert refused(mark, table, world) == [TableProblem.MARKS_TWICE]


def test_a_vote_on_paper_alone_takes_its_lists_after_the_hour(context: None) -> None:
    world = build_world()
    table = a_table(world, marks=False, channels=["paper"])
    assert mark(table, world, now=AFTER) == 8


def test_papers_keyed_one_by_one_enter_the_box_at_the_close(context: None) -> None:
    world = build_world()
    table = a_table(world, sheet=SHARES)
    assert table.entry is Entry.BALLOTS
    wrong = Sheet(8, 8, 3, 4, 1, ballots=[(1, [[1, 1]]), (1, [[2, 1]]), (3, [[9, 1]])])
    assert set(refused(key, table, world, INES, wrong)) == {TableProblem.BALLOT_SERIAL, TableProblem.BALLOT_INVALID}
    shuffled = Sheet(8, 8, 3, 4, 1, ballots=random.Random(1).sample(list(PAPERS.ballots), 3))
    key(table, world, INES, PAPERS)
    assert key(table, world, GLORIA, shuffled) is True  # in another order, the same papers
    number, table_id = table.vote_id, table.id
    vote: Vote = closed(table.vote, world)
    assert db.session.query(Ballot).filter_by(vote_id=number).count() == 60 + 3 + 4
    again = db.session.get(PollingTable, table_id)
    assert again is not None and again.poured == 7
    books = queries.books_of(vote.id)
    assert (books.cast_here, books.receipts, books.signatures, books.marks[Channel.PAPER]) == (60, 60, 8, 8)
