"""The pile of what is to be answered: its numbers, its filters, its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.assignments import queries as assignments
from app.assignments.permissions import GRANTS as ASSIGNMENT_GRANTS
from app.assignments.permissions import AssignmentPermission
from app.assignments.queries import Office
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, Visibility
from app.core import clock
from app.core.clock import days_between, lima_day
from app.core.dates import short_date
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, may
from app.core.web import PER_PAGE, page_number
from app.feedback import queries, services
from app.feedback.forms import ChosenForm
from app.feedback.messages import ALL, PILE_STATES, STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.pile import UNASSIGNED, PileFilters, PileState, is_late
from app.feedback.views import bp
from app.feedback.views.paging import link, pager
from app.processes import queries as processes
from app.spaces.rules import Role

if TYPE_CHECKING:
    from app.processes.models import Process

TO_SEND = (PileState.DRAFT, PileState.RETURNED)
TO_CHOOSE = (PileState.UNANSWERED, PileState.ALL)
"""Where contributions are marked to be assigned or answered together."""
MOST_AT_ONCE = 500
"""Drafts on one page when all are marked, so that a whole spreadsheet goes in one step."""


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


@bp.get("/mesa/procesos/<slug>/responder")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=process_for_staff)
def pile(process: Process) -> Response:
    return pile_page(process)


@bp.post("/mesa/procesos/<slug>/responder/enviar")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def submit_many(process: Process) -> Response:
    """The marked drafts go to review; those that something stops stay, each with what to mend."""
    form, slug, filters = ChosenForm(), process.slug, PileFilters.parse(request.args)
    form.validate()
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    try:
        sent = services.submit_many(process, form.revisions(), person_id=person_id, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return pile_page(process_for_staff(slug) or process, trouble=sentence(ALL, broken.problems[0]), status=422)
    db.session.commit()
    if sent.codes:
        flash(ngettext("%(num)s respuesta está en revisión.", "%(num)s respuestas están en revisión.", len(sent.codes)), "good")
    if not sent.problems:
        return redirect(link(url_for("feedback.pile", slug=slug), filters.arguments()), 303)  # type: ignore[return-value]
    stayed = [
        {
            "code": code,
            "href": link(url_for("feedback.workbench", code=code), filters.arguments()),
            "sentences": [sentence(ALL, problem) for problem in problems],
        }
        for code, problems in sent.problems.items()
    ]
    return pile_page(process_for_staff(slug) or process, stayed=stayed, status=422)


def pile_page(process: Process, *, stayed: list[dict[str, Any]] | None = None, trouble: str = "", status: int = 200) -> Response:
    """The pile as the query string narrows it; `stayed` are drafts that could not be sent, `trouble` what could not be done."""
    filters, person_id, now = PileFilters.parse(request.args), current_actor().person_id, clock.now()
    numbers = queries.pile_numbers(process.id, filters, person_id)
    address, arguments = url_for("feedback.pile", slug=process.slug), filters.arguments()
    may_draft = may(FeedbackPermission.DRAFT, GRANTS, process)
    may_send = filters.state in TO_SEND and may_draft
    ticked = may_send and request.args.get("marcar") == "todas"
    page = queries.pile_page(
        process.id, filters, page_number(), numbers.of(filters.state), person_id, per_page=MOST_AT_ONCE if ticked else PER_PAGE
    )
    marked, offices = {**arguments, "marcar": "todas"}, assignments.offices(process.space_id)
    return make_response(render_template(
        "feedback/pile.html", process=process, space=process.space, filters=filters, chips=_chips(filters, numbers, address),
        numbers=numbers, address=address, entries=pile_entries(page.rows, process.id, now, arguments),
        pager_links=pager(page, address, marked if ticked else arguments), first=page.rows[0] if page.rows else None, arguments=arguments,
        themes=processes.themes(process.id), workshops=queries.workshops(process.id), channels=channel_names(),
        coverage=queries.coverage(process.id), deadline=queries.deadline(process.id),
        narrowed=filters.said != ContributionFilters() or filters.mine, nav_here="desk",
        ticks=_ticks(page.rows, may_draft and filters.state in TO_CHOOSE, may_send), may_send=may_send, ticked=ticked, offices=offices,
        own=_own_piles(process, filters, offices, address), unassigned=UNASSIGNED,
        may_assign=may(AssignmentPermission.ASSIGN, ASSIGNMENT_GRANTS, process), may_draft=may_draft,
        tick_all=link(address, marked), tick_none=link(address, arguments),
        send_to=link(url_for("feedback.submit_many" if may_send else "feedback.choose", slug=process.slug), arguments),
        sheets={kind: link(url_for(f"feedback.sheet_{kind}", slug=process.slug), arguments) for kind in ("xlsx", "csv")},
        stayed=stayed or [], trouble=trouble, flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _chips(filters: PileFilters, numbers: queries.PileNumbers, address: str) -> list[dict[str, Any]]:
    return [
        {
            "text": str(label),
            "count": numbers.of(state),
            "href": link(address, filters.at(state).arguments()),
            "here": state is filters.state,
        }
        for state, label in PILE_STATES.items()
    ]


def _ticks(rows: Any, may_choose: bool, may_send: bool) -> dict[str, str]:
    """Code -> value of its box: the draft to send, or the contribution to do something with."""
    if may_send:
        return {row.code: f"{row.decision_id}:{row.revision}" for row in rows}
    return {row.code: str(row.id) for row in rows} if may_choose else {}


def _own_piles(process: Process, filters: PileFilters, offices: Sequence[Office], address: str) -> list[dict[str, Any]]:
    """The piles of the organisations the person answers for here, and what nobody was given."""
    actor = current_actor()
    held = {h.organisation_id for h in actor.roles if h.role == Role.ENTITY and h.covers(process.scope)}
    own = [(office.slug, office.name) for office in offices if office.id in held]
    offered = [("", gettext("Todo el proceso")), *own, (UNASSIGNED, gettext("Sin asignar"))]
    return [
        {"text": name, "href": link(address, replace(filters, assigned=slug).arguments()), "here": filters.assigned == slug, "count": None}
        for slug, name in offered
    ]


def channel_names() -> dict[Channel, str]:
    return {
        Channel.WORKSHOP: gettext("Taller"),
        Channel.WEB: gettext("Internet"),
        Channel.PAPER: gettext("Papel"),
        Channel.PHONE: gettext("Teléfono"),
        Channel.EMAIL: gettext("Correo"),
        Channel.WINDOW: gettext("Ventanilla"),
    }


def pile_entries(rows: Any, process_id: int, now: datetime, arguments: dict[str, str], here: str = "") -> list[dict[str, Any]]:
    """What components/pile.html draws."""
    deadline, channels, today = queries.deadline(process_id), channel_names(), lima_day(now)
    return [
        {
            "reference": row.code,
            "title": row.title,
            "href": link(url_for("feedback.workbench", code=row.code), arguments),
            "standing": " · ".join(filter(None, [_standing(row, today), *_marks(row, channels), _due(row, arguments)])),
            "is_late": row.answered_at is None and (is_late(deadline, now) or _is_overdue(row, today)),
            "here": row.code == here,
        }
        for row in rows
    ]


def _standing(row: Any, today: date) -> str:
    if row.standing is DecisionState.DRAFT and row.return_note:
        return gettext("Devuelta")
    if row.standing:
        return str(STATES[row.standing])
    days = max(0, days_between(lima_day(row.received_at), today))
    return gettext("respondido") if row.answered_at else ngettext("espera %(num)s día", "espera %(num)s días", days)


def _marks(row: Any, channels: dict[Channel, str]) -> Iterator[str]:
    if row.channel not in (Channel.WEB, Channel.WORKSHOP):
        yield channels[row.channel].lower()
    if row.visibility is not Visibility.PUBLIC:
        marks = {Visibility.HIDDEN: gettext("oculto"), Visibility.WITHDRAWN: gettext("retirado por su autor")}
        yield marks.get(row.visibility, gettext("sin moderar"))


def _due(row: Any, arguments: dict[str, str]) -> str:
    """Who is to answer it and by when, while it waits; in one's own pile only when."""
    if not row.organisation or row.answered_at:
        return ""
    day = short_date(row.due_on)
    if arguments.get("asignados", UNASSIGNED) != UNASSIGNED:
        return gettext("hasta el %(day)s", day=day)
    return gettext("%(entity)s, hasta el %(day)s", entity=row.organisation, day=day)


def _is_overdue(row: Any, today: date) -> bool:
    """Its entity let the day pass without sending an answer to review."""
    is_written = row.standing in (DecisionState.REVIEW, DecisionState.APPROVED)
    return bool(row.organisation) and row.due_on < today and not is_written
