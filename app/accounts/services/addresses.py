"""Changing the address of an account: confirmed from the old one and from the new one, in any order (S39)."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.models import AccountLink, Person
from app.accounts.rules.codes import LinkPurpose
from app.accounts.rules.limits import Attempt
from app.accounts.rules.problems import AccountProblem
from app.accounts.services import letters, limiting, links, proofs
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.notifications.rules import is_address

HALVES = (LinkPurpose.EMAIL_OLD, LinkPurpose.EMAIL_NEW)


def ask_change(person: Person, address: str, *, now: datetime, origin: str = "") -> str:
    """Send one letter to each address; the tidy new one comes back. The caller commits. Raises RuleBroken.

    An address that is somebody else's account gets its letter too, and the same answer: the change fails only when it is confirmed.
    """
    email = proofs.tidy_email(address)
    problems = [] if is_address(email) and len(email) <= 254 else [Problem(AccountProblem.EMAIL_MALFORMED, "email")]
    if email == person.email:
        problems.append(Problem(AccountProblem.EMAIL_SAME, "email"))
    refuse_if_any(problems)
    limiting.refuse_too_many(Attempt.LETTER, person.email, origin, AccountProblem.LETTERS_TOO_MANY, now=now, field="email")
    limiting.count(Attempt.LETTER, person.email, origin, now=now)
    for purpose, to in ((LinkPurpose.EMAIL_OLD, person.email), (LinkPurpose.EMAIL_NEW, email)):
        token = links.make_link(person.id, purpose, now=now, email=email)
        letters.send_change(person, to, email, token, is_new=purpose is LinkPurpose.EMAIL_NEW, now=now)
    return email


def confirm(link: AccountLink, *, now: datetime) -> bool:
    """One half is confirmed; True when it was the second and the address changed. The caller commits. Raises RuleBroken.

    Links to a new password or half a change that were sent to the old address open nothing any more (S34).
    """
    person, old = link.person, link.person.email
    links.take_link(link, now=now)
    (other,) = (purpose for purpose in HALVES if purpose is not link.purpose)
    if not queries.is_half_confirmed(person.id, other, link.email, since=link.created_at):
        return False
    try:
        with db.session.begin_nested():
            person.email = link.email
            db.session.flush()
    except IntegrityError:
        db.session.refresh(person)
        raise RuleBroken([Problem(AccountProblem.EMAIL_TAKEN)]) from None
    links.end_links(person.id, LinkPurpose.RESET)
    letters.tell(person, "email", now=now, address=old, detail=person.email)
    return True
