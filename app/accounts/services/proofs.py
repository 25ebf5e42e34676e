"""Proving an address: by a code typed where it was asked for, or by a link opened from the letter."""

import secrets
from datetime import datetime

from sqlalchemy import delete, update

from app.accounts import queries
from app.accounts.models import AccountLink, EmailCode, Person
from app.accounts.rules.codes import CODE_DIGITS, CODE_LASTS, LINK_LASTS, MOST_TRIES, LinkPurpose, digits
from app.accounts.rules.limits import KEPT, Attempt
from app.accounts.rules.problems import AccountProblem
from app.accounts.services import letters, limiting, people
from app.accounts.services.links import make_link, take_link
from app.accounts.services.sealing import digest, keyed, new_token
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.notifications.rules import is_address


def tidy_email(address: str) -> str:
    return clean_line(address).lower()


def _asked(address: str, origin: str, now: datetime) -> str:
    """The tidy address, once it may be written to; one more letter is counted. Raises RuleBroken."""
    email = tidy_email(address)
    if not is_address(email) or len(email) > 254:
        refuse_if_any([Problem(AccountProblem.EMAIL_MALFORMED, "email")])
    limiting.refuse_too_many(Attempt.LETTER, email, origin, AccountProblem.LETTERS_TOO_MANY, now=now, field="email")
    limiting.count(Attempt.LETTER, email, origin, now=now)
    return email


def ask_code(address: str, *, now: datetime, origin: str = "") -> str:
    """Send a code to the address, whoever has it; the handle that the browser keeps comes back. The caller commits.

    The same is done for an address with an account and for any other: with the code one enters, or opens an account.
    Raises RuleBroken: not an address, or too many letters.
    """
    email = _asked(address, origin, now)
    person = queries.person_by_email(email)
    handle, code = new_token(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    db.session.add(
        EmailCode(handle=digest(handle), email=email, code_hash=keyed(f"code:{handle}", code), created_at=now, expires_at=now + CODE_LASTS)
    )
    letters.send_code(email, code, is_invited=bool(person and person.invited_at), now=now)
    return handle


def prove_code(handle: str, typed: str, *, now: datetime, origin: str = "") -> str:
    """The address that the code proves; the code is spent. The caller commits either way. Raises RuleBroken.

    A code dies with its fifth wrong try; each try is counted in the database before it is judged, so that tries at the same
    time count too.
    """
    waiting = queries.waiting_code(digest(handle), now)
    if waiting is None:
        raise RuleBroken([Problem(AccountProblem.CODE_SPENT, "code")])
    limiting.refuse_too_many(Attempt.CODE, waiting.email, origin, AccountProblem.TOO_MANY_ATTEMPTS, now=now, field="code")
    limiting.count(Attempt.CODE, waiting.email, origin, now=now)
    is_right = secrets.compare_digest(waiting.code_hash, keyed(f"code:{handle}", digits(typed)))
    taken = db.session.execute(
        update(EmailCode)
        .where(EmailCode.id == waiting.id, EmailCode.used_at.is_(None), EmailCode.tries < MOST_TRIES)
        .values(tries=EmailCode.tries + 1, **({"used_at": now} if is_right else {})),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(AccountProblem.CODE_SPENT, "code")])
    if not is_right:
        raise RuleBroken([Problem(AccountProblem.CODE_WRONG, "code")])
    return waiting.email


def ask_reset(address: str, *, now: datetime, origin: str = "") -> None:
    """Send the link to a new password, or a letter that says there is no account. Who asks learns nothing (S31). The caller commits.

    An invitation that nobody accepted is not revived by it (reliability.md V10). Raises RuleBroken.
    """
    email = _asked(address, origin, now)
    person_id = queries.may_reset(email)
    token = _as_much_work(email, now) if person_id is None else make_link(person_id, LinkPurpose.RESET, now=now)
    letters.send_reset(email, token, now=now)


def _as_much_work(email: str, now: datetime) -> str:
    """No link, at the price of one: an address nobody has is answered no sooner (S31). What it writes opens nothing and goes in a day."""
    db.session.execute(delete(EmailCode).where(EmailCode.email == email, EmailCode.code_hash == ""))
    db.session.add(EmailCode(handle=digest(new_token()), email=email, code_hash="", created_at=now, expires_at=now, used_at=now))
    return ""


def reset_password(link: AccountLink, password: str, *, now: datetime, let_go: people.LetGo = people.hold_on) -> Person:
    """The new password, every session closed, the link spent. A second step stays as it was. The caller commits. Raises RuleBroken."""
    person = link.person
    people.refuse_bad_password(person, password)
    password_hash = people.hash_password(password, let_go=let_go)
    take_link(link, now=now)
    people.put_password(person, password_hash, now=now)
    return person


def invite(person: Person, inviter: str, *, now: datetime) -> str:
    """A (new) invitation to the account made for that person; its token comes back. The caller commits."""
    person.invited_at = now
    return make_link(person.id, LinkPurpose.INVITATION, now=now, inviter=clean_line(inviter))


def mail_invitation(person: Person, token: str, inviter: str, *, now: datetime) -> None:
    """Queue the letter of an invitation; the caller commits."""
    until = long_date(lima_day(now + LINK_LASTS[LinkPurpose.INVITATION]))
    letters.send_invitation(person, token, clean_line(inviter), until, now=now)


def accept_invitation(
    link: AccountLink, name: str, password: str, *, accepts_notice: bool, now: datetime, let_go: people.LetGo = people.hold_on
) -> Person:  # fmt: skip
    """The invited person enters for the first time; the link is spent. The caller commits. Raises RuleBroken."""
    person, name = link.person, clean_line(name)
    problems = [] if name else [Problem(AccountProblem.NAME_MISSING, "name")]
    if not accepts_notice:
        problems.append(Problem(AccountProblem.NOTICE_NOT_ACCEPTED, "accepts_notice"))
    refuse_if_any(problems)
    people.refuse_bad_password(person, password)
    password_hash = people.hash_password(password, let_go=let_go)
    take_link(link, now=now)
    person.name, person.password_hash, person.invited_at = name, password_hash, None
    people.accept_notice(person, now=now)
    return person


def forget_codes(now: datetime) -> int:
    """Drop codes a day after they were of use; how many. The caller commits."""
    gone = db.session.execute(delete(EmailCode).where(EmailCode.expires_at < now - KEPT), execution_options={"synchronize_session": False})
    return int(gone.rowcount)  # type: ignore[attr-defined]
