"""What applies to a space, what the IRM published, what the daily visit found, what the page said on each day, open alarms."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select

from app.compliance.models import ComplianceAlarm, IrmResult, ProfileChoice, RequirementCheck, SiteProbe
from app.compliance.rules.findings import Requirement
from app.compliance.rules.profiles import Application, RequirementSet, default_profile
from app.compliance.rules.website import ProbeFact
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.spaces.models import Space

PROBES_SHOWN = 30


def profile(space: Space) -> dict[RequirementSet, Application]:
    """How each set applies to the space now."""
    newest = select(func.max(ProfileChoice.id)).where(ProfileChoice.space_id == space.id).group_by(ProfileChoice.requirement_set)
    rows = db.session.execute(select(ProfileChoice.requirement_set, ProfileChoice.application).where(ProfileChoice.id.in_(newest)))
    return default_profile(space.kind) | {chosen: application for chosen, application in rows}


def irm_result(process_id: int) -> IrmResult | None:
    return db.session.scalar(select(IrmResult).where(IrmResult.process_id == process_id).order_by(IrmResult.id.desc()).limit(1))


def probes(space_id: int) -> Sequence[SiteProbe]:
    """The last visit of each of the latest days, oldest first."""
    newest = (
        select(SiteProbe.day, func.max(SiteProbe.hour).label("hour"))
        .where(SiteProbe.space_id == space_id)
        .group_by(SiteProbe.day)
        .order_by(SiteProbe.day.desc())
        .limit(PROBES_SHOWN)
        .subquery()
    )
    rows = db.session.scalars(
        select(SiteProbe)
        .join(newest, (newest.c.day == SiteProbe.day) & (newest.c.hour == SiteProbe.hour))
        .where(SiteProbe.space_id == space_id)
        .order_by(SiteProbe.day)
    )
    return rows.all()


def probe_facts(rows: Sequence[SiteProbe]) -> tuple[ProbeFact, ...]:
    return tuple(ProbeFact(row.day, row.is_ok, tuple(row.failures), row.pages) for row in rows)


def last_probe(space_id: int) -> SiteProbe | None:
    return db.session.scalar(
        select(SiteProbe).where(SiteProbe.space_id == space_id).order_by(SiteProbe.day.desc(), SiteProbe.hour.desc()).limit(1)
    )


def last_checks(process_id: int) -> dict[Requirement, RequirementCheck]:
    """The newest check of each requirement."""
    newest = select(func.max(RequirementCheck.id)).where(RequirementCheck.process_id == process_id).group_by(RequirementCheck.requirement)
    rows = db.session.scalars(select(RequirementCheck).where(RequirementCheck.id.in_(newest)).order_by(RequirementCheck.id))
    return {row.requirement: row for row in rows}


def checked_on(process_ids: Collection[int], day: date) -> frozenset[int]:
    """The processes already checked on that day."""
    return frozenset(
        db.session.scalars(
            select(RequirementCheck.process_id).where(RequirementCheck.process_id.in_(process_ids), RequirementCheck.day == day).distinct()
        )
    )


def changes(process_id: int, page: int) -> Page:
    """Days on which a result changed, the latest first: 30 to a page."""
    chosen = select(RequirementCheck).where(RequirementCheck.process_id == process_id, RequirementCheck.is_change)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = db.session.scalars(
        chosen.order_by(RequirementCheck.day.desc(), RequirementCheck.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    return Page(rows, page, total)


def latest_changes(process_id: int, most: int = 5) -> Sequence[RequirementCheck]:
    """The newest changes of result."""
    return db.session.scalars(
        select(RequirementCheck)
        .where(RequirementCheck.process_id == process_id, RequirementCheck.is_change)
        .order_by(RequirementCheck.day.desc(), RequirementCheck.id.desc())
        .limit(most)
    ).all()


def all_changes(process_id: int) -> Sequence[RequirementCheck]:
    """As `changes`, all of them, oldest first: for files."""
    return db.session.scalars(
        select(RequirementCheck)
        .where(RequirementCheck.process_id == process_id, RequirementCheck.is_change)
        .order_by(RequirementCheck.day, RequirementCheck.id)
    ).all()


def said_on(process_id: int, day: date) -> Sequence[RequirementCheck]:
    """What the page said on a day: the checks of that day, by requirement."""
    return db.session.scalars(
        select(RequirementCheck).where(RequirementCheck.process_id == process_id, RequirementCheck.day == day).order_by(RequirementCheck.id)
    ).all()


def facts_of(process_id: int, hashes: Collection[str]) -> dict[str, str]:
    """The facts behind hashes of checks, as canonical JSON: each was kept once, on the day it first held."""
    rows = db.session.execute(
        select(RequirementCheck.facts_sha256, RequirementCheck.facts)
        .where(RequirementCheck.process_id == process_id, RequirementCheck.facts_sha256.in_(hashes), RequirementCheck.facts.is_not(None))
        .order_by(RequirementCheck.id)
    )
    return {sha256: facts or "" for sha256, facts in rows}


def open_alarms(process_ids: Collection[int]) -> Sequence[ComplianceAlarm]:
    """Warnings that still call for something, the oldest first."""
    return db.session.scalars(
        select(ComplianceAlarm)
        .where(ComplianceAlarm.process_id.in_(process_ids), ComplianceAlarm.closed_at.is_(None))
        .order_by(ComplianceAlarm.raised_at, ComplianceAlarm.id)
    ).all()


def alarms_of(process_id: int) -> Sequence[ComplianceAlarm]:
    """Every warning ever given of a process."""
    return db.session.scalars(select(ComplianceAlarm).where(ComplianceAlarm.process_id == process_id).order_by(ComplianceAlarm.id)).all()
