"""Links sent to an address: one of each kind that opens, kept as a hash, good once."""

from datetime import datetime

from sqlalchemy import delete, update

from app.accounts.models import AccountLink
from app.accounts.rules.codes import LINK_LASTS, LinkPurpose
from app.accounts.rules.problems import AccountProblem
from app.accounts.services.sealing import digest, new_token
from app.core.db import db
from app.core.errors import Problem, RuleBroken


def make_link(person_id: int, purpose: LinkPurpose, *, now: datetime, email: str = "", inviter: str = "") -> str:
    """A link of that purpose for that person, the only one of its kind that still opens; its token comes back. The caller commits."""
    end_links(person_id, purpose)
    token = new_token()
    db.session.add(
        AccountLink(
            purpose=purpose, person_id=person_id, token_hash=digest(token), email=email, inviter=inviter, created_at=now,
            expires_at=now + LINK_LASTS[purpose],
        )
    )  # fmt: skip
    return token


def end_links(person_id: int, *purposes: LinkPurpose) -> None:
    """Links of those purposes open nothing any more. The caller commits."""
    for purpose in purposes:  # each by itself: a list of values would be composed anew every time, and take longer than no account (S31)
        db.session.execute(
            delete(AccountLink).where(AccountLink.person_id == person_id, AccountLink.purpose == purpose, AccountLink.used_at.is_(None))
        )


def take_link(link: AccountLink, *, now: datetime) -> None:
    """Spend the link: of two who use it at once, one does. Raises RuleBroken. The caller commits."""
    taken = db.session.execute(
        update(AccountLink)
        .where(AccountLink.id == link.id, AccountLink.used_at.is_(None), AccountLink.expires_at >= now)
        .values(used_at=now),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(AccountProblem.LINK_SPENT)])
