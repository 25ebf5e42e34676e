"""Lists cost the same statements for few and for many, and stand in the order in which letters are carried."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, update

from app.contributions.models import Authorship
from app.core.db import db
from app.letters import queries
from app.letters.rules.deliveries import LetterState, standing
from app.letters.rules.replies import ReplyState
from app.notifications.models import Notification
from tests.factories.letters import answered, current, replied
from tests.world import World


@pytest.fixture(autouse=True)
def context(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()


def statements(ask) -> int:
    seen: list[str] = []
    listen = lambda *a: seen.append(a[2])  # noqa: E731 - one line for the list of statements
    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(seen)


def test_every_list_costs_the_same_for_one_and_for_many(world: World) -> None:
    replied(answered(world, "cero"))
    asked = {
        "letters": lambda: queries.letters(world.process_id, None, 1),
        "counts": lambda: queries.counts(world.process_id),
        "to print": lambda: queries.to_print(world.process_id, 60),
        "mine": lambda: queries.said_under("rosa@example.pe", 1),
        "replies": lambda: queries.page_of_replies(world.process_id, ReplyState.OPEN, 1),
    }
    few = {name: statements(ask) for name, ask in asked.items()}
    for n in range(6):
        replied(answered(world, f"caso-{n}"))
    assert {name: statements(ask) for name, ask in asked.items()} == few
    assert max(few.values()) <= 6, few


def test_a_page_of_mine_holds_thirty(world: World) -> None:
    for n in range(3):
        answered(world, f"caso-{n}")
    page = queries.said_under("rosa@example.pe", 1)
    assert page.total == 3 and [said.decision is not None for said in page.rows] == [True] * 3
    assert queries.said_under("rosa@example.pe", 2).rows == []


def test_letters_stand_in_the_order_of_their_codes_when_they_share_a_place(world: World) -> None:
    made = [answered(world, f"caso-{n}", email="") for n in range(3)]
    assert queries.to_print(world.process_id, 2) == [current(c).id for c in made][:2]
    assert [row.code for row in queries.letters(world.process_id, LetterState.TO_PRINT, 1).rows] == [c.code for c in made]


def test_a_process_only_sees_its_own(world: World) -> None:
    replied(answered(world))
    other = world.process_id + 1
    assert queries.letters(other, None, 1).total == 0 and queries.replies_open([other]) == {} and queries.oldest_to_print([other]) == {}
    assert queries.replies_open([world.process_id])[world.process_id][0] == 1
    assert queries.replies_open([]) == {} and queries.oldest_to_print([]) == {} and queries.replies_of([]) == {}


@pytest.mark.parametrize("mail", ["queued", "sent", "dead", None])
def test_the_database_says_the_same_as_the_rule(world: World, mail: str | None) -> None:
    contribution = answered(world, email="rosa@example.pe" if mail else "")
    if mail:
        db.session.execute(update(Notification).values(state=mail))
    assert queries.state_of(current(contribution).id) is standing(None, mail)


def test_one_of_finds_only_what_the_link_may_show(world: World) -> None:
    mine, other = answered(world), answered(world, "ajeno", email="mateo@example.pe")
    nobodys = answered(world, "nadie", email="")
    assert queries.one_of("rosa@example.pe", None, mine.code) is not None
    assert queries.one_of("rosa@example.pe", None, other.code) is None
    assert queries.one_of("", None, nobodys.code) is None, "no address is nobody's address"
    assert queries.one_of("", mine.id, other.code) is None
    assert db.session.get_one(Authorship, nobodys.id).email == ""
