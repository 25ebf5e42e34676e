"""The pile of what is to be answered: its numbers, its filters, its pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, Visibility
from app.core import clock
from app.core.clock import days_between, lima_day
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
from app.feedback.rules.pile import PileFilters, PileState, is_late
from app.feedback.views import bp
from app.feedback.views.paging import link, pager
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process

TO_SEND = (PileState.DRAFT, PileState.RETURNED)
MOST_AT_ONCE = 500
"""Drafts on one page when all are marked, so that a whole spreadsheet goes in one step."""


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


@bp.get("/mesa/procesos/<slug>/responder")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=process_for_staff)
def pile(process: Process) -> Response:
    return _page(process)


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
        return _page(process_for_staff(slug) or process, trouble=sentence(ALL, broken.problems[0]), status=422)
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
    return _page(process_for_staff(slug) or process, stayed=stayed, status=422)


def _page(process: Process, *, stayed: list[dict[str, Any]] | None = None, trouble: str = "", status: int = 200) -> Response:
    filters, person_id, now = PileFilters.parse(request.args), current_actor().person_id, clock.now()
    numbers = queries.pile_numbers(process.id, filters, person_id)
    address, arguments = url_for("feedback.pile", slug=process.slug), filters.arguments()
    may_send = filters.state in TO_SEND and may(FeedbackPermission.DRAFT, GRANTS, process)
    ticked = may_send and request.args.get("marcar") == "todas"
    page = queries.pile_page(
        process.id, filters, page_number(), numbers.of(filters.state), person_id, per_page=MOST_AT_ONCE if ticked else PER_PAGE
    )
    marked = {**arguments, "marcar": "todas"}
    chips = [
        {
            "text": str(label),
            "count": numbers.of(state),
            "href": link(address, filters.at(state).arguments()),
            "here": state is filters.state,
        }
        for state, label in PILE_STATES.items()
    ]
    return make_response(render_template(
        "feedback/pile.html", process=process, space=process.space, filters=filters, chips=chips, numbers=numbers, address=address,
        entries=pile_entries(page.rows, process.id, now, arguments), pager_links=pager(page, address, marked if ticked else arguments),
        first=page.rows[0] if page.rows else None, arguments=arguments, themes=processes.themes(process.id),
        workshops=queries.workshops(process.id), channels=channel_names(), coverage=queries.coverage(process.id),
        deadline=queries.deadline(process.id), narrowed=filters.said != ContributionFilters() or filters.mine, nav_here="desk",
        ticks={row.code: f"{row.decision_id}:{row.revision}" for row in page.rows} if may_send else {}, ticked=ticked,
        tick_all=link(address, marked), tick_none=link(address, arguments),
        send_to=link(url_for("feedback.submit_many", slug=process.slug), arguments), stayed=stayed or [], trouble=trouble,
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


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
    entries = []
    for row in rows:
        days = max(0, days_between(lima_day(row.received_at), today))
        standing = str(STATES[row.standing]) if row.standing else ""
        if row.standing is DecisionState.DRAFT and row.return_note:
            standing = gettext("Devuelta")
        if not standing:
            standing = gettext("respondido") if row.answered_at else ngettext("espera %(num)s día", "espera %(num)s días", days)
        if row.channel not in (Channel.WEB, Channel.WORKSHOP):
            standing += f" · {channels[row.channel].lower()}"
        if row.visibility is not Visibility.PUBLIC:
            standing += " · " + (gettext("oculto") if row.visibility is Visibility.HIDDEN else gettext("sin moderar"))
        entries.append(
            {
                "reference": row.code,
                "title": row.title,
                "href": link(url_for("feedback.workbench", code=row.code), arguments),
                "standing": standing,
                "is_late": row.answered_at is None and is_late(deadline, now),
                "here": row.code == here,
            }
        )
    return entries
