"""The other side is told by letter: of a finding, of a reply."""

from datetime import datetime

from flask import current_app
from sqlalchemy import and_, or_, select

from app.accounts.models import Person
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.notifications import services as notifications
from app.notifications.rules import is_address
from app.notifications.services import NewLetter
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from app.vigilance import queries
from app.vigilance.models import Finding, FindingReply


def tell_entity(finding: Finding, now: datetime) -> int:
    """One letter to each person of the municipal team and of the unit responsible for the line it is about. How many were queued.

    The caller commits.
    """
    process = finding.round.process
    today, line = lima_day(now), queries.line_of(finding)
    answers = and_(RoleAssignment.role == Role.ENTITY, RoleAssignment.organisation_id.in_(line.unit_ids if line else ()))
    held = select(RoleAssignment.person_id).where(
        RoleAssignment.space_id == process.space_id, or_(RoleAssignment.role == Role.MUNICIPAL, answers),
        RoleAssignment.process_id.is_(None) | (RoleAssignment.process_id == process.id), RoleAssignment.starts_on <= today,
        RoleAssignment.ends_on.is_(None) | (RoleAssignment.ends_on >= today),
    )  # fmt: skip
    people = db.session.scalars(select(Person).where(Person.id.in_(held)).order_by(Person.id))
    content = {"asked": finding.asked, "reply_by": long_date(finding.reply_by), "link": _link(finding, "/mesa")}
    letters = _letters("vigilance.found:0", finding, [(p.id, p.email) for p in people], content)
    return notifications.queue_many("vigilance.found", letters, at=now) if letters else 0


def tell_committee(finding: Finding, reply: FindingReply, now: datetime) -> int:
    """One letter to each member with an address. How many were queued. The caller commits."""
    members = [(m.agent_id, m.agent.email) for m in queries.members(finding.committee_id)]
    content = {"text": reply.text, "until": long_date(reply.until), "entity": reply.entity, "link": _link(finding, "")}
    letters = _letters(f"vigilance.replied:{reply.number}", finding, members, content)
    return notifications.queue_many("vigilance.replied", letters, at=now) if letters else 0


def _link(finding: Finding, desk: str) -> str:
    return f"{current_app.config['SITE_URL']}{desk}/procesos/{finding.round.process.slug}/presupuesto/vigilancia/{finding.code}"


def _letters(event: str, finding: Finding, people: list[tuple[int, str]], content: dict[str, str]) -> list[NewLetter]:
    """One to each of them that has an address; the same event is never written twice to anybody."""
    own = {"code": finding.code, "title": finding.title, "process": finding.round.process.title, **content}
    return [
        NewLetter(email, queries.FINDING_SUBJECT, finding.id, own, f"{event}:{finding.id}:{key}")
        for key, email in people
        if is_address(email)
    ]
