"""Where a person lies in the database, what is shown of it to them, and what is put there when they ask to be forgotten.

One table for all packages, compared with the database by a test: a new column with a person or an address fails it until it is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app.core.errors import Problem

KEEPS_A_PERSON = "a column that points to a person and is not here is an act: exported as such, and kept"


class PrivacyProblem(StrEnum):
    HOLDS_A_ROLE = "erasing-holds-a-role"
    NOT_CONFIRMED = "erasing-not-confirmed"


class Forgetting(StrEnum):
    """What erasing does with the rows: forget them whole, blank the columns of `blank`, or keep them (the public record)."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


@dataclass(frozen=True)
class Holding:
    """A table that holds something about a person: found by these columns, exported under this name."""

    table: str
    section: str
    people: tuple[str, ...] = ("person_id",)
    addresses: tuple[str, ...] = ()
    forgetting: Forgetting = Forgetting.DELETE
    blank: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0


UNIQUE = object()
"""Stands for a value that no other row has."""
STAND_IN = object()
"""Stands for the name of somebody who left."""
HOLDINGS = (
    Holding("person", "cuenta", ("id",), ("email",), Forgetting.KEEP),
    Holding("consent", "consentimientos", forgetting=Forgetting.KEEP),
    Holding("account_session", "sesiones"),
    Holding("authenticator", "segundo-paso"),
    Holding("recovery_code", "codigos-de-la-hoja"),
    Holding("passkey", "llaves"),
    Holding("identity", "identidades"),
    Holding("account_link", "enlaces", addresses=("email",)),
    Holding("email_code", "codigos-por-correo", (), ("email",)),
    Holding(
        "notification", "cartas", addresses=("address",), forgetting=Forgetting.BLANK,
        blank={"address": "", "content": {}, "last_error": "", "dedupe_key": UNIQUE, "state": "dead"},
    ),
    Holding("subscription", "avisos", addresses=("address",)),
    Holding("authorship", "autorias", addresses=("email",), forgetting=Forgetting.BLANK, blank={"email": "", "phone": ""}),
    Holding(
        "registration", "inscripciones", (), ("email",), Forgetting.BLANK,
        {"name": STAND_IN, "organisation": "", "email": None, "phone": "", "needs": ""},
    ),
    Holding(
        "call_application", "postulaciones", addresses=("email",), forgetting=Forgetting.BLANK,
        blank={"representative": STAND_IN, "email": "", "phone": ""},
    ),
    Holding("forum_seat", "asientos-titular", ("holder_id",), ("holder_email",), Forgetting.BLANK, {"holder_email": ""}),
    Holding("forum_seat", "asientos-alterno", ("alternate_id",), ("alternate_email",), Forgetting.BLANK, {"alternate_email": ""}),
    Holding("comment", "comentarios", ("author_id",), forgetting=Forgetting.BLANK, blank={"public_name": STAND_IN}),
    Holding("follower", "seguimientos", addresses=("address",)),
    Holding(
        "budget_agent", "agentes", addresses=("email",), forgetting=Forgetting.BLANK,
        blank={"email": "", "phone": "", "sex": "unsaid"},
    ),
    Holding("membership", "organizaciones", forgetting=Forgetting.KEEP),
    Holding("saved_draft", "borradores"),
    Holding("organisation_invitation", "invitaciones", (), ("email",)),
    Holding(
        "organisation", "contacto-de-organizacion", (), ("contact_email",), Forgetting.BLANK,
        {"contact_email": "", "contact_phone": "", "contact_published_at": None},
    ),
    Holding("role_assignment", "roles", forgetting=Forgetting.KEEP),
    Holding("reply", "replicas", forgetting=Forgetting.KEEP),
)  # fmt: skip
OF_OFFICES = frozenset({("commitment", "contact_email"), ("commitment", "contact_phone")})
"""Addresses and telephones of offices, not of people."""
HASHED = frozenset(
    {
        ("link_request", "address_sha256"),
        ("erasure", "address_hash"),
        ("comment", "address"),
        ("contribution_arrival", "address"),
        ("suspension", "address_hash"),
    }
)
"""Addresses that nobody can read there."""
BESIDE = frozenset(
    {
        ("authorship", "phone"), ("registration", "phone"), ("call_application", "phone"), ("organisation", "contact_phone"),
        ("budget_agent", "phone"),
    }
)  # fmt: skip
"""Found with the row of an address or a person, and blanked with it."""
NEVER_SHOWN = frozenset(
    {
        "password_hash", "key_hash",
        "code_hash", "token_hash", "sealed_secret", "receipt_hash", "sent_sha256", "public_key", "credential_id",
        "submission_key", "dedupe_key", "message_id", "session_epoch", "last_step", "sign_count",
    }
)  # fmt: skip
"""What proves who somebody is, or names a row: it says nothing about them, and in a copied file it would open things."""


class Kept(StrEnum):
    """What is deleted by the clock."""

    ATTEMPTS = "attempts"
    CODES = "codes"
    LETTERS_OF_ACCOUNTS = "letters-of-accounts"
    LETTERS = "letters"
    LETTERS_WAITING = "letters-waiting"
    SESSIONS = "sessions"
    LINKS = "links"
    DRAFTS = "drafts"
    ARRIVALS = "arrivals"
    INVITATIONS = "invitations"
    SUSPENDED = "suspended"
    VOTE_ATTEMPTS = "vote-attempts"
    VOTE_CODES = "vote-codes"
    LINK_REQUESTS = "link-requests"
    IMPORTS = "imports"
    NEEDS = "needs"
    ATTENDEES = "attendees"
    FOLLOWING = "following"
    UNUSED = "unused"
    UNUSED_TOLD = "unused-told"
    ERASED = "erased"
    RECORD = "record"


RETENTION: Mapping[Kept, timedelta | None] = {
    Kept.ATTEMPTS: timedelta(days=1),
    Kept.CODES: timedelta(days=1),
    Kept.LETTERS_OF_ACCOUNTS: timedelta(days=1),
    Kept.LETTERS: timedelta(days=30),
    Kept.LETTERS_WAITING: timedelta(days=180),
    Kept.SESSIONS: timedelta(days=30),
    Kept.LINKS: timedelta(days=30),
    Kept.DRAFTS: timedelta(days=15),
    Kept.ARRIVALS: timedelta(days=7),
    Kept.INVITATIONS: timedelta(days=90),
    Kept.SUSPENDED: timedelta(0),
    Kept.VOTE_ATTEMPTS: timedelta(days=1),
    Kept.VOTE_CODES: timedelta(0),
    Kept.LINK_REQUESTS: timedelta(days=1),
    Kept.IMPORTS: timedelta(days=1),
    Kept.NEEDS: timedelta(days=30),
    Kept.ATTENDEES: timedelta(days=730),
    Kept.FOLLOWING: timedelta(days=7),
    Kept.UNUSED: timedelta(days=730),
    Kept.UNUSED_TOLD: timedelta(days=183),
    Kept.ERASED: timedelta(0),
    Kept.RECORD: None,
}
"""How long each is kept once it is of no more use (reliability.md 7, proposed periods); None: it is the public record.

The worker deletes; each line is on the public page of periods, and a test compares those that other packages delete with theirs.
"""


def erasing_problems(*, holds_a_role: bool, confirmed: bool) -> tuple[Problem, ...]:
    """Why an account cannot be erased now: whoever answers for an institution ends that first."""
    if holds_a_role:
        return (Problem(PrivacyProblem.HOLDS_A_ROLE),)
    return () if confirmed else (Problem(PrivacyProblem.NOT_CONFIRMED, "confirmed"),)
