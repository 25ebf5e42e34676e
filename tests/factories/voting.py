"""Votes for tests: a roll, its contacts, printed codes, and the municipal person who runs it."""

from datetime import date
from typing import Any

from app.accounts import services as accounts
from app.accounts.services.sealing import seal
from app.budgeting.counting import report
from app.budgeting.counting.parameters import Parameters, Rule
from app.budgeting.models import BudgetRound
from app.budgeting.rules import RoundState
from app.core.db import db
from app.spaces.models import RoleAssignment
from app.voting import queries, services
from app.voting.models import RollContact, RollEntry, Vote, VoteToken
from app.voting.rules import Channel
from app.voting.rules import codes as letters
from app.voting.services import Pass
from tests.cast import MILA, CastMember
from tests.factories.budgeting import a_project, a_round, a_vote
from tests.passwords import hash_of
from tests.world import NOON, World

SHEET = report.sheet(Parameters(Rule.GREEDY))
RULES: dict[str, Any] = {"extent": "city", "fewest_shown": 10, "reminders": True, "ballots_published": False, "limits": {}, "sheet": SHEET}
COSTS = (480_000, 610_000, 380_000, 290_000)
TITLES = ("Ampliar la posta", "Puente peatonal de Poroy", "Biblioteca con programa en quechua", "Alumbrado de la quebrada Saphi")


def a_municipal_person(world: World, member: CastMember = MILA) -> int:
    """MILA with her role; her id, also kept in the world."""
    person = accounts.Person(email=member.email, name=member.name, password_hash=hash_of(member.password), created_at=NOON)
    db.session.add(person)
    db.session.flush()
    db.session.add(
        RoleAssignment(
            person_id=person.id, space_id=world.space_id, role=member.role, appointed_by="Resolución", starts_on=date(2026, 1, 1)
        )
    )
    world.people[member.email] = person.id
    db.session.flush()
    return person.id


def an_open_vote(world: World, **changes: Any) -> Vote:
    """An open vote on four projects (numbers 1 to 4), in a round of its own; changes as in `vote_on`."""
    return vote_on(a_round(world, state=RoundState.PRIORITISATION), **changes)


def vote_on(round_: BudgetRound, *, places: tuple[str | None, ...] = (None, None, None, None), **changes: Any) -> Vote:
    """City-wide unless `rules` says otherwise; `places` are where the four projects are."""
    projects = [
        a_project(round_, n, title, cost, ubigeo=place) for n, (title, cost, place) in enumerate(zip(TITLES, COSTS, places, strict=True), 1)
    ]
    given = {"rules": RULES | changes.pop("rules", {}), "rules_sha256": "0" * 64, "seed_source": "Los números de la Tinka del domingo."}
    made = a_vote(round_, projects, **(given | changes))
    return queries.vote_by_id(made.id) or made


def on_roll(vote: Vote, document: str, ubigeo: str | None = "080101", email: str = "", **changes: Any) -> str:
    """Somebody on the roll; their key. With `email`, a code can be sent."""
    key = services.keys.voter_key(vote, document)
    db.session.add(RollEntry(vote_id=vote.id, voter_key=key, ubigeo=ubigeo, **changes))
    if email:
        db.session.add(RollContact(vote_id=vote.id, voter_key=key, sealed=seal(email, "vote-contact")))
    db.session.flush()
    return key


def a_token(vote: Vote, serial: int = 1, ubigeo: str | None = "080101") -> str:
    """A printed code of that vote, as it is on the sheet."""
    code = letters.written(serial.to_bytes(10, "big"), letters.TOKEN_LETTERS)
    db.session.add(VoteToken(token_hash=services.keys.token_hash(vote, code), vote_id=vote.id, run=1, serial=serial, ubigeo=ubigeo))
    db.session.flush()
    return letters.grouped(code)


def by(channel: Channel, key: str) -> Pass:
    return Pass(channel, key)
