"""Reading people, their sessions, and what was tried."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import (
    AccountLink,
    AccountSession,
    Attempt,
    Authenticator,
    Consent,
    EmailCode,
    Identity,
    Passkey,
    Person,
    RecoveryCode,
)
from app.accounts.rules.codes import MOST_TRIES, LinkPurpose
from app.accounts.rules.joining import ConsentPurpose
from app.accounts.rules.limits import Attempt as AttemptKind
from app.core.db import db

LONGEST_KEY = 100


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def may_reset(email: str) -> int | None:
    """Whose account a link to a new password may open: not an invitation nobody accepted, not a suspended one. Only the id is read, so
    that an address with an account takes no longer than one without (S31)."""
    return db.session.scalar(select(Person.id).where(Person.email == email, Person.invited_at.is_(None), Person.is_suspended.is_(False)))


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def session_by_key_hash(key_hash: str) -> AccountSession | None:
    """The open session with that key, its person loaded; None when it was closed or the account is suspended."""
    return db.session.scalar(
        select(AccountSession)
        .join(Person, Person.id == AccountSession.person_id)
        .where(AccountSession.key_hash == key_hash, AccountSession.ended_at.is_(None), ~Person.is_suspended)
        .options(joinedload(AccountSession.person))
    )


def sessions_of(person_id: int) -> Sequence[AccountSession]:
    """Open sessions of a person, the last used first."""
    return db.session.scalars(
        select(AccountSession)
        .where(AccountSession.person_id == person_id, AccountSession.ended_at.is_(None))
        .order_by(AccountSession.acted_at.desc(), AccountSession.id.desc())
    ).all()


def session_of(person_id: int, handle: str) -> AccountSession | None:
    """One session of a person, by its handle; not anybody else's."""
    return db.session.scalar(select(AccountSession).where(AccountSession.person_id == person_id, AccountSession.handle == handle))


def devices_of(person_id: int) -> set[str]:
    """The devices a person has signed in from, as they are called in the list of sessions."""
    return set(db.session.scalars(select(AccountSession.device).where(AccountSession.person_id == person_id).distinct()))


def attempts_since(kind: AttemptKind, account_hash: str, origin_hash: str, since: datetime) -> tuple[int, int, int]:
    """How many of that kind: on the account, from the network address, and in all."""
    own = func.sum(case((Attempt.account_hash == account_hash, 1), else_=0))
    near = func.sum(case((Attempt.origin_hash == origin_hash, 1), else_=0))
    row = db.session.execute(select(own, near, func.count()).where(Attempt.kind == kind, Attempt.at >= since)).one()
    return int(row[0] or 0), int(row[1] or 0) if origin_hash else 0, int(row[2] or 0)


def waiting_code(handle: str, now: datetime) -> EmailCode | None:
    """The code behind that handle while it can still be typed."""
    return db.session.scalar(
        select(EmailCode).where(
            EmailCode.handle == handle, EmailCode.used_at.is_(None), EmailCode.expires_at >= now, EmailCode.tries < MOST_TRIES
        )
    )


def link(token_hash: str, purposes: Sequence[LinkPurpose], now: datetime) -> AccountLink | None:
    """The link while it opens something, its person loaded."""
    return db.session.scalar(
        select(AccountLink)
        .where(
            AccountLink.token_hash == token_hash, AccountLink.purpose.in_(purposes), AccountLink.used_at.is_(None),
            AccountLink.expires_at >= now,
        )
        .options(joinedload(AccountLink.person))
    )  # fmt: skip


def is_half_confirmed(person_id: int, purpose: LinkPurpose, email: str, since: datetime) -> bool:
    """Whether that half of the change to `email` asked for at `since` was confirmed before it expired."""
    found = db.session.scalar(
        select(AccountLink.id).where(
            AccountLink.person_id == person_id, AccountLink.purpose == purpose, AccountLink.email == email,
            AccountLink.created_at == since, AccountLink.used_at.is_not(None), AccountLink.used_at <= AccountLink.expires_at,
        )
    )  # fmt: skip
    return found is not None


def pending_change(person_id: int, now: datetime) -> str:
    """The address a person asked to change to and has not confirmed on both sides; "" when there is none."""
    return (
        db.session.scalar(
            select(AccountLink.email)
            .where(
                AccountLink.person_id == person_id, AccountLink.purpose.in_((LinkPurpose.EMAIL_OLD, LinkPurpose.EMAIL_NEW)),
                AccountLink.used_at.is_(None), AccountLink.expires_at >= now,
            )
            .order_by(AccountLink.id.desc())
            .limit(1)
        )
        or ""
    )  # fmt: skip


def standing_consent(person_id: int, purpose: ConsentPurpose) -> Consent | None:
    return db.session.scalar(
        select(Consent).where(Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    )


def authenticator_of(person_id: int) -> Authenticator | None:
    return db.session.get(Authenticator, person_id)


def passkeys_of(person_id: int) -> Sequence[Passkey]:
    """Oldest first."""
    return db.session.scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)).all()


def passkey_of(person_id: int, handle: str) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.person_id == person_id, Passkey.handle == handle))


def passkey_by_credential(credential_id: str) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def has_second_factor(person_id: int) -> bool:
    """Whether the person is asked for a second step when signing in."""
    return bool(
        db.session.scalar(select(Authenticator.person_id).where(Authenticator.person_id == person_id))
        or db.session.scalar(select(Passkey.id).where(Passkey.person_id == person_id).limit(1))
    )


def recovery_codes_left(person_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(RecoveryCode).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )


def identities_of(person_id: int) -> Sequence[Identity]:
    return db.session.scalars(select(Identity).where(Identity.person_id == person_id).order_by(Identity.id)).all()


def person_by_identity(issuer: str, subject: str) -> Person | None:
    return db.session.scalar(
        select(Person).join(Identity, Identity.person_id == Person.id).where(Identity.issuer == issuer, Identity.subject == subject)
    )
