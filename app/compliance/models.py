"""Attestations and the acts beside them, what the daily job saw, what applies to a space, what the IRM published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.compliance.rules.attestations import ActKind, Method
from app.compliance.rules.findings import Requirement, Result
from app.compliance.rules.irm import IrmVerdict
from app.compliance.rules.profiles import Application, RequirementSet
from app.compliance.rules.statements import Statement
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.rules.seats import Side
from app.processes.models import Process
from app.spaces.models import Space


class ProfileChoice(Model):
    """How a set of requirements applies to a space from an instant on; the latest row of each set stands."""

    __tablename__ = "compliance_profile"
    __table_args__ = (Index("ix_compliance_profile_space", "space_id", "requirement_set", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    requirement_set: Mapped[RequirementSet]
    application: Mapped[Application]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Attestation(Model):
    """A signed statement about what software cannot know: of one process, or of its space (`process_id` None).

    Its words never change. `is_standing` falls when it is withdrawn or renewed by `renews_id` of a later row; `number` counts within
    the space; `subject` ("space", or the process's slug) keeps one standing statement of each side unique in the database.
    """

    __tablename__ = "attestation"
    __table_args__ = (
        UniqueConstraint("space_id", "number", name="uq_attestation_number"),
        Index(
            "uq_attestation_standing", "space_id", "subject", "statement", "about", "side", unique=True,
            sqlite_where=text("is_standing"), postgresql_where=text("is_standing"),
        ),
        Index("ix_attestation_space", "space_id", "process_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    subject: Mapped[str]
    number: Mapped[int]
    statement: Mapped[Statement]
    about: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    post: Mapped[str]
    side: Mapped[Side]
    method: Mapped[Method]
    happened_on: Mapped[date | None]
    rule_version: Mapped[str]
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("attestation.id"))
    signer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_standing: Mapped[bool] = mapped_column(default=True)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    process: Mapped[Process | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id, self.process_id)


class AttestationAct(Model):
    """A co-signature, a contradiction or a withdrawal: written beside the attestation, one of each kind from each side."""

    __tablename__ = "attestation_act"
    __table_args__ = (UniqueConstraint("attestation_id", "kind", "side", name="uq_attestation_act_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attestation_id: Mapped[int] = mapped_column(ForeignKey("attestation.id"))
    kind: Mapped[ActKind]
    side: Mapped[Side]
    text: Mapped[str] = mapped_column(Text, default="")
    post: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class RequirementCheck(Model):
    """What a requirement was found to be on a day. `facts` is canonical JSON, kept when its hash is not that of the check before it."""

    __tablename__ = "requirement_check"
    __table_args__ = (
        UniqueConstraint("process_id", "requirement", "day", name="uq_requirement_check_day"),
        Index("ix_requirement_check_day", "process_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    requirement: Mapped[Requirement]
    day: Mapped[date]
    rule: Mapped[Result]
    goal: Mapped[Result]
    is_change: Mapped[bool] = mapped_column(default=False)
    facts_sha256: Mapped[str]
    facts: Mapped[str | None] = mapped_column(Text)
    rule_version: Mapped[str]
    computed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SiteProbe(Model):
    """What a visitor without an account found: pages that did not open, files that are gone or changed. `hour` is Lima's."""

    __tablename__ = "site_probe"
    __table_args__ = (UniqueConstraint("space_id", "day", "hour", name="uq_site_probe_hour"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    day: Mapped[date]
    hour: Mapped[int]
    is_ok: Mapped[bool]
    pages: Mapped[int]
    failures: Mapped[list[str]] = mapped_column(JSON, default=list)
    files: Mapped[int] = mapped_column(default=0)
    broken: Mapped[list[str]] = mapped_column(JSON, default=list)
    probed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ComplianceAlarm(Model):
    """A warning given once: the letters went out in the same transaction. It closes when its limit no longer calls for it."""

    __tablename__ = "compliance_alarm"
    __table_args__ = (
        UniqueConstraint("process_id", "key", name="uq_compliance_alarm_key"),
        Index("ix_compliance_alarm_open", "process_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    key: Mapped[str]
    requirement: Mapped[Requirement]
    advice: Mapped[str]
    limit_on: Mapped[date]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class IrmResult(Model):
    """What a published IRM report says of the process; only with the address of the report. The latest row stands."""

    __tablename__ = "irm_result"
    __table_args__ = (Index("ix_irm_result_process", "process_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    verdict: Mapped[IrmVerdict]
    report_url: Mapped[str]
    published_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
