"""The desk: what awaits the person, oldest first, and the ways into their work; nothing they may not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.guard import current_actor, guarded, may
from app.core.permissions import Actor
from app.desk import queries
from app.desk.permissions import GRANTS, DeskPermission
from app.desk.views import bp
from app.desk.views.doors import doors
from app.feedback.rules.outcomes import Seat
from app.processes.permissions import GRANTS as PROCESS_GRANTS
from app.processes.permissions import ProcessPermission
from app.processes.rules.states import ApprovalSeat, VersionState
from app.spaces import messages as spaces_messages
from app.spaces.permissions import GRANTS as SPACE_GRANTS
from app.spaces.permissions import SpacePermission
from app.spaces.rules import Role

if TYPE_CHECKING:
    from app.processes.models import Process


@dataclass(frozen=True)
class Task:
    """One thing that awaits the person: what, where, since when, and the page where it is done."""

    text: str
    process: Process
    since: datetime
    href: str


@bp.get("/mesa")
@guarded(DeskPermission.ENTER, GRANTS)
def index() -> str:
    actor, now = current_actor(), clock.now()
    processes = queries.processes_of(actor)
    spaces = queries.spaces_of(actor)
    roles = sorted({(spaces[h.space_id].name, str(spaces_messages.ROLES[Role(h.role)])) for h in actor.roles})
    return render_template(
        "desk/index.html",
        tasks=sorted(_tasks(actor, processes, now), key=lambda task: task.since),
        roles=roles,
        now=now,
        doors=[(process, doors(process)) for process in processes.values()],
        managed=[space for space in spaces.values() if may(SpacePermission.APPOINT_FORUM, SPACE_GRANTS, space)],
        may_create=[s for s in spaces.values() if may(ProcessPermission.CREATE, PROCESS_GRANTS, s)],
    )


def _tasks(actor: Actor, processes: dict[int, Process], now: datetime) -> Iterator[Task]:
    def held(*roles: Role) -> list[int]:
        return queries.where_held(actor, processes, *roles)

    def counted(rows: queries.Oldest, one: str, many: str, endpoint: str, **arguments: Any) -> Iterator[Task]:
        for process_id, (count, since) in rows.items():
            process = processes[process_id]
            yield Task(ngettext(one, many, count), process, since, url_for(endpoint, slug=process.slug, **arguments))

    yield from counted(
        queries.held(held(Role.MODERATOR)), "%(num)d aporte espera moderación", "%(num)d aportes esperan moderación", "moderation.queue"
    )
    for role, seat in ((Role.FORUM_GOVERNMENT, Seat.GOVERNMENT), (Role.FORUM_CIVIL, Seat.NON_GOVERNMENT)):
        yield from counted(
            queries.answers_to_sign(held(role), seat),
            "%(num)d respuesta espera su firma",
            "%(num)d respuestas esperan su firma",
            "feedback.signatures",
        )
        yield from _plan_tasks(held(role), seat, processes)
    yield from counted(
        queries.answers_returned(held(Role.ENTITY, Role.SECRETARIAT, Role.MUNICIPAL), actor.person_id or 0),
        "%(num)d respuesta devuelta con una nota",
        "%(num)d respuestas devueltas con una nota",
        "feedback.pile",
        estado="devueltas",
    )
    yield from counted(
        queries.answers_to_publish(held(Role.SECRETARIAT, Role.MUNICIPAL)),
        "%(num)d respuesta aprobada por publicar",
        "%(num)d respuestas aprobadas por publicar",
        "feedback.publication",
    )
    yield from counted(
        queries.unanswered(held(Role.ENTITY, Role.SECRETARIAT, Role.MUNICIPAL)),
        "%(num)d aporte sin respuesta empezada",
        "%(num)d aportes sin respuesta empezada",
        "feedback.pile",
        estado="sin-responder",
    )
    yield from _schedule_tasks(held, processes)
    for process_id, slug, title, ended in queries.workshops_without_record(held(Role.FACILITATOR, Role.SECRETARIAT, Role.MUNICIPAL), now):
        process = processes[process_id]
        yield Task(
            _("Falta publicar el registro: %(title)s", title=title),
            process,
            ended,
            url_for("activities.show", slug=process.slug, activity=slug),
        )


def _schedule_tasks(held: Callable[..., list[int]], processes: dict[int, Process]) -> Iterator[Task]:
    secretariat = set(held(Role.SECRETARIAT, Role.MUNICIPAL))
    civil = set(held(Role.FORUM_CIVIL))
    for version, seats in queries.open_schedules(secretariat | civil):
        process = processes[version.process_id]
        href = url_for("processes.draft", slug=process.slug)
        in_review = version.state is VersionState.IN_REVIEW
        if process.id in secretariat:
            ready = in_review and seats == set(ApprovalSeat)
            text = (
                _("Cronograma aprobado por publicar")
                if ready
                else _("Cronograma por aprobar como secretaría")
                if in_review and ApprovalSeat.SECRETARIAT not in seats
                else _("Cronograma en redacción")
                if not in_review
                else ""
            )
            if text:
                yield Task(text, process, version.drafted_at, href)
        if process.id in civil and in_review and ApprovalSeat.NON_GOVERNMENT not in seats:
            yield Task(_("Cronograma que espera su aprobación"), process, version.drafted_at, href)


def _plan_tasks(process_ids: list[int], seat: Seat, processes: dict[int, Process]) -> Iterator[Task]:
    for process_id, signed_by, since in queries.plans_half_signed(process_ids):
        if str(signed_by) != str(seat):
            process = processes[process_id]
            yield Task(_("Plan que espera su firma"), process, since, url_for("feedback.approval", slug=process.slug))
