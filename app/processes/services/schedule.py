"""The schedule from draft to publication: one open draft per process, two approvals of its exact text, then a version for ever."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.notifications import services as notifications
from app.processes import queries
from app.processes.models import Opportunity, Process, ScheduleApproval, ScheduleVersion
from app.processes.rules import schedule as schedules
from app.processes.rules.drafting import ordered
from app.processes.rules.publication import Move, MoveKind, ScheduleProblem, is_short_notice, moves, problems_with_publication
from app.processes.rules.schedule import Schedule
from app.processes.rules.states import ApprovalSeat, ProcessState, VersionState
from app.processes.services.projection import project
from app.processes.services.public import touch_public

OPEN = (VersionState.DRAFT, VersionState.IN_REVIEW)
LETTER = "processes.schedule-changed"


def open_draft(process: Process, *, person_id: int, now: datetime) -> ScheduleVersion:
    """The draft to work on: the one that is open, or a new one with what is public today (empty before the first)."""
    known = queries.open_version_of(process.id)
    if known is not None:
        return known
    content = schedules.to_json(queries.current_schedule(process.id))
    version = ScheduleVersion(
        process_id=process.id, content=content, sha256=schedules.sha256(content), drafted_by_id=person_id, drafter_ids=[], drafted_at=now
    )
    version.process = process
    db.session.add(version)
    try:
        db.session.flush()
    except IntegrityError as refusal:  # another person opened one a moment ago: theirs is the draft
        db.session.rollback()
        raise SomebodyWasFirst(queries.open_version_of(process.id)) from refusal
    return version


def save_draft(
    version: ScheduleVersion, schedule: Schedule, *, reason: str, revision: int, person_id: int, now: datetime
) -> ScheduleVersion:
    """Put `schedule` in the draft that the person read as `revision`. Approvals fall and the draft goes back to being one.

    Raises SomebodyWasFirst when it changed since, RuleBroken when it is published already.
    """
    version = _locked(version)
    _refuse_unless_open(version)
    if version.revision != revision:
        raise SomebodyWasFirst(version)
    version.content = schedules.to_json(ordered(schedule))
    version.sha256 = schedules.sha256(version.content)
    version.reason, version.state, version.revision = clean(reason), VersionState.DRAFT, version.revision + 1
    version.drafted_by_id, version.drafted_at = person_id, now
    version.drafter_ids = sorted({*version.drafter_ids, person_id})
    db.session.execute(delete(ScheduleApproval).where(ScheduleApproval.version_id == version.id))
    db.session.flush()
    return version


def discard_draft(version: ScheduleVersion, *, revision: int, person_id: int, now: datetime) -> None:
    """Throw away a draft that was never published, its approvals with it; what is public stays as it is. The caller commits.

    Raises SomebodyWasFirst when it changed since it was read as `revision`, RuleBroken when it is published already.
    """
    version = _locked(version)
    _refuse_unless_open(version)
    if version.revision != revision:
        raise SomebodyWasFirst(version)
    db.session.execute(delete(ScheduleApproval).where(ScheduleApproval.version_id == version.id))
    db.session.delete(version)
    db.session.flush()


def submit(version: ScheduleVersion, *, person_id: int, now: datetime, reason: str | None = None) -> ScheduleVersion:
    """Ask for the two approvals. It must already be something that could be published. Raises RuleBroken."""
    version = _locked(version)
    _refuse_unless_open(version)
    text = version.reason if reason is None else clean(reason)
    refuse_if_any(_problems(version, text, now))
    version.reason = text
    version.state = VersionState.IN_REVIEW
    db.session.flush()
    return version


def approve(version: ScheduleVersion, seat: ApprovalSeat, sha256: str, *, person_id: int, now: datetime) -> ScheduleApproval:
    """A seat approves exactly the text whose hash is `sha256`.

    Raises SomebodyWasFirst when the text is another by now, RuleBroken when the person may not or the seat has approved.
    """
    version = _locked(version)
    _refuse_unless_open(version)
    if version.sha256 != sha256:
        raise SomebodyWasFirst(version)
    given = queries.approvals([version.id]).get(version.id, [])
    refuse_if_any(_approval_problems(version, seat, given, person_id))
    approval = ScheduleApproval(version_id=version.id, seat=seat, person_id=person_id, sha256=sha256, approved_at=now)
    db.session.add(approval)
    try:
        db.session.flush()
    except IntegrityError as refusal:
        db.session.rollback()
        raise RuleBroken([Problem(ScheduleProblem.ALREADY_APPROVED)]) from refusal
    return approval


def publish(version: ScheduleVersion, *, person_id: int, now: datetime, reason: str | None = None) -> ScheduleVersion:
    """Make the approved draft the version everybody reads, for ever, with its number, its hash and its instant.

    Phases and opportunities follow it; who asked to be told gets a letter about what moved; the register gets an entry.
    Raises RuleBroken.
    """
    version = _locked(version)
    _refuse_unless_open(version)
    text = version.reason if reason is None else clean(reason)
    approvals = [a for a in queries.approvals([version.id]).get(version.id, []) if a.sha256 == version.sha256]
    missing = [seat for seat in ApprovalSeat if seat not in {a.seat for a in approvals}]
    problems = [Problem(ScheduleProblem.APPROVAL_MISSING, values={"seat": seat}) for seat in missing]
    if version.state is not VersionState.IN_REVIEW:
        problems.append(Problem(ScheduleProblem.NOT_IN_REVIEW))
    refuse_if_any(problems + _problems(version, text, now))
    previous = queries.latest_version(version.process_id)
    before = schedules.from_json(previous.content) if previous else None
    after = schedules.from_json(version.content)
    moved = moves(before, after, now)
    if previous is not None:
        previous.state = VersionState.REPLACED
    last = db.session.scalar(select(func.max(ScheduleVersion.n)).where(ScheduleVersion.process_id == version.process_id)) or 0
    version.n, version.state, version.reason = last + 1, VersionState.PUBLISHED, text
    version.published_by_id, version.published_at, version.is_short_notice = person_id, now, is_short_notice(moved)
    db.session.flush()
    process = version.process
    version.notice_days = queries.notice(process, now).days
    project(process, after)
    if process.state is ProcessState.DRAFT:
        process.state = ProcessState.SCHEDULED
    db.session.flush()
    _record(version, after, approvals, len(moved), now)
    _write_letters(version, moved, now)
    touch_public(process.id)
    return version


def _problems(version: ScheduleVersion, reason: str, now: datetime) -> list[Problem]:
    previous = queries.latest_version(version.process_id)
    return problems_with_publication(
        schedules.from_json(version.content), previous=schedules.from_json(previous.content) if previous else None,
        reason=reason, now=now, is_retroactive=version.process.is_retroactive,
    )  # fmt: skip


def _approval_problems(version: ScheduleVersion, seat: ApprovalSeat, given: list[ScheduleApproval], person_id: int) -> list[Problem]:
    problems = []
    if version.state is not VersionState.IN_REVIEW:
        problems.append(Problem(ScheduleProblem.NOT_IN_REVIEW))
    if any(approval.seat is seat for approval in given):
        problems.append(Problem(ScheduleProblem.ALREADY_APPROVED))
    elif any(approval.person_id == person_id for approval in given):
        problems.append(Problem(ScheduleProblem.SAME_PERSON_APPROVES))
    if seat is ApprovalSeat.NON_GOVERNMENT and person_id in (version.drafted_by_id, *version.drafter_ids):
        problems.append(Problem(ScheduleProblem.DRAFTER_APPROVES))
    return problems


def _refuse_unless_open(version: ScheduleVersion) -> None:
    if version.state not in OPEN:
        refuse_if_any([Problem(ScheduleProblem.NOT_OPEN)])


def _locked(version: ScheduleVersion) -> ScheduleVersion:
    """The version as it stands now, held until the transaction ends, with its process and space."""
    return db.session.scalars(
        select(ScheduleVersion)
        .where(ScheduleVersion.id == version.id)
        .options(joinedload(ScheduleVersion.process, innerjoin=True).joinedload(Process.space, innerjoin=True))
        .with_for_update(of=ScheduleVersion)
        .execution_options(populate_existing=True)
    ).one()


def _record(version: ScheduleVersion, schedule: Schedule, approvals: list[ScheduleApproval], moved: int, now: datetime) -> None:
    facts: dict[str, Any] = {
        "version": version.n,
        "sha256": version.sha256,
        "start_at": schedule.start_at,
        "notice_days": version.notice_days,
        "short_notice": version.is_short_notice,
        "moves": moved,
        "approvals": [{"seat": a.seat.value, "at": a.approved_at} for a in approvals],
        "reason_sha256": hashlib.sha256(version.reason.encode()).hexdigest(),
    }
    audit.record("processes.publish-schedule", "process", version.process.slug, facts, at=now, role="secretaría")


def _write_letters(version: ScheduleVersion, moved: tuple[Move, ...], now: datetime) -> None:
    """One letter to each address that follows the process or registered for something that moves."""
    if not moved:
        return
    process = version.process
    content = {
        "process": process.title, "slug": process.slug, "space": process.space.name, "version": version.n, "reason": version.reason,
        "is_short_notice": version.is_short_notice, "moves": [_plain(move) for move in moved],
    }  # fmt: skip
    event = f"{process.id}-v{version.n}"
    notifications.queue_for_subscribers(LETTER, "process", process.id, content, event=event, at=now)
    for opportunity_id in _moved_opportunities(process.id, moved):
        notifications.queue_for_subscribers(LETTER, "opportunity", opportunity_id, content, event=event, at=now)


def _moved_opportunities(process_id: int, moved: tuple[Move, ...]) -> list[int]:
    slugs = {move.key for move in moved if move.kind is MoveKind.OPPORTUNITY}
    return list(
        db.session.scalars(
            select(Opportunity.id).where(Opportunity.process_id == process_id, Opportunity.slug.in_(slugs)).order_by(Opportunity.id)
        )
    )


def _plain(move: Move) -> dict[str, Any]:
    """A move as JSON: instants as text with their offset."""
    text = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in (("before", move.before), ("after", move.after))
    }
    return {"kind": move.kind.value, "change": move.change.value, "title": move.title, "days": move.days, "is_short": move.is_short, **text}
