"""The list of processes and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.budgeting import queries as budgeting
from app.contributions import queries as contributions
from app.core import clock, dates
from app.core.guard import public
from app.core.web import json_response, not_modified, tagged
from app.portal import queries
from app.portal.views import bp
from app.processes import messages as processes_messages
from app.processes import queries as processes
from app.processes.rules.schedule import PhaseKind
from app.processes.rules.states import ProcessKind

if TYPE_CHECKING:
    from app.processes.models import Phase, Process


@bp.get("/procesos", endpoint="processes")
@public()
def processes_list() -> str:
    shown = processes.public_processes()
    return render_template(
        "portal/processes.html", processes=shown, numbers=queries.numbers([p.id for p in shown]), states=processes_messages.STATES
    )


@bp.get("/procesos/<slug>")
@public(load=processes.public_process_by_slug)
def process(process: Process) -> Response:
    now = clock.now()
    same = not_modified(process.public_revision, clock.lima_day(now), request.query_string.decode("latin-1"))
    if same:
        return tagged(same)
    page = queries.process_page(process)
    return tagged(
        make_response(
            render_template(
                "portal/process.html",
                page=page,
                process=process,
                space=process.space,
                now=now,
                phases=_knots(page, now),
                can_contribute=contributions.input_standing(process, now).is_open,
                influences=processes_messages.INFLUENCES,
                reading_languages=processes_messages.READING_LANGUAGES,
                coming=[o for o in page.opportunities if o.ends_at >= now],
                budget=budgeting.round_of_process(process.id) if process.kind is ProcessKind.BUDGET else None,
                latest=page.versions[-1] if page.versions else None,
                first=page.versions[0] if page.versions else None,
            )
        )
    )


def _knots(page: queries.ProcessPage, now: Any) -> list[dict[str, Any]]:
    return [_knot(phase, page, now) for phase in page.phases]


def _knot(phase: Phase, page: queries.ProcessPage, now: Any) -> dict[str, Any]:
    state = "done" if phase.closes_at < now else "now" if phase.opens_at <= now else "next"
    days = clock.days_between(clock.lima_day(now), clock.lima_day(phase.closes_at))
    left = ngettext("Queda %(num)d día.", "Quedan %(num)d días.", days) if days else _("Termina hoy a las 23:59, hora de Lima.")
    return {
        "title": phase.title,
        "summary": phase.summary,
        "span": dates.span(phase.opens_at, phase.closes_at),
        "opens": clock.lima_day(phase.opens_at).isoformat(),
        "state": state,
        "now": left if state == "now" else "",
        "actions": _actions(phase, page, now) if state == "now" else [],
        "links": [],
    }


def _actions(phase: Phase, page: queries.ProcessPage, now: Any) -> list[dict[str, str]]:
    slug = page.process.slug
    if phase.kind in (PhaseKind.FEEDBACK, PhaseKind.VALIDATION, PhaseKind.APPROVAL):
        return [{"text": _("Ver las respuestas"), "href": url_for("feedback.index", slug=slug)}]
    if contributions.input_standing(page.process, now).is_open:
        return [{"text": _("Presentar un aporte"), "href": url_for("contributions.new", slug=slug)}]
    return [{"text": _("Ver el cronograma"), "href": url_for("processes.schedule", slug=slug)}]


@bp.get("/procesos/<slug>.json")
@public(load=processes.public_process_by_slug)
def process_json(process: Process) -> Response:
    page = queries.process_page(process)
    return json_response(
        {
            "slug": process.slug,
            "code": process.code,
            "kind": process.kind,
            "title": process.title,
            "summary": process.summary,
            "space": process.space.name,
            "state": process.state,
            "influence": process.influence,
            "retroactive": process.is_retroactive,
            "start_at": dates.rfc3339(process.start_at) or None,
            "phases": [
                {"kind": p.kind, "title": p.title, "opens_at": dates.rfc3339(p.opens_at), "closes_at": dates.rfc3339(p.closes_at)}
                for p in page.phases
            ],
            "themes": [{"slug": t.slug, "name": t.name, "question": t.question} for t in page.themes],
            "numbers": {
                "received": page.numbers.received,
                "withdrawn": page.numbers.withdrawn,
                "answered": page.numbers.answered,
                "waiting": page.numbers.owed - page.numbers.answered,
                "workshops": page.numbers.workshops,
            },
            "links": {
                name: url_for(endpoint, slug=process.slug, _external=False)
                for name, endpoint in (
                    ("schedule", "processes.schedule_json"),
                    ("contributions", "opendata.contributions_json"),
                    ("answers", "feedback.index_json"),
                    ("plan", "feedback.plan_json"),
                )
            },
        }
    )
