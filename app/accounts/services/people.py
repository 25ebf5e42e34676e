"""Changing people: opening accounts, recognising a password, changing it, names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.models import Consent, Person
from app.accounts.rules.codes import LinkPurpose
from app.accounts.rules.joining import NOTICE_VERSION, AccountDraft, AgeBand, ConsentPurpose, problems_with, pseudonym_problems
from app.accounts.rules.limits import Attempt
from app.accounts.rules.passwords import LONGEST_PASSWORD, password_problems
from app.accounts.rules.problems import AccountProblem
from app.accounts.services import letters, limiting, links, sessions
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean_line

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODYS_HASH = _hasher.hash("nobody has this password, it only takes the same time")
_hashing = BoundedSemaphore(2)
_asking = BoundedSemaphore(3)
"""At most two at once in each process, and one that waits: of its four threads a flood of sign-ins leaves one to those who read (S35)."""
PATIENCE_SECONDS = 3.0
LetGo = Callable[[], object]
"""Ends the transaction of the caller before a hash is computed: on SQLite everybody else who writes would wait for it."""


def hold_on() -> None:
    """For a caller that has written nothing and holds nobody up: a command, a test."""


@contextmanager
def _turn() -> Iterator[None]:
    """A place where a password may be hashed. Raises RuleBroken at once when others wait already."""
    if not _asking.acquire(blocking=False):
        refuse_if_any([Problem(AccountProblem.TOO_BUSY)])
    try:
        if not _hashing.acquire(timeout=PATIENCE_SECONDS):
            refuse_if_any([Problem(AccountProblem.TOO_BUSY)])
        try:
            yield
        finally:
            _hashing.release()
    finally:
        _asking.release()


def hash_password(password: str, *, let_go: LetGo = hold_on) -> str:
    """argon2id, 19 MiB, 2 passes (reliability.md S35). Raises RuleBroken when too many are being hashed."""
    let_go()
    with _turn():
        return _hasher.hash(password)


def create_person(email: str, name: str, password: str | None, *, now: datetime) -> Person:
    """A new account, with no password when `password` is None; the caller commits. Raises RuleBroken."""
    problems = [] if password is None else password_problems(password, (name, email.partition("@")[0]))
    if queries.person_by_email(email):
        problems.append(Problem(AccountProblem.EMAIL_TAKEN, "email"))
    refuse_if_any(problems)
    return _new(email, name, "" if password is None else hash_password(password), now=now)


def join(email: str, draft: AccountDraft, *, now: datetime, let_go: LetGo = hold_on) -> Person:
    """The account of somebody who proved the address; with the consent to the notice. The caller commits. Raises RuleBroken."""
    problems = list(problems_with(draft, email))
    password_hash = hash_password(draft.password, let_go=let_go) if draft.password and not problems else ""
    if queries.person_by_email(email):
        problems.append(Problem(AccountProblem.EMAIL_TAKEN))
    refuse_if_any(problems)
    person = _new(email, draft.name, password_hash, now=now)
    person.pseudonym, person.age = draft.pseudonym, draft.age or AgeBand.ADULT
    accept_notice(person, now=now)
    return person


def _new(email: str, name: str, password_hash: str, *, now: datetime) -> Person:
    person = Person(email=email.strip().lower(), name=clean_line(name), password_hash=password_hash, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
    except IntegrityError:
        refuse_if_any([Problem(AccountProblem.EMAIL_TAKEN, "email")])
    return person


def accept_notice(person: Person, *, now: datetime) -> None:
    """Keep that the person accepts the present notice on personal data; once is enough. The caller commits."""
    standing = queries.standing_consent(person.id, ConsentPurpose.ACCOUNT)
    if standing and standing.text_version == NOTICE_VERSION:
        return
    if standing:
        standing.withdrawn_at = now
        db.session.flush()
    db.session.add(Consent(person_id=person.id, purpose=ConsentPurpose.ACCOUNT, text_version=NOTICE_VERSION, given_at=now))


def recognise(email: str, password: str, *, now: datetime, origin: str = "", let_go: LetGo = hold_on) -> Person | None:
    """The person whose password this is, or None; takes as long when nobody has the address.

    Each try is counted in the database before it is judged, so that tries at the same time count too; a right one is forgiven.

    Raises RuleBroken after 10 failures in 5 minutes for the address, 100 from one network address, or 1,000 in all (S32), and
    when too many passwords are being judged at once. A code sent by mail still opens the account. The caller commits either way.
    """
    address = email.strip().lower()[:254]
    let_go()
    with _turn():
        limiting.refuse_too_many(Attempt.PASSWORD, address, origin, AccountProblem.TOO_MANY_ATTEMPTS, now=now)
        person = queries.person_by_email(address)
        stored = person.password_hash if person and person.password_hash else _NOBODYS_HASH
        limiting.count(Attempt.PASSWORD, address, origin, now=now)
        let_go()
        is_right = _matches(stored, password)
    person = queries.person_by_email(address) if is_right else None
    if person is None or person.password_hash != stored or person.is_suspended or person.invited_at is not None:
        return None
    limiting.forgive(Attempt.PASSWORD, address)
    return person


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password[:LONGEST_PASSWORD])
    except (VerifyMismatchError, InvalidHashError):
        return False


def refuse_bad_password(person: Person, password: str) -> None:
    """Raises RuleBroken when that cannot be their password."""
    refuse_if_any(password_problems(password, (person.name, person.email.partition("@")[0])))


def set_password(person: Person, password: str, *, now: datetime, let_go: LetGo = hold_on) -> None:
    """Change the password, close every session and tell the person (S38, S39); links sent before it open nothing (S34).

    The caller commits. Raises RuleBroken.
    """
    refuse_bad_password(person, password)
    put_password(person, hash_password(password, let_go=let_go), now=now)


def put_password(person: Person, password_hash: str, *, now: datetime) -> None:
    """As set_password, with the hash of a password that was judged. The caller commits."""
    person.password_hash = password_hash
    person.session_epoch += 1
    sessions.close_all(person.id, now=now)
    links.end_links(person.id, LinkPurpose.RESET, LinkPurpose.EMAIL_OLD, LinkPurpose.EMAIL_NEW)
    letters.tell(person, "password", now=now)


def change_password(person: Person, current: str, new: str, *, now: datetime, origin: str = "", let_go: LetGo = hold_on) -> None:
    """As set_password, for somebody who knows the present one or has none; the caller commits either way. Raises RuleBroken."""
    if person.password_hash and recognise(person.email, current, now=now, origin=origin, let_go=let_go) is None:
        refuse_if_any([Problem(AccountProblem.NOT_RECOGNISED, "current")])
    set_password(person, new, now=now, let_go=let_go)


def correct(person: Person, name: str, pseudonym: str, age: AgeBand, *, now: datetime) -> None:
    """Correct what the account says of its person; the caller commits. Raises RuleBroken."""
    name, pseudonym = clean_line(name), clean_line(pseudonym)
    problems = [] if name else [Problem(AccountProblem.NAME_MISSING, "name")]
    if age is AgeBand.CHILD:
        problems.append(Problem(AccountProblem.TOO_YOUNG, "age"))
    refuse_if_any([*problems, *pseudonym_problems(pseudonym, name, age)])
    person.name, person.pseudonym, person.age = name, pseudonym, age
