"""What a person does with their data while they have an account: corrected, gathered, stopped."""

from datetime import datetime

from sqlalchemy import delete

from app.accounts import services as accounts
from app.accounts.models import Person
from app.accounts.rules.joining import AgeBand
from app.contributions import queries as contributions_queries
from app.contributions import services as contributions
from app.contributions.models import Authorship
from app.contributions.rules.authors import AuthorProblem, token_in
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.deliberation import services as deliberation
from app.privacy import queries
from app.privacy.rules import HOLDINGS


def correct(person: Person, name: str, pseudonym: str, age: AgeBand, *, now: datetime) -> None:
    """The account and every contribution and comment of it that names its author so; the caller commits. Raises RuleBroken."""
    before, pseudonym_before = person.name, person.pseudonym
    accounts.correct(person, name, pseudonym, age, now=now)
    for author in contributions_queries.authored_by(person.id, person.email):
        contributions.rename(author, before, person.name, person.pseudonym, is_minor=person.age is AgeBand.TEENAGER)
    deliberation.rename_in_comments(person, pseudonym_before)


def gather(person: Person, typed: str) -> Authorship:
    """Take into the account what a receipt's link shows; the caller commits. Raises RuleBroken."""
    author = contributions_queries.receipt_by_hash(contributions.receipt_hash(token_in(typed)))
    if author is None:
        raise RuleBroken([Problem(AuthorProblem.RECEIPT_UNKNOWN, "receipt")])
    contributions.claim(author, person.id)
    return author


def stop_letters(person: Person) -> int:
    """Follow nothing any more: opposition to being written to. How many subscriptions ended; the caller commits."""
    table = db.metadata.tables["subscription"]
    (holding,) = (h for h in HOLDINGS if h.table == "subscription")
    gone = db.session.execute(delete(table).where(queries.condition(holding, table, person.id, person.email)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
