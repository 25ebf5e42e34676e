"""People with an account, and the attempts to sign in that failed."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime


class Person(UserMixin, Model):
    """A person who can sign in. `email` is kept in lower case; `session_epoch` grows to close every session."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    name: Mapped[str]
    locale: Mapped[str] = mapped_column(default="es")
    is_suspended: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def is_active(self) -> bool:
        return not self.is_suspended

    def get_id(self) -> str:
        return f"{self.id}.{self.session_epoch}"


class SignInFailure(Model):
    """A failed attempt, kept only to slow guessing down."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_email", "email", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
