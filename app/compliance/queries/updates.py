"""The repository as the register tells it: what was published of a process and its space, when, and where it is read."""

import json
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.audit.models import AuditEntry
from app.compliance.rules.repository import UpdateFact, UpdateKind
from app.core.clock import lima_day
from app.core.db import db
from app.processes.models import Process

COCREATION = (
    "processes.publish-schedule", "processes.publish-criteria", "activities.publish", "activities.add_file", "feedback.publish",
    "feedback.publish-batch", "plans.publish-version", "plans.approve", "forum.publish-rules", "forum.publish-minutes", "evidence.publish",
)  # fmt: skip
IMPLEMENTATION = ("plans.report-progress", "plans.submit", "plans.verify-progress", "forum.publish-report")
PLACES = {"processes": "cronograma", "activities": "actividades", "feedback": "respuestas", "plans": "plan"}


def updates(process: Process) -> list[UpdateFact]:
    """Publications of the process, and of the forum that convenes it, oldest first; one statement. `title` is the act's name."""
    slug, space = process.slug, process.space.slug
    of_it: list[ColumnElement[bool]] = [AuditEntry.subject_ref.in_((slug, space))]
    of_it += [AuditEntry.subject_ref.startswith(f"{name}{mark}", autoescape=True) for name in (slug, space) for mark in "-/"]
    of_it.append(AuditEntry.subject_ref.startswith(f"{process.code}-", autoescape=True))
    rows = db.session.execute(
        select(AuditEntry.action, AuditEntry.subject_ref, AuditEntry.body, AuditEntry.hash)
        .where(AuditEntry.action.in_((*COCREATION, *IMPLEMENTATION)), or_(*of_it))
        .order_by(AuditEntry.seq)
    )
    return [
        UpdateFact(
            lima_day(datetime.fromisoformat(json.loads(body)["at"])),
            UpdateKind.IMPLEMENTATION if action in IMPLEMENTATION else UpdateKind.COCREATION,
            action, _address(action, slug, space), entry_hash,
        )
        for action, _ref, body, entry_hash in rows
    ]  # fmt: skip


def _address(action: str, slug: str, space: str) -> str:
    package = action.partition(".")[0]
    if package == "forum":
        return f"/foro/{space}"
    place = PLACES.get(package, "")
    return f"/procesos/{slug}/{place}" if place and package != "activities" else f"/procesos/{slug}"
