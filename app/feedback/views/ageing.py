"""The public ageing list: who has been waiting, for whose answer, how many days; and the same as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.assignments import queries as assignments
from app.assignments.queries import NOBODY, AgeingFilters, AgeingRow, AgeingTotal
from app.assignments.rules import days_overdue
from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.clock import days_between, lima_day
from app.core.dates import long_date, rfc3339, short_date
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, page_number, tagged
from app.feedback import queries
from app.feedback.views import bp
from app.feedback.views.paging import Chip, link, pager
from app.feedback.views.public import age
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process

URL = "/procesos/<slug>/respuestas/pendientes"
COLUMNS = ("codigo", "titulo", "tema", "fecha_recepcion", "dias_de_espera", "entidad", "responder_hasta", "dias_de_atraso", "url")


def _process(slug: str) -> Process | None:
    return processes.public_process_by_slug(slug)


def _filters(process_id: int) -> AgeingFilters:
    """From the query string (entidad, tema); what the process does not have is ignored."""
    themes = {theme.slug for theme in processes.themes(process_id)}
    organisation, theme = request.args.get("entidad", ""), request.args.get("tema", "")
    is_slug = organisation.isascii() and organisation.replace("-", "").isalnum() and len(organisation) <= 80
    return AgeingFilters(organisation if is_slug else "", theme if theme in themes else "")


@bp.get(URL)
@public(load=_process)
def waiting(process: Process) -> Response:
    number, today, filters = page_number(), lima_day(clock.now()), _filters(process.id)
    same = not_modified(process.id, process.public_revision, "waiting", number, today, filters)
    if same:
        return same
    totals = assignments.ageing(process.id, today=today)
    page = assignments.ageing_page(process.id, filters, number)
    address = url_for("feedback.waiting", slug=process.slug)
    return tagged(make_response(render_template(
        "feedback/waiting.html", process=process, space=process.space, coverage=queries.coverage(process.id), page_number=number,
        rows=[_line(row, today) for row in page.rows], totals=[_total(total, address, filters, today) for total in totals],
        theme_chips=_theme_chips(process.id, filters, address), narrowed=filters != AgeingFilters(), address=address, total=page.total,
        overdue=sum(total.overdue for total in totals), pager_links=pager(page, address, _arguments(filters)),
        feeds={kind: link(url_for(f"feedback.waiting_{kind}", slug=process.slug), _arguments(filters)) for kind in ("csv", "json")},
        nav_here="processes",
    )))  # fmt: skip


def _arguments(filters: AgeingFilters) -> dict[str, str]:
    return {"entidad": filters.organisation, "tema": filters.theme}


def _line(row: AgeingRow, today: date) -> dict[str, Any]:
    """What is not public is its code, how long it waits and for whom."""
    days = days_between(lima_day(row.received_at), today)
    is_public, is_held = row.visibility is Visibility.PUBLIC, row.visibility is Visibility.HELD
    late = days_overdue(row.due_on, today) if row.due_on else 0
    return {
        "code": row.code,
        "title": row.title,
        "theme": row.theme,
        "age": age(days),
        "href": url_for("feedback.show", code=row.code) if not is_held else "",
        "received": long_date(row.received_at) if is_public else "",
        "organisation": row.organisation,
        "due": short_date(row.due_on),
        "late": ngettext("%(num)s día de atraso", "%(num)s días de atraso", late) if late else "",
        "is_public": is_public,
    }


def _total(total: AgeingTotal, address: str, filters: AgeingFilters, today: date) -> dict[str, Any]:
    slug = total.organisation_slug or NOBODY
    return {
        "organisation": total.organisation or gettext("Sin entidad asignada"),
        "href": link(address, {**_arguments(filters), "entidad": slug}),
        "here": filters.organisation == slug,
        "waiting": total.waiting,
        "overdue": total.overdue,
        "oldest": ngettext("%(num)s día", "%(num)s días", days_between(lima_day(total.oldest_received_at), today)),
    }


def _theme_chips(process_id: int, filters: AgeingFilters, address: str) -> Sequence[Chip]:
    kept = {"entidad": filters.organisation}
    themes = processes.themes(process_id)
    if not themes:
        return []
    every = Chip(gettext("Todos los temas"), None, link(address, kept), not filters.theme)
    return [every, *(Chip(t.name, None, link(address, {**kept, "tema": t.slug}), filters.theme == t.slug) for t in themes)]


@bp.get(f"{URL}.csv")
@public(load=_process)
def waiting_csv(process: Process) -> Response:
    today, filters = lima_day(clock.now()), _filters(process.id)
    return not_modified(process.id, process.public_revision, "waiting.csv", today, filters) or tagged(
        csv_response(f"en-espera-{process.slug}.csv", COLUMNS, (list(row.values()) for row in _rows(process, filters, today)))
    )


@bp.get(f"{URL}.json")
@public(load=_process)
def waiting_json(process: Process) -> Response:
    today, filters = lima_day(clock.now()), _filters(process.id)
    same = not_modified(process.id, process.public_revision, "waiting.json", today, filters)
    if same:
        return same
    totals = [
        {
            "entidad": total.organisation or None,
            "en_espera": total.waiting,
            "fuera_de_plazo": total.overdue,
            "dias_del_mas_antiguo": days_between(lima_day(total.oldest_received_at), today),
        }
        for total in assignments.ageing(process.id, today=today)
    ]
    rows = list(_rows(process, filters, today))
    return tagged(json_response({"proceso": process.slug, "dia": today.isoformat(), "por_entidad": totals, "aportes": rows}))


def _rows(process: Process, filters: AgeingFilters, today: date) -> Iterator[dict[str, Any]]:
    """A row of the files per contribution that waits; of one not yet moderated, its code, its days and who is to answer."""
    for row in assignments.ageing_rows(process.id, filters):
        is_held = row.visibility is Visibility.HELD
        yield dict(zip(COLUMNS, (
            row.code, row.title, row.theme, "" if is_held else rfc3339(row.received_at),
            days_between(lima_day(row.received_at), today), row.organisation, row.due_on.isoformat() if row.due_on else "",
            days_overdue(row.due_on, today) if row.due_on else 0,
            "" if is_held else url_for("feedback.show", code=row.code, _external=True),
        ), strict=True))  # fmt: skip
