"""The same door at different hours (domain.md 13 and its guards in 11): what a vote, a project and a round show before their time and after.

Who asks makes no difference to what is not public yet: the municipality and the vigilance committee read a result when everybody does (B12).
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.projects.models import Project
from app.voting import queries
from app.voting.models import Vote
from app.voting.rules import VoteState
from tests.browser import Browser
from tests.cast import CARMEN, FELIX, MATEO, MILA, ROSA, CastMember
from tests.factories.voting import a_token
from tests.security.rich import RichWorld
from tests.security.rich_scrutiny import ENDED
from tests.security.rich_voting import VOTE
from tests.security.walk import client_of
from tests.world import NOON

OPENS, CLOSES = NOON, NOON + timedelta(days=10)
BEFORE, DURING, AFTER = OPENS - timedelta(days=1), OPENS + timedelta(days=1), CLOSES
WHO: dict[str, CastMember | None] = {
    "anonymous": None, "citizen": ROSA, "agent": MATEO, "forum": FELIX, "municipal": MILA, "committee": CARMEN,
}  # fmt: skip
STAGES: dict[str, tuple[VoteState, datetime]] = {
    "draft": (VoteState.DRAFT, BEFORE),
    "announced": (VoteState.ANNOUNCED, BEFORE),
    "open": (VoteState.ANNOUNCED, DURING),  # by the clock: nobody presses a button to open it
    "over": (VoteState.OPEN, AFTER),
    "closed": (VoteState.CLOSED, AFTER),
    "counted": (VoteState.COUNTED, AFTER),
    "published": (VoteState.PUBLISHED, AFTER),
}
FROM_ANNOUNCEMENT = ("voting.show", "voting.rules", "voting.vote", "scrutiny.secrecy", "scrutiny.results")
FROM_CLOSING = ("scrutiny.receipts", "scrutiny.receipts_list")
FROM_PUBLICATION = ("scrutiny.results_json", "scrutiny.results_csv", "scrutiny.pabulib", "scrutiny.bundle", "scrutiny.count_again")

EVERY_PAGE = FROM_ANNOUNCEMENT + FROM_CLOSING + FROM_PUBLICATION


def _at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: now)


def _bring_to(app: Flask, state: VoteState, vote: str = VOTE) -> None:
    with app.app_context():
        db.session.execute(update(Vote).where(Vote.slug == vote).values(state=state))
        db.session.commit()
        db.session.remove()


def _as(app: Flask, rich: RichWorld, member: CastMember | None) -> Browser:
    browser = Browser(app)
    browser.client = client_of(app, rich, member)
    return browser


def _status(browser: Browser, endpoint: str, **arguments: Any) -> int:
    return browser.client.get(browser.url(endpoint, **arguments)).status_code


@pytest.mark.parametrize("stage", list(STAGES))
def test_each_page_of_a_vote_opens_at_its_hour_and_to_everybody_at_once(
    app: Flask, rich: RichWorld, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    state, now = STAGES[stage]
    vote = VOTE if now < AFTER else ENDED  # the one that has a box
    _at(monkeypatch, now)
    _bring_to(app, state, vote)
    open_now = set() if stage == "draft" else set(FROM_ANNOUNCEMENT)
    open_now |= set(FROM_CLOSING) if state in (VoteState.CLOSED, VoteState.COUNTED, VoteState.PUBLISHED) else set()
    open_now |= set(FROM_PUBLICATION) if state is VoteState.PUBLISHED else set()
    for who, member in WHO.items():
        browser = _as(app, rich, member)
        found = {name: _status(browser, name, slug=rich.slug, vote=vote) for name in EVERY_PAGE}
        assert found == {name: 200 if name in open_now else 404 for name in found}, who


@pytest.mark.parametrize(("stage", "status"), [("draft", 404), ("announced", 422), ("open", 303), ("over", 422), ("closed", 422)])
def test_a_printed_code_opens_a_ballot_only_while_the_vote_is_open(
    app: Flask, rich: RichWorld, monkeypatch: pytest.MonkeyPatch, stage: str, status: int
) -> None:
    state, now = STAGES[stage]
    with app.app_context():
        vote = queries.desk_vote(rich.slug, VOTE)
        assert vote is not None
        code = a_token(vote, serial=2)
        db.session.commit()
        db.session.remove()
    _at(monkeypatch, now)
    _bring_to(app, state)
    browser = Browser(app)
    got = browser.client.post(browser.url("voting.enter_with_token", slug=rich.slug, vote=VOTE), data={"token": code})
    assert got.status_code == status


def test_who_prepares_and_watches_a_vote_sees_it_before_the_public(app: Flask, rich: RichWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(monkeypatch, BEFORE)
    for state in (VoteState.DRAFT, VoteState.ANNOUNCED):
        _bring_to(app, state)
        seen = {who: _status(_as(app, rich, member), "voting.desk_vote", slug=rich.slug, vote=VOTE) for who, member in WHO.items()}
        assert seen == {"anonymous": 303, "citizen": 403, "agent": 403, "forum": 200, "municipal": 200, "committee": 200}


def test_a_project_is_read_by_the_public_once_it_is_published(app: Flask, rich: RichWorld) -> None:
    code = rich.arguments["codigo"]
    for is_public, status in ((True, 200), (False, 404)):
        with app.app_context():
            db.session.execute(update(Project).where(Project.code == code).values(is_public=is_public))
            db.session.commit()
            db.session.remove()
        for who, member in WHO.items():
            browser = _as(app, rich, member)
            assert _status(browser, "projects.show", codigo=code) == _status(browser, "projects.show_json", codigo=code) == status, who
            assert _status(browser, "projects.desk_project", codigo=code) == {None: 303, MILA: 200, CARMEN: 200}.get(member, 403), who
            for index in ("projects.index", "projects.index_csv", "projects.index_json"):
                listed = browser.client.get(browser.url(index, slug=rich.slug)).get_data(as_text=True)
                assert (code in listed) is is_public, (who, index)


def test_a_round_and_its_votes_are_read_by_the_public_once_their_process_is(app: Flask, rich: RichWorld) -> None:
    with app.app_context():
        db.session.execute(update(Process).where(Process.slug == rich.slug).values(state=ProcessState.DRAFT))
        db.session.commit()
        code = db.session.scalars(select(Project.code).where(Project.is_public)).first()
        db.session.remove()
    pages = ("budgeting.show", "budgeting.show_json", "budgeting.documents", "budgeting.calendar", "budgeting.agents", "projects.index",
             "projects.matrix", "voting.index", "agreements.show", "agreements.execution", "vigilance.show")  # fmt: skip
    for who, member in WHO.items():
        browser = _as(app, rich, member)
        assert {name: _status(browser, name, slug=rich.slug) for name in pages} == dict.fromkeys(pages, 404), who
        assert {name: _status(browser, name, slug=rich.slug, vote=ENDED) for name in EVERY_PAGE} == dict.fromkeys(EVERY_PAGE, 404), who
        assert _status(browser, "projects.show", codigo=code) == 404, who
