"""The tasks of a person: gathered by role, each leading to the page where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.activities import queries as activities
from app.activities.rules.minutes import days_late
from app.agreements import queries as agreements
from app.budgeting import queries as budgeting
from app.budgeting.queries import WaitingKind
from app.compliance import messages as compliance_messages
from app.core.clock import lima_day, start_of_lima_day
from app.core.permissions import Actor
from app.deliberation import queries as deliberation
from app.desk import messages, queries
from app.desk.views.forum import SIDES, forum_tasks
from app.desk.views.organisations import organisation_tasks
from app.feedback import queries as feedback
from app.feedback.rules.outcomes import Seat
from app.feedback.rules.pile import UNASSIGNED
from app.groups import queries as groups
from app.letters import queries as letters
from app.moderation import queries as moderation
from app.plans import queries as plans
from app.processes.rules.states import ApprovalSeat, VersionState
from app.projects import queries as projects
from app.spaces.rules import Role
from app.vigilance import queries as vigilance

ANSWERERS = (Role.SECRETARIAT, Role.MUNICIPAL, Role.ENTITY)
WRITERS = (Role.ENTITY, Role.SECRETARIAT, Role.MUNICIPAL)
PUBLISHERS = (Role.SECRETARIAT, Role.MUNICIPAL)
RECORDERS = (Role.FACILITATOR, Role.SECRETARIAT, Role.MUNICIPAL)
WARNED = (Role.SECRETARIAT, Role.MUNICIPAL, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL)
SETTLERS = (Role.SECRETARIAT, Role.MUNICIPAL, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL)
REVIEWERS = (Role.SECRETARIAT, Role.MUNICIPAL, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL)
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
        found = [*self._moderation(), *self._answers(), *self._signatures(), *self._schedules(), *self._workshops(), *self._requirements()]
        found += [*self._evaluation(), *self._letters(), *self._plans(), *self._projects(), *self._agreements(), *self._rounds()]
        found += [Task(*row) for row in forum_tasks(self.actor, self.now)]
        found += [Task(*row) for row in organisation_tasks(self.actor)]
        return sorted(found, key=lambda task: task.since)

    def _held(self, *roles: Role) -> list[int]:
        return queries.where_held(self.actor, self.processes, *roles)

    def _counted(self, rows: queries.Oldest, say: Callable[[int], str], endpoint: str, **arguments: Any) -> Iterator[Task]:
        for process_id, (count, since) in rows.items():
            process = self.processes[process_id]
            yield Task(say(count), process, since, url_for(endpoint, slug=process.slug, **arguments))

    def _moderation(self) -> Iterator[Task]:
        yield from self._counted(queries.held(self._held(Role.MODERATOR)), messages.to_moderate, "moderation.queue")
        said = moderation.reported_since(self._held(Role.MODERATOR))
        yield from self._counted(said, messages.reported, "moderation.queue")
        appealed = moderation.appeals_open(self._held(Role.MODERATOR, Role.FORUM_CIVIL), but_of=self.actor.person_id or 0)
        yield from self._counted(appealed, messages.appealed, "moderation.appeals")
        asked = deliberation.questions_waiting(self._held(*ANSWERERS))
        yield from self._counted(asked, messages.asked, "deliberation.questions")

    def _answers(self) -> Iterator[Task]:
        returned = queries.answers_returned(self._held(*WRITERS), self.actor.person_id or 0)
        yield from self._counted(returned, messages.sent_back, "feedback.pile", estado="devueltas")
        yield from self._assigned()
        everything = self._held(*PUBLISHERS)
        yield from self._counted(queries.unanswered(everything), messages.unanswered, "feedback.pile", estado="sin-responder")
        free = queries.unanswered([p for p in self._held(Role.ENTITY) if p not in everything], only_unassigned=True)
        yield from self._counted(free, messages.unanswered, "feedback.pile", asignados=UNASSIGNED)
        yield from self._counted(queries.answers_objected(self._held(*WRITERS)), messages.objected, "feedback.signatures")
        yield from self._counted(queries.batches_held(self._held(*PUBLISHERS)), messages.batches_held, "feedback.publication")
        yield from self._counted(queries.answers_to_publish(self._held(*PUBLISHERS)), messages.to_publish, "feedback.publication")

        groups_to_review = groups.to_review(self._held(*REVIEWERS), self.actor.person_id or 0)
        yield from self._counted(groups_to_review, messages.to_review, "feedback.groups_index")

    def _assigned(self) -> Iterator[Task]:
        """What each entity the person answers for still has to answer, the late ones told apart."""
        for slug, process_id, pending in queries.assigned_to(self.actor, self._held(Role.ENTITY), lima_day(self.now)):
            process = self.processes[process_id]
            href = url_for("feedback.pile", slug=process.slug, asignados=slug)
            yield Task(messages.assigned(pending.waiting, pending.first_due_on), process, pending.since, href)
            if pending.overdue:
                yield Task(messages.overdue(pending.overdue), process, pending.since, href)

    def _letters(self) -> Iterator[Task]:
        yield from self._counted(letters.replies_open(self._held(*SETTLERS)), messages.to_settle, "letters.desk_replies")
        held = letters.replies_held(self._held(Role.MODERATOR))
        yield from self._counted(held, messages.to_look_at, "letters.desk_replies", estado="todas")
        unprinted = letters.oldest_to_print(self._held(*PUBLISHERS))
        yield from self._counted(unprinted, messages.to_print, "letters.deliveries", estado="por-imprimir")

    def _signatures(self) -> Iterator[Task]:
        for role, seat in SEATS:
            yield from self._counted(queries.answers_to_sign(self._held(role), seat), messages.to_sign, "feedback.signatures")
            for process_id, signed_by, since in queries.plans_half_signed(self._held(role)):
                if str(signed_by) != str(seat):
                    process = self.processes[process_id]
                    yield Task(_("Plan que espera su firma"), process, since, url_for("feedback.approval", slug=process.slug))

    def _plans(self) -> Iterator[Task]:
        """Progress to report and to verify, and changes of approved commitments that wait for a signature."""
        offices = {
            id_: {held.organisation_id for held in self.actor.roles if held.role == Role.ENTITY and held.covers(self.processes[id_].scope)}
            for id_ in self._held(Role.ENTITY)
        }
        for due in plans.progress_due({id_: {o for o in ids if o} for id_, ids in offices.items()}, lima_day(self.now)):
            process = self.processes[due.process_id]
            since = start_of_lima_day(due.since)
            yield Task(messages.progress_due(due.commitments, due.overdue), process, since, url_for("plans.follow", slug=process.slug))
        yield from self._counted(plans.unverified(self._held(Role.SECRETARIAT)), messages.to_verify, "plans.follow")
        for role, seat in SEATS:
            for process_id, number, change in plans.open_amendments(self._held(role)):
                if (change.government_at if seat is Seat.GOVERNMENT else change.non_government_at) is None:
                    process = self.processes[process_id]
                    href = url_for("plans.show_change", slug=process.slug, number=number)
                    yield Task(_("Cambio del compromiso %(number)s que espera su firma", number=number), process, change.proposed_at, href)

    def _evaluation(self) -> Iterator[Task]:
        rows = queries.to_evaluate(list(self.processes), self.actor.person_id or 0)
        yield from self._counted(rows, messages.to_evaluate, "evaluation.scoring")

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
            late = days_late(lima_day(ended), lima_day(self.now))
            yield Task(messages.record_due(title, late), process, ended, href)
        yield from self._minutes()
        for due in activities.calls_waiting(self._held(*RECORDERS), self.now).values():
            opportunity = due[0].registration.opportunity
            process = self.processes[opportunity.process_id]
            href = url_for("activities.calls", slug=process.slug, activity=opportunity.slug)
            yield Task(messages.to_call(len(due), opportunity.title), process, min(one.since for one in due), href)
        for row in feedback.priorities_open(self._held(*PUBLISHERS)):
            process = self.processes[row.process_id]
            href = url_for("feedback.priorities", slug=process.slug, activity=row.activity)
            yield Task(messages.priorities_open(row.count, row.title), process, row.since, href)

    def _minutes(self) -> Iterator[Task]:
        for role, side in SIDES:
            for process_id, slug, title, saved_at in activities.minutes_to_approve(self._held(role), side):
                process = self.processes[process_id]
                href = url_for("activities.show", slug=process.slug, activity=slug, _anchor="acta")
                yield Task(_("Acta de taller que espera su aprobación: %(title)s", title=title), process, saved_at, href)

    def _projects(self) -> Iterator[Task]:
        """Of participatory budgets: evaluations one was given, what another wrote, appeals, answers that are missing."""
        team, me = self._held(Role.MUNICIPAL), self.actor.person_id or 0
        approvers = self._held(Role.MUNICIPAL, Role.SECRETARIAT)
        yield from self._counted(projects.evaluations_given(team, me), messages.to_evaluate_projects, "projects.desk")
        yield from self._counted(projects.evaluations_to_approve(approvers, me), messages.to_approve_evaluations, "projects.desk")
        yield from self._counted(projects.appeals_waiting(approvers), messages.to_decide_appeals, "projects.desk")
        yield from self._counted(projects.answers_to_approve(approvers, me), messages.to_approve_project_answers, "projects.answers")

    def _rounds(self) -> Iterator[Task]:
        """Participatory budgets: agents to decide, appeals, what the next step lacks, dates that are near, hearings that are missing."""
        for waiting in budgeting.rounds_waiting(self._held(Role.MUNICIPAL), self.now, but_of=self.actor.person_id or 0):
            process = self.processes[waiting.process_id]
            endpoint = "budgeting.registry" if waiting.kind in (WaitingKind.AGENTS, WaitingKind.APPEALS) else "budgeting.desk"
            yield Task(messages.of_round(waiting), process, waiting.since, url_for(endpoint, slug=process.slug))
        for waiting in budgeting.hearings_missing(self._held(Role.VIGILANCE), self.now):
            process = self.processes[waiting.process_id]
            href = url_for("budgeting.show", slug=process.slug, _anchor="audiencias")
            yield Task(messages.of_round(waiting), process, waiting.since, href)

    def _agreements(self) -> Iterator[Task]:
        """Lines of the act that are late or of which nobody tells; findings to reply to, and those a member has still to approve."""
        today, tellers = lima_day(self.now), self._held(Role.MUNICIPAL, Role.ENTITY)
        yield from self._counted(agreements.alarms(tellers, today), messages.lines_late, "agreements.follow")
        yield from self._counted(vigilance.open_findings(tellers), messages.findings_open, "vigilance.desk")
        yield from self._counted(vigilance.overdue_since(tellers, today), messages.findings_overdue, "vigilance.desk")
        mine = vigilance.to_approve(self._held(Role.VIGILANCE), self.actor.person_id or 0)
        yield from self._counted(mine, messages.findings_to_approve, "vigilance.desk")

    def _requirements(self) -> Iterator[Task]:
        for alarm in queries.requirements_at_risk(self._held(*WARNED)):
            process = self.processes[alarm.process_id]
            text = f"{alarm.requirement}: {compliance_messages.advice_sentence(alarm.advice, alarm.details)}"
            yield Task(text, process, alarm.raised_at, url_for("compliance.show", slug=process.slug))


def _for_drafters(state: VersionState, seats: set[ApprovalSeat]) -> str:
    if state is VersionState.DRAFT:
        return str(_("Cronograma en redacción"))
    if seats == set(ApprovalSeat):
        return str(_("Cronograma aprobado por publicar"))
    return "" if ApprovalSeat.SECRETARIAT in seats else str(_("Cronograma por aprobar como secretaría"))
