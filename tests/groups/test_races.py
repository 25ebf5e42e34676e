"""Two people at once: a contribution ends in one group, and a group's answer is never half of two."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.feedback import queries as feedback
from app.feedback import services as answers
from app.groups import queries, services
from app.groups.models import GroupMember
from tests.cast import ANA, LUIS, SARA
from tests.feedback.answers import NOT_ADOPTED, process_of, say
from tests.feedback.test_races import at_once, site  # noqa: F401 - fixture
from tests.world import NOON, World

ROUNDS = 6


def said(site: tuple[Flask, World], number: int) -> list[str]:  # noqa: F811
    app, world = site
    with app.app_context():
        codes = [say(world, f"carrera-{number}-{n}").code for n in range(4)]
        db.session.commit()
        db.session.remove()
    return codes


def test_of_two_groups_made_at_once_with_the_same_contribution_one_stands(site: tuple[Flask, World]) -> None:  # noqa: F811
    app, world = site
    for number in range(ROUNDS):
        first, shared, last, _ = said(site, number)

        def make(codes: list[str]) -> Callable[[], Any]:
            return lambda: services.make(
                process_of(world), codes, "Monitores elegidos por la comunidad", person_id=world.id_of(SARA), now=NOON
            )

        results = at_once(app, make([first, shared]), make([shared, last]))
        assert sorted(results) in (["done", "group-in-another"], ["done", "group-changed"]), results
        with app.app_context():
            id_ = feedback.contribution_for_staff(shared).id
            present = select(func.count()).where(GroupMember.contribution_id == id_, GroupMember.removed_at.is_(None))
            assert db.session.scalar(present) == 1
            db.session.remove()


def test_a_group_that_grows_while_it_is_answered_is_answered_whole_or_not_at_all(site: tuple[Flask, World]) -> None:  # noqa: F811
    app, world = site
    for number in range(ROUNDS):
        codes = said(site, number)
        with app.app_context():
            group = answers.make_group(process_of(world), codes[:2], "Monitores elegidos", person_id=world.id_of(SARA), now=NOON)
            group_id, token = group.id, feedback.group_standing(group).token
            db.session.commit()
            db.session.remove()

        def grow(group_id: int = group_id, code: str = codes[2]) -> Any:
            group = queries.locked_group(group_id)
            return answers.add_to_group(group, [code], person_id=world.id_of(SARA), now=NOON)

        def write(group_id: int = group_id, code: str = codes[0], token: int = token) -> Any:
            return answers.write(
                feedback.contribution_for_staff(code), NOT_ADOPTED, and_submit=False, revision=token, person_id=world.id_of(ANA), now=NOON
            )

        results = at_once(app, grow, write)
        assert results[0] == "done" and results[1] in ("done", "lost"), results
        with app.app_context():
            here = feedback.group_standing_by_id(group_id)
            assert here.codes == tuple(codes[:3])
            assert (here.is_whole and len(here.open) == 3) if results[1] == "done" else here.open == {}
            db.session.remove()


def test_of_two_saves_of_a_group_one_stands_for_every_member(site: tuple[Flask, World]) -> None:  # noqa: F811
    app, world = site
    for number in range(ROUNDS):
        codes = said(site, number)
        with app.app_context():
            group = answers.make_group(process_of(world), codes[:3], "Monitores elegidos", person_id=world.id_of(SARA), now=NOON)
            group_id, token = group.id, feedback.group_standing(group).token
            db.session.commit()
            db.session.remove()

        def save(person_id: int, code: str, words: str, token: int = token) -> Callable[[], Any]:
            return lambda: answers.write(
                feedback.contribution_for_staff(code), replace(NOT_ADOPTED, criterion=words), and_submit=False, revision=token,
                person_id=person_id, now=NOON,
            )  # fmt: skip

        results = at_once(app, save(world.id_of(ANA), codes[0], "de Ana"), save(world.id_of(LUIS), codes[2], "de Luis"))
        assert sorted(results) == ["done", "second"]
        with app.app_context():
            here = feedback.group_standing_by_id(group_id)
            assert here.is_whole and {row.criterion for row in here.open.values()} == {"de Ana" if results[0] == "done" else "de Luis"}
            db.session.remove()
