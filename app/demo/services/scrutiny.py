"""The end of the votes that are over: closed, with their seed, counted twice and published by both sectors."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.budgeting.models import BudgetRound
from app.demo import importing
from app.scrutiny import messages, services
from app.scrutiny.models import VoteCount
from app.scrutiny.rules.acts import Key
from app.scrutiny.services.closing import mark_scrubbed
from app.voting import queries as voting
from app.voting.models import Vote

if TYPE_CHECKING:
    from app.demo.services.load import Stage

TEAM, OTHER, CIVIL = "tomas", "secretariat", "civil"


def tell(stage: Stage, round_: BudgetRound) -> None:
    """Every vote of the round whose time is over, in the order they ended."""
    over = [vote for vote in voting.votes_of(round_.process_id) if vote.closes_at <= stage.now and vote.closed_at is None]
    if not over:
        return
    seeds = {row["vote"]: row["seed"] for row in importing.read(f"{stage.space.slug}/scrutiny.toml")["seed"]}
    for vote in sorted(over, key=lambda vote: vote.closes_at):
        if vote.slug in seeds:
            _tell(stage, vote, seeds[vote.slug])


def _tell(stage: Stage, vote: Vote, seed: str) -> None:
    """Nobody cast these ballots, so nothing of their order is to be scrubbed: the demo is loaded in one transaction."""
    after = vote.closes_at + timedelta(hours=1)
    for at, person in enumerate((TEAM, CIVIL)):
        services.close(vote, person_id=stage.person(person), now=after + timedelta(minutes=at))
    mark_scrubbed(vote, now=after + timedelta(minutes=5))
    for at, person in enumerate((OTHER, CIVIL)):
        services.read_seed(vote, seed, person_id=stage.person(person), now=after + timedelta(hours=20, minutes=at))
    row = services.count(vote, person_id=stage.person(TEAM), now=after + timedelta(hours=21))
    if row.agrees:  # a slow machine leaves it to `flask scrutiny recount`
        _publish(stage, vote, row, after + timedelta(hours=22))


def _publish(stage: Stage, vote: Vote, row: VoteCount, now: datetime) -> None:
    for at, (key, person) in enumerate(((Key.GOVERNMENT, TEAM), (Key.NON_GOVERNMENT, CIVIL))):
        services.sign(
            vote, row, key, source=messages.source(vote.title), reasons=messages.reasons(row.result), person_id=stage.person(person),
            now=now + timedelta(minutes=at),
        )  # fmt: skip
