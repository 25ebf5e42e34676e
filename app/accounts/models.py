"""People with an account, their sessions, what proves who they are, and what was tried.

Nothing that opens an account is kept readable: codes, links and session keys as hashes, the secret of an authenticator sealed
with the server's key.
"""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.rules.codes import LinkPurpose
from app.accounts.rules.joining import AgeBand, ConsentPurpose
from app.accounts.rules.limits import Attempt as AttemptKind
from app.core.db import Model, UTCDateTime


class Person(UserMixin, Model):
    """A person who can sign in. `email` is kept in lower case; `session_epoch` grows to end every sign-in under way.

    `password_hash` is empty for who enters with a code. `invited_at` is set while an invitation waits to be accepted: until then
    nobody can enter. `entered_at` is when a session last began; `unused_told_at` when its owner was told that nobody uses it.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    name: Mapped[str]
    pseudonym: Mapped[str] = mapped_column(default="")
    age: Mapped[AgeBand] = mapped_column(default=AgeBand.ADULT)
    locale: Mapped[str] = mapped_column(default="es")
    is_suspended: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    entered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    unused_told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    session_key = ""
    """What the browser of this request holds; set while signing in, never stored."""

    @property
    def is_active(self) -> bool:
        return not self.is_suspended

    def get_id(self) -> str:
        return self.session_key


class AccountSession(Model):
    """An open session: `key_hash` is SHA-256 of what the browser holds. Closed by `ended_at`, never reopened.

    `proved_at` is when the person last proved who they are; `second_factor_at` when they passed the second step.
    """

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_person", "person_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    device: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    acted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Attempt(Model):
    """Something tried, kept for a day to slow guessing and flooding down. Addresses are there only as keyed hashes."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_account", "kind", "account_hash", "at"), Index("ix_attempt_at", "kind", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AttemptKind]
    account_hash: Mapped[str]
    origin_hash: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class EmailCode(Model):
    """A code of eight digits sent to an address to prove it; `handle` is what the browser that asked holds."""

    __tablename__ = "email_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(index=True)
    code_hash: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AccountLink(Model):
    """A link sent to an address: a new password, an invitation, one half of a change of address (`email` is the new one)."""

    __tablename__ = "account_link"
    __table_args__ = (Index("ix_account_link_person", "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(default="")
    inviter: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Authenticator(Model):
    """An application that shows a code every 30 seconds. `last_step` is the last code used: none is good twice."""

    __tablename__ = "authenticator"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sealed_secret: Mapped[str]
    last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RecoveryCode(Model):
    """One of ten codes printed for the day the telephone is lost."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash", name="uq_recovery_code_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Passkey(Model):
    """A key kept by a telephone, a computer or a USB stick (WebAuthn)."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_person", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Identity(Model):
    """An account of an identity provider that opens this one: `issuer` and `subject` as the provider names them."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_identity_subject"), Index("ix_identity_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Consent(Model):
    """What somebody agreed to, to which text, and since when; withdrawn by `withdrawn_at`, never deleted (P01)."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_standing", "person_id", "purpose", unique=True,
            sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[ConsentPurpose]
    text_version: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
