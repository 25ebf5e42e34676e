"""The daily check: what every requirement was found to be is kept, changes enter the register, warnings go out once."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.audit import rules as register
from app.audit import services as audit
from app.compliance import queries
from app.compliance.models import ComplianceAlarm, RequirementCheck
from app.compliance.queries import Judgement
from app.compliance.rules import alarms
from app.compliance.rules.alarms import Alarm
from app.compliance.rules.findings import RULE_VERSION, Finding
from app.core import dates
from app.core.clock import lima_day
from app.core.db import db
from app.notifications import services as notifications
from app.processes import services as processes
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.spaces import queries as spaces
from app.spaces.rules import Role

TOLD = (Role.SECRETARIAT, Role.MUNICIPAL, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL)


def check_all(now: datetime) -> int:
    """Check every process in public that was not checked today; how many were. The caller commits."""
    running = db.session.scalars(
        select(Process)
        .where(Process.state.not_in((ProcessState.DRAFT, ProcessState.CANCELLED)))
        .options(joinedload(Process.space))
        .order_by(Process.id)
    ).all()
    done = queries.checked_on([process.id for process in running], lima_day(now))
    waiting = [process for process in running if process.id not in done]
    for process in waiting:
        check(process, now=now)
    return len(waiting)


def check(process: Process, *, now: datetime) -> Judgement:
    """Keep what the requirements are found to be today, write down what changed, warn. Twice a day changes nothing. The caller commits."""
    judgement = queries.judge(process, now)
    known = queries.last_checks(process.id)
    changed = []
    for finding in judgement.findings.values():
        before = known.get(finding.id)
        if before is not None and before.day == judgement.today:
            continue
        if _keep(process, finding, before, now=now):
            changed.append(finding)
    if changed:
        facts = {str(f.id): {"rule": str(f.rule), "goal": str(f.goal), "facts_sha256": sha256_of(f.facts)} for f in changed}
        audit.record("compliance.check", "process", process.slug, facts, at=now, role="sistema")
        processes.touch_public(process.id)
    raise_alarms(process, judgement, now=now)
    db.session.flush()
    return judgement


def _keep(process: Process, finding: Finding, before: RequirementCheck | None, *, now: datetime) -> bool:
    """Write the row of the day; whether a light changed."""
    digest = sha256_of(finding.facts)
    is_new = before is None or (before.rule, before.goal) != (finding.rule, finding.goal)
    has_other_facts = before is None or before.facts_sha256 != digest
    db.session.add(
        RequirementCheck(
            process_id=process.id, requirement=finding.id, day=lima_day(now), rule=finding.rule, goal=finding.goal, is_change=is_new,
            facts_sha256=digest, facts=register.canonical(dict(finding.facts)) if has_other_facts else None, rule_version=RULE_VERSION,
            computed_at=now,
        )
    )  # fmt: skip
    return is_new


def sha256_of(facts: Mapping[str, Any]) -> str:
    """SHA-256 of the facts in the one way the register writes them."""
    return hashlib.sha256(register.canonical(dict(facts)).encode()).hexdigest()


def raise_alarms(process: Process, judgement: Judgement, *, now: datetime) -> int:
    """Give each warning that is due once, by letter and on the desk; close those that no longer hold. The caller commits."""
    due = {alarm.key: alarm for alarm in alarms.all_due(judgement.counted, judgement.today)}
    given = {row.key: row for row in queries.alarms_of(process.id)}
    for key, row in given.items():
        if row.closed_at is None and key not in due:
            row.closed_at = now
    fresh = [alarm for key, alarm in due.items() if key not in given]
    for alarm in fresh:
        _give(process, alarm, now=now)
    return len(fresh)


def _give(process: Process, alarm: Alarm, *, now: datetime) -> None:
    row = ComplianceAlarm(
        process_id=process.id, key=alarm.key, requirement=alarm.requirement, advice=str(alarm.advice), limit_on=alarm.limit_on,
        details=_plain(alarm.values), raised_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another worker gave it
        return
    today = lima_day(now)
    told: set[str] = set()
    for assignment in spaces.role_assignments(process.space):
        is_held = assignment.starts_on <= today and (assignment.ends_on is None or assignment.ends_on >= today)
        address = assignment.person.email
        if not is_held or assignment.role not in TOLD or assignment.process_id not in (None, process.id) or address in told:
            continue
        told.add(address)
        notifications.queue(
            "compliance.alarm", address=address, person_id=assignment.person_id, subject_kind="process", subject_id=process.id,
            content={
                "name": assignment.person.name, "process": process.title, "slug": process.slug, "requirement": str(alarm.requirement),
                "advice": str(alarm.advice), "details": _plain(alarm.values), "limit": dates.long_date(alarm.limit_on),
                "days_left": alarm.days_left,
            },
            dedupe_key=f"compliance.alarm:{process.id}:{alarm.key}:{address}", at=now,
        )  # fmt: skip


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
