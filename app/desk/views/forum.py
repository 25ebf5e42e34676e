"""What of the forums awaits a person: minutes and agreements that are late, texts to approve, votes to cast."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core.clock import lima_day
from app.core.permissions import Actor
from app.forum import queries
from app.forum.rules.seats import Side
from app.spaces.rules import Role

KEEPERS = (Role.SECRETARIAT, Role.MUNICIPAL)
SIDES = ((Role.FORUM_GOVERNMENT, Side.GOVERNMENT), (Role.FORUM_CIVIL, Side.NON_GOVERNMENT))


@dataclass(frozen=True)
class Place:
    """Where the task is done, as the list of tasks names it."""

    title: str


Row = tuple[str, Place, datetime, str]


def forum_tasks(actor: Actor, now: datetime) -> Iterator[Row]:
    """(words, place, since, address) of each."""
    yield from _kept(_spaces(actor, *KEEPERS), now)
    for role, side in SIDES:
        yield from _approved(_spaces(actor, role), side)
    for motion in queries.motions_to_vote(actor.person_id or 0, lima_day(now), now):
        href = url_for("forum.desk_motion", slug=motion.space.slug, motion=motion.slug)
        yield _("Votar: %(title)s", title=motion.title), Place(motion.space.name), motion.opened_at, href


def _spaces(actor: Actor, *roles: Role) -> list[int]:
    return sorted({held.space_id for held in actor.roles if held.role in roles and held.process_id is None})


def _kept(space_ids: list[int], now: datetime) -> Iterator[Row]:
    if not space_ids:
        return
    for meeting in queries.late_minutes(space_ids, now):
        words = _("Acta atrasada: %(title)s", title=meeting.title)
        yield words, Place(meeting.space.name), meeting.ended_at or meeting.ends_at, _meeting(meeting, "acta")
    for agreement in queries.overdue_agreements(space_ids, lima_day(now)):
        meeting = agreement.meeting
        words = _("Acuerdo vencido %(n)s: %(owner)s", n=f"{meeting.number}.{agreement.number}", owner=agreement.owner)
        yield words, Place(meeting.space.name), queries.overdue_since(agreement), _meeting(meeting, "acuerdos")


def _approved(space_ids: list[int], side: Side) -> Iterator[Row]:
    if not space_ids:
        return
    for meeting, saved_at in queries.minutes_to_approve(space_ids, side):
        yield (
            _("Acta que espera su aprobación: %(title)s", title=meeting.title),
            Place(meeting.space.name),
            saved_at,
            _meeting(meeting, "acta"),
        )
    for version in queries.rules_to_approve(space_ids, side):
        href = url_for("forum.desk_rules", slug=version.space.slug)
        yield _("Reglas de participación que esperan su aprobación"), Place(version.space.name), version.drafted_at, href


def _meeting(meeting: Any, anchor: str) -> str:
    return url_for("forum.desk_meeting", slug=meeting.space.slug, meeting=meeting.slug, _anchor=anchor)
