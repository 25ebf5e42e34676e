"""The tasks of a person: gathered by role, each leading to the page where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core.permissions import Actor
from app.desk import messages, queries
from app.feedback.rules.outcomes import Seat
from app.processes.rules.states import ApprovalSeat, VersionState
from app.spaces.rules import Role

WRITERS = (Role.ENTITY, Role.SECRETARIAT, Role.MUNICIPAL)
PUBLISHERS = (Role.SECRETARIAT, Role.MUNICIPAL)
RECORDERS = (Role.FACILITATOR, Role.SECRETARIAT, Role.MUNICIPAL)
SEATS = ((Role.FORUM_GOVERNMENT, Seat.GOVERNMENT), (Role.FORUM_CIVIL, Seat.NON_GOVERNMENT))


@dataclass(frozen=True)
class Task:
    """One thing that awaits the person: what, where, since when, and the page where it is done."""

    text: str
    process: Any
    since: datetime
    href: str


@dataclass(frozen=True)
class Tasks:
    """Everything that awaits `actor` in `processes` (by id) at `now`."""

    actor: Actor
    processes: dict[int, Any]
    now: datetime

    def oldest_first(self) -> list[Task]:
        found = [*self._moderation(), *self._answers(), *self._signatures(), *self._schedules(), *self._workshops()]
        return sorted(found, key=lambda task: task.since)

    def _held(self, *roles: Role) -> list[int]:
        return queries.where_held(self.actor, self.processes, *roles)

    def _counted(self, rows: queries.Oldest, say: Callable[[int], str], endpoint: str, **arguments: Any) -> Iterator[Task]:
        for process_id, (count, since) in rows.items():
            process = self.processes[process_id]
            yield Task(say(count), process, since, url_for(endpoint, slug=process.slug, **arguments))

    def _moderation(self) -> Iterator[Task]:
        yield from self._counted(queries.held(self._held(Role.MODERATOR)), messages.to_moderate, "moderation.queue")

    def _answers(self) -> Iterator[Task]:
        returned = queries.answers_returned(self._held(*WRITERS), self.actor.person_id or 0)
        yield from self._counted(returned, messages.sent_back, "feedback.pile", estado="devueltas")
        yield from self._counted(queries.unanswered(self._held(*WRITERS)), messages.unanswered, "feedback.pile", estado="sin-responder")
        yield from self._counted(queries.answers_to_publish(self._held(*PUBLISHERS)), messages.to_publish, "feedback.publication")

    def _signatures(self) -> Iterator[Task]:
        for role, seat in SEATS:
            yield from self._counted(queries.answers_to_sign(self._held(role), seat), messages.to_sign, "feedback.signatures")
            for process_id, signed_by, since in queries.plans_half_signed(self._held(role)):
                if str(signed_by) != str(seat):
                    process = self.processes[process_id]
                    yield Task(_("Plan que espera su firma"), process, since, url_for("feedback.approval", slug=process.slug))

    def _schedules(self) -> Iterator[Task]:
        drafters, civil = set(self._held(*PUBLISHERS)), set(self._held(Role.FORUM_CIVIL))
        for version, seats in queries.open_schedules(drafters | civil):
            process = self.processes[version.process_id]
            texts = [_for_drafters(version.state, seats) if process.id in drafters else ""]
            if process.id in civil and version.state is VersionState.IN_REVIEW and ApprovalSeat.NON_GOVERNMENT not in seats:
                texts.append(_("Cronograma que espera su aprobación"))
            for text in filter(None, texts):
                yield Task(text, process, version.drafted_at, url_for("processes.draft", slug=process.slug))

    def _workshops(self) -> Iterator[Task]:
        for process_id, slug, title, ended in queries.workshops_without_record(self._held(*RECORDERS), self.now):
            process = self.processes[process_id]
            href = url_for("activities.show", slug=process.slug, activity=slug)
            yield Task(_("Falta publicar el registro: %(title)s", title=title), process, ended, href)


def _for_drafters(state: VersionState, seats: set[ApprovalSeat]) -> str:
    if state is VersionState.DRAFT:
        return str(_("Cronograma en redacción"))
    if seats == set(ApprovalSeat):
        return str(_("Cronograma aprobado por publicar"))
    return "" if ApprovalSeat.SECRETARIAT in seats else str(_("Cronograma por aprobar como secretaría"))
