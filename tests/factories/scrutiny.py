"""Votes that ended, for tests: people on the roll who voted, their ballots and receipts, and the steps of a scrutiny."""

import hashlib
import random
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import insert

from app.budgeting.counting import report
from app.budgeting.counting.parameters import Completion, Parameters, Rule
from app.budgeting.models import BudgetRound
from app.core.db import db
from app.scrutiny import messages, queries, services
from app.scrutiny.rules.acts import Key
from app.scrutiny.services.closing import mark_scrubbed
from app.voting import services as voting
from app.voting.models import Ballot, Receipt, RollEntry, Vote
from app.voting.rules import Channel, RollStatus, VoteState
from app.voting.rules import codes as letters
from tests.cast import FELIX, GLORIA, SARA
from tests.factories.budgeting import a_project, a_vote
from tests.factories.voting import RULES, an_open_vote
from tests.world import NOON, World

AFTER = NOON + timedelta(days=11)
SEED_SOURCE = "Los 10 dígitos del sorteo de la Tinka del domingo 4 de abril de 2027, en el orden en que salen."
SEED = "0412233144"
SHARES = Parameters(Rule.EQUAL_SHARES, Completion.ADD1, increment=Fraction(1, 100), increment_is_share=True)
GREEDY = Parameters(Rule.GREEDY)
CEILING = 1_000_000_00  # céntimos


def an_ended_vote(
    world: World, ballots: Sequence[tuple[str | None, Sequence[int]]], *, sheet: Parameters = GREEDY, rules: dict[str, Any] | None = None,
    absent: int = 5, opens_at: datetime = NOON, on: BudgetRound | None = None, slug: str = "votacion", **changes: Any,
) -> Vote:  # fmt: skip
    """A vote whose box holds these ballots, (UBIGEO, numbers), each with its mark on the roll and its receipt; `absent` did not vote.

    `on` is the round when it has other votes: its four projects are then 11 to 14.
    """
    said = RULES | {"sheet": report.sheet(sheet), "total_cents": CEILING, "ceilings": []} | (rules or {})
    given = {
        "opens_at": opens_at, "rules": said, "rules_sha256": hashlib.sha256(voting.rules_text(said).encode()).hexdigest(),
        "seed_source": SEED_SOURCE, "slug": slug, **changes,
    }  # fmt: skip
    if on is None:
        vote = an_open_vote(world, **given)
    else:
        vote = a_vote(on, [a_project(on, number, f"Proyecto {number}", 300_000) for number in (11, 12, 13, 14)], **given)
        ballots = [(ubigeo, [10 + number for number in numbers]) for ubigeo, numbers in ballots]
    put_in_box(vote, [(ubigeo, [[number, 1] for number in numbers]) for ubigeo, numbers in ballots])
    put_on_roll(vote, ["080101"] * absent)
    db.session.flush()
    number = vote.id
    db.session.expire_all()
    found = queries.vote_by_id(number)
    assert found is not None
    return found


def put_in_box(vote: Vote, papers: Sequence[tuple[str | None, list[list[int]]]]) -> None:
    """As many cast ballots, written at once."""
    if not papers:
        return
    put_on_roll(vote, [ubigeo for ubigeo, _ in papers], status=RollStatus.VOTED, channel=Channel.WEB)
    db.session.execute(
        insert(Ballot), [{"id": secrets.token_hex(16), "vote_id": vote.id, "ubigeo": ubigeo, "choices": c} for ubigeo, c in papers]
    )
    db.session.execute(insert(Receipt), [{"code_sha256": secrets.token_hex(32), "vote_id": vote.id} for _ in papers])


def put_on_roll(vote: Vote, ubigeos: Sequence[str | None], **state: Any) -> list[str]:
    """People on the roll; their keys."""
    keys = [secrets.token_hex(32) for _ in ubigeos]
    given = {"status": RollStatus.OPEN, "channel": None} | state
    if keys:
        rows = [{"vote_id": vote.id, "voter_key": key, "ubigeo": ubigeo, **given} for key, ubigeo in zip(keys, ubigeos, strict=True)]
        db.session.execute(insert(RollEntry), rows)
    return keys


def neighbours(number: int = 60, *, seed: str = "vecinos") -> list[tuple[str | None, tuple[int, ...]]]:
    """Ballots of three kinds of neighbours in two districts, each kind more than five times: they may be published one by one."""
    dice = random.Random(seed)
    kinds = (("080101", (1, 3)), ("080101", (2,)), ("080102", (3, 4)), ("080102", (4,)))
    made: list[tuple[str | None, tuple[int, ...]]] = [kinds[at % len(kinds)] for at in range(number)]
    dice.shuffle(made)
    return made


def closed(vote: Vote, world: World, *, now: datetime = AFTER, scrubs: bool = True) -> Vote:
    """Closed by two people, its order broken and erased; committed, unless `scrubs` is False."""
    slug, name = vote.round.process.slug, vote.slug
    services.close(vote, person_id=world.id_of(SARA), now=now)
    services.close(vote, person_id=world.id_of(FELIX), now=now)
    if scrubs:
        db.session.commit()
        assert services.scrub()
        vote = again(slug, name)
    mark_scrubbed(vote, now=now)
    return _kept(vote, scrubs)


def counted(vote: Vote, world: World, *, now: datetime = AFTER, scrubs: bool = True) -> Vote:
    """Closed, with its seed, counted twice."""
    vote = closed(vote, world, now=now, scrubs=scrubs)
    services.read_seed(vote, SEED, person_id=world.id_of(SARA), now=now)
    services.read_seed(vote, SEED, person_id=world.id_of(FELIX), now=now)
    services.count(vote, person_id=world.id_of(SARA), now=now)
    return _kept(vote, scrubs)


def published(vote: Vote, world: World, *, now: datetime = AFTER, scrubs: bool = True) -> Vote:
    """Counted and signed by both sectors."""
    vote = counted(vote, world, now=now, scrubs=scrubs)
    row = queries.count_of(vote.id)
    assert row is not None
    for key, member in ((Key.GOVERNMENT, GLORIA), (Key.NON_GOVERNMENT, FELIX)):
        services.sign(
            vote, row, key, source=messages.source(vote.title), reasons=messages.reasons(row.result), person_id=world.id_of(member), now=now
        )
    found = _kept(vote, scrubs)
    assert found.state is VoteState.PUBLISHED
    return found


def _kept(vote: Vote, commits: bool) -> Vote:
    slug, name = vote.round.process.slug, vote.slug
    if not commits:
        return vote
    db.session.commit()
    return again(slug, name)


def again(slug: str, name: str) -> Vote:
    """The vote as it stands now, everything above it loaded."""
    db.session.expire_all()
    found = queries.staff_vote(slug, name)
    assert found is not None
    return found


def a_receipt(vote: Vote) -> str:
    """The code of a receipt in the box, as its voter holds it."""
    code = letters.written(secrets.token_bytes(16), letters.RECEIPT_LETTERS)
    db.session.add(Receipt(code_sha256=voting.receipt_hash(code), vote_id=vote.id))
    db.session.flush()
    return letters.grouped(code)
