"""Contributions: what somebody said, who said it, how it came, and whether it is public."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.activities.models import Activity
from app.contributions.rules.incoming import Holds
from app.contributions.rules.own_acts import WithdrawalReason
from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind, Visibility
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.core.text import fold
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.processes.models import Opportunity, Process, Theme
from app.territories.models import Territory


class Contribution(Model):
    """One input. Nothing here identifies a person who asked not to be named: that is in `Authorship`.

    `organisation_id` is set only when somebody who acts for a verified organisation spoke in its name; any other organisation is words,
    and `folded_organisation` those words as names are compared.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("process_id", "series", "number", name="uq_contribution_number"),
        Index("ix_contribution_waiting", "process_id", "answered_at", "received_at"),
        Index("ix_contribution_public", "process_id", "visibility", "received_at", "id"),
        Index(
            "uq_contribution_external", "process_id", "external_reference", unique=True,
            sqlite_where=text("external_reference <> ''"), postgresql_where=text("external_reference <> ''"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    code: Mapped[str] = mapped_column(unique=True)
    series: Mapped[str]
    number: Mapped[int]
    external_reference: Mapped[str] = mapped_column(default="")
    submission_key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[Channel]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    proponent_kind: Mapped[ProponentKind]
    public_name: Mapped[str]
    organisation_name: Mapped[str] = mapped_column(default="")
    folded_organisation: Mapped[str] = mapped_column(default="", server_default="", index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    sector: Mapped[Sector]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"), index=True)
    language: Mapped[Language] = mapped_column(default=Language.SPANISH)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.HELD)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    replies: Mapped[int] = mapped_column(default=0)
    open_replies: Mapped[int] = mapped_column(default=0)
    captured_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    activity: Mapped[Activity | None] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")

    @validates("organisation_name")
    def _fold_organisation(self, _key: str, name: str) -> str:
        self.folded_organisation = fold(name)
        return name

    @property
    def scope(self) -> Scope:
        return self.process.scope


class Assistance(Model):
    """Somebody present is helped to take part: who writes for them, why, and until when at most. Restricted."""

    __tablename__ = "assistance"
    __table_args__ = (Index("ix_assistance_registrar", "process_id", "registrar_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    registrar_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    channel: Mapped[Channel]
    purpose: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")


class Authorship(Model):
    """Who spoke, and how they agreed to be named and reached. Restricted; never on a public page.

    `person_id` is the account it was sent from, or claimed into with the receipt's link; `assistance_id` the help it was
    written with, whose registrar is the contribution's `captured_by`.

    `receipt_hash` is SHA-256 of the private link's token; `sent_sha256` that of what was first sent, so that the same
    submission key with other words can be told from a repeated click.
    """

    __tablename__ = "authorship"
    __table_args__ = (Index("ix_authorship_email", "email"), Index("ix_authorship_person", "person_id"))

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(default="")
    pseudonym: Mapped[str] = mapped_column(default="")
    consent: Mapped[NameConsent]
    consent_text: Mapped[str] = mapped_column(default="")
    consented_at: Mapped[datetime] = mapped_column(UTCDateTime)
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    assistance_id: Mapped[int | None] = mapped_column(ForeignKey("assistance.id"))
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    sent_sha256: Mapped[str] = mapped_column(default="")

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")


class Arrival(Model):
    """How a contribution came in by the public form: why it deserves a look (`marks`, rules.floods) and the day's mark of its address.

    Restricted; the address mark is forgotten after a week.
    """

    __tablename__ = "contribution_arrival"
    __table_args__ = (Index("ix_contribution_arrival_address", "address", "at"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    address: Mapped[str] = mapped_column(default="")
    marks: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ContributionVersion(Model):
    """The words of a contribution before its author changed them, `n` from 1; restricted, for who moderates."""

    __tablename__ = "contribution_version"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[Language]
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Withdrawal(Model):
    """The author's own end of a contribution: withdrawn, or retired in favour of another. Reason public, note only for the team."""

    __tablename__ = "withdrawal"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    reason: Mapped[WithdrawalReason]
    note: Mapped[str] = mapped_column(Text, default="")
    in_favour_of_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    in_favour_of: Mapped[Contribution | None] = relationship(lazy="raise_on_sql", foreign_keys=[in_favour_of_id])


class VoiceText(Model):
    """What an audio says, typed by a person of the team and confirmed by its author before it is public.

    `is_whole`: the audio is all there is, so nothing is published until it is confirmed. `objection` is what the author says is wrong
    with the text as it stands; typing it again clears it.
    """

    __tablename__ = "voice_text"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    is_whole: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    typed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    objection: Mapped[str] = mapped_column(Text, default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Whereabouts(Model):
    """Where exactly a contribution speaks of: words of reference, and a point in hundred-thousandths of a degree, already rounded."""

    __tablename__ = "whereabouts"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(default="")
    latitude_e5: Mapped[int | None]
    longitude_e5: Mapped[int | None]

    @property
    def point(self) -> str:
        """ "-13.517,-71.978", as a `geo:` address has it; "" without a point."""
        if self.latitude_e5 is None or self.longitude_e5 is None:
            return ""
        return f"{self.latitude_e5 / 100_000:.5g},{self.longitude_e5 / 100_000:.5g}"


class ContributionSummary(Model):
    """What a contribution in another language says, in Spanish, by a named person; the present one is that of the highest `n`."""

    __tablename__ = "contribution_summary"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CodeSequence(Model):
    """The last number given in a series of a process: codes are never used twice (BR-28)."""

    __tablename__ = "code_sequence"

    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class ImportMap(Model):
    """How somebody's file is read, kept for next time (interfaces.md, a map); `holds` is what such files bring."""

    __tablename__ = "import_map"
    __table_args__ = (UniqueConstraint("process_id", "holds", "name", name="uq_import_map_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    holds: Mapped[Holds] = mapped_column(default=Holds.CONTRIBUTIONS)
    name: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ImportUpload(Model):
    """A file between its upload and its import: the bytes lie in storage under `key`, for the person who brought it only.

    `settings` is the map as TOML; `report` the last pre-flight, or the codes once `imported_at` is set.
    """

    __tablename__ = "import_upload"
    __table_args__ = (Index("ix_import_upload_created", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    holds: Mapped[Holds] = mapped_column(default=Holds.CONTRIBUTIONS)
    file_name: Mapped[str]
    settings: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    imported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    opportunity: Mapped[Opportunity | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class SavedDraft(Model):
    """What somebody is still writing in the public form: never public, deleted whole when it expires or is sent.

    `token_hash` is SHA-256 of the token in its link; `content` the fields of the form as typed; `mailed_at` when its link last went
    to the address written in it.
    """

    __tablename__ = "saved_draft"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_saved_draft_token"),
        Index("ix_saved_draft_expires", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), index=True)
    token_hash: Mapped[str]
    submission_key: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
