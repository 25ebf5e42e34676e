"""Changing people: creating accounts, signing in, closing sessions."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete

from app.accounts import queries
from app.accounts.models import Person, SignInFailure
from app.accounts.rules import FAILURE_WINDOW, LONGEST_PASSWORD, MOST_FAILURES, AccountProblem, password_problems
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean_line

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODYS_HASH = _hasher.hash("nobody has this password, it only takes the same time")


def hash_password(password: str) -> str:
    """argon2id, 19 MiB, 2 passes (reliability.md S35)."""
    return _hasher.hash(password)


def create_person(email: str, name: str, password: str, *, now: datetime) -> Person:
    """A new account; the caller commits. Raises RuleBroken."""
    problems = password_problems(password)
    if queries.person_by_email(email):
        problems.append(Problem(AccountProblem.EMAIL_TAKEN, "email"))
    refuse_if_any(problems)
    person = Person(email=email.strip().lower(), name=clean_line(name), password_hash=hash_password(password), created_at=now)
    db.session.add(person)
    db.session.flush()
    return person


def recognise(email: str, password: str, *, now: datetime) -> Person | None:
    """The person whose password this is, or None; a failure is counted, and takes as long when nobody has the address.

    Raises RuleBroken after 10 failures in 5 minutes for the address (S32). The caller commits either way.
    """
    address = email.strip().lower()[:254]
    if queries.failures_since(address, now - FAILURE_WINDOW) >= MOST_FAILURES:
        refuse_if_any([Problem(AccountProblem.TOO_MANY_ATTEMPTS)])
    person = queries.person_by_email(address)
    try:
        _hasher.verify(person.password_hash if person else _NOBODYS_HASH, password[:LONGEST_PASSWORD])
    except (VerifyMismatchError, InvalidHashError):
        person = None
    if person is None or person.is_suspended:
        db.session.add(SignInFailure(email=address, at=now))
        return None
    db.session.execute(delete(SignInFailure).where(SignInFailure.email == address))
    return person


def set_password(person: Person, password: str) -> None:
    """Change the password and close every session; the caller commits."""
    person.password_hash = hash_password(password)
    person.session_epoch += 1


def change_password(person: Person, current: str, new: str, *, now: datetime) -> None:
    """As set_password, for somebody who knows the present one; the caller commits either way. Raises RuleBroken."""
    if recognise(person.email, current, now=now) is None:
        refuse_if_any([Problem(AccountProblem.NOT_RECOGNISED, "current")])
    refuse_if_any(password_problems(new))
    set_password(person, new)
