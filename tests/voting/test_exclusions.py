"""A project that can no longer be done: out of the count by two people, in public, before the close; the ballot stays as it was."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken
from app.projects.models import Project
from app.projects.rules import ProjectState
from app.scrutiny import queries as scrutiny
from app.voting import queries, services
from app.voting.rules import VoteState
from app.voting.rules.exclusions import ExclusionProblem, problems_with_asking, problems_with_settling
from tests.browser import Browser
from tests.cast import FELIX, MILA, SARA
from tests.factories.scrutiny import AFTER, an_ended_vote, closed, neighbours, published
from tests.factories.voting import a_municipal_person, a_token, an_open_vote
from tests.world import NOON, World, build_world

AT = {"slug": "plan-prueba", "vote": "votacion"}
REASON = "El terreno de la posta pasó a otra entidad el 3 de abril."


def codes(problems: list[Any]) -> list[str]:
    return [str(problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("state", "number", "reason", "expected"),
    [
        (VoteState.ANNOUNCED, 1, REASON, []), (VoteState.OPEN, 1, REASON, []), (VoteState.DRAFT, 1, REASON, [ExclusionProblem.TOO_LATE]),
        (VoteState.CLOSED, 1, REASON, [ExclusionProblem.TOO_LATE]), (VoteState.COUNTED, 1, REASON, [ExclusionProblem.TOO_LATE]),
        (VoteState.OPEN, 9, REASON, [ExclusionProblem.UNKNOWN]), (VoteState.OPEN, 2, REASON, [ExclusionProblem.ALREADY]),
        (VoteState.OPEN, 1, "no va", [ExclusionProblem.REASON_MISSING]),
    ],
)  # fmt: skip
def test_it_is_asked_between_the_announcement_and_the_close_with_a_reason(
    state: VoteState, number: int, reason: str, expected: list[str]
) -> None:
    assert codes(problems_with_asking(state, number, reason, on_ballot={1, 2, 3}, asked={2})) == expected


def test_another_person_settles_it_once_and_in_time() -> None:
    assert codes(problems_with_settling(VoteState.OPEN, is_settled=False, is_same_person=False)) == []
    assert codes(problems_with_settling(VoteState.OPEN, is_settled=False, is_same_person=True)) == [ExclusionProblem.SAME_PERSON]
    assert codes(problems_with_settling(VoteState.OPEN, is_settled=True, is_same_person=False)) == [ExclusionProblem.SETTLED]
    assert codes(problems_with_settling(VoteState.CLOSED, is_settled=False, is_same_person=False)) == [ExclusionProblem.TOO_LATE]


def refused(deed: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        deed()
    return codes(list(broken.value.problems))


def test_what_two_people_left_out_does_not_win_for_either_program_and_its_answer_says_why(context: None) -> None:
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    asked = services.ask_exclusion(vote, 3, REASON, person_id=world.id_of(SARA), now=NOON)
    services.ask_exclusion(vote, 2, REASON, person_id=world.id_of(SARA), now=NOON)
    found = queries.exclusion(vote.id, asked.number)
    assert found is not None
    assert refused(lambda: services.settle_exclusion(found, is_out=True, person_id=world.id_of(SARA), now=NOON)) == [
        ExclusionProblem.SAME_PERSON
    ]
    services.settle_exclusion(found, is_out=True, person_id=world.id_of(FELIX), now=NOON)
    done = published(vote, world)
    row = scrutiny.published_count(done.id)
    assert row is not None and row.agrees is True and "3" not in row.result["winners"] and "2" in row.result["winners"]
    assert row.sheet["exclusions"] == {"3": REASON}
    project = db.session.query(Project).filter_by(number=3).one()
    assert project.state is ProjectState.NOT_PRIORITISED and list(queries.excluded(done.id)) == [3]
    acts = [json.loads(entry.body) for entry in db.session.query(AuditEntry)]
    told = [act for act in acts if act["action"] == "voting.exclude"]
    assert len(told) == 1 and REASON in json.dumps(told[0], ensure_ascii=False)


def test_after_the_close_nobody_leaves_a_project_out(context: None) -> None:
    world = build_world()
    vote = an_ended_vote(world, neighbours())
    number = services.ask_exclusion(vote, 3, REASON, person_id=world.id_of(SARA), now=NOON).number
    vote = closed(vote, world)
    assert refused(lambda: services.ask_exclusion(vote, 1, REASON, person_id=world.id_of(SARA), now=AFTER)) == [ExclusionProblem.TOO_LATE]
    found = queries.exclusion(vote.id, number)
    assert found is not None
    assert refused(lambda: services.settle_exclusion(found, is_out=True, person_id=world.id_of(FELIX), now=AFTER)) == [
        ExclusionProblem.TOO_LATE
    ]


def test_it_is_asked_and_settled_on_the_desk_and_told_on_the_page_and_on_the_ballot(
    app: Flask, database: None, during: None, browser: Browser
) -> None:
    with app.app_context():
        world: World = build_world()
        a_municipal_person(world)
        vote = an_open_vote(world)
        code = a_token(vote)
        db.session.commit()
        db.session.remove()
    browser.sign_in(MILA)
    page = browser.post("voting.ask_exclusion", {"out-number": "3", "out-reason": "no"}, status=422, **AT)
    assert "20 letras o más" in page and page.soup.find(id="out-number")["value"] == "3"
    browser.post("voting.ask_exclusion", {"out-number": "3", "out-reason": REASON}, **AT)
    assert "Espera a una segunda persona" in browser.get("voting.desk_vote", **AT)
    browser.post("voting.approve_exclusion", {}, number=1, status=403, **AT)
    browser.sign_out()
    assert "Fuera del conteo" not in browser.get("voting.show", **AT)
    browser.sign_in(FELIX)
    browser.post("voting.approve_exclusion", {}, number=1, **AT)
    assert "ya está resuelto" in browser.post("voting.refuse_exclusion", {}, number=1, status=422, **AT)
    browser.sign_out()
    page = browser.get("voting.show", **AT)
    assert "Fuera del conteo" in page and REASON in page
    browser.post("voting.enter_with_token", {"token": code}, **AT)
    rows = {row["data-number"]: row for row in browser.get("voting.vote", **AT).soup.select(".project")}
    assert REASON in rows["3"].get_text() and not rows["1"].select(".project__out")
    assert rows["3"].find("input")  # its ballot is as it was announced
