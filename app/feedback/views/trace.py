"""The trace matrix in public: each contribution and where it is in the plan, each part of the plan and who it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request, url_for
from flask import render_template as render
from flask_babel import gettext

from app.contributions.messages import SECTORS
from app.contributions.rules.terms import Visibility
from app.core.cache import fragment
from app.core.guard import public
from app.core.web import Page, csv_response, json_response, not_modified, page_number, tagged
from app.feedback import queries
from app.feedback.messages import OUTCOMES
from app.feedback.queries.trace import TraceRow
from app.feedback.rules.outcomes import Outcome
from app.feedback.rules.trace import TraceFilters, View
from app.feedback.views import bp
from app.feedback.views.paging import link, pager
from app.plans import messages as plan_messages
from app.plans import queries as plans
from app.plans.rules.clauses import Clause, anchor, commitment_of, sign
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process

PER_CLAUSE_PAGE = 30
COLUMNS = (
    "proceso", "codigo", "titulo", "sector", "tema", "lugar", "decision", "idea", "grado", "compromiso", "clausula", "numero_clausula",
    "que_cambio",
    "url_aporte", "url_clausula",
)  # fmt: skip


def clause_address(slug: str, key: str) -> str:
    """Where a part of the plan is read: the page of its commitment, at its anchor."""
    return f"{url_for('feedback.commitment', slug=slug, number=commitment_of(key))}#{anchor(key)}"


@bp.get("/procesos/<slug>/plan/matriz")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def trace(process: Process) -> Response:
    filters, number = TraceFilters.parse(request.args), page_number()
    asked = link("", {**filters.arguments(), "pagina": number})
    same = not_modified("trace", process.id, process.public_revision, asked)
    if same:
        return same
    name = f"trace:{process.id}:{process.public_revision}:{asked}"
    return tagged(Response(fragment(name, lambda: _page(process, filters, number)), mimetype="text/html"))


def _page(process: Process, filters: TraceFilters, number: int) -> str:
    address = url_for("feedback.trace", slug=process.slug)
    clauses = plans.clauses(process.id)
    commitments = [c for c in clauses if not c.label]
    shown = _by_clause if filters.view is View.CLAUSES else _by_contribution
    return render(
        "feedback/trace.html", process=process, space=process.space, filters=filters, address=address, clauses=clauses,
        commitments=[{"number": c.commitment, "title": c.text, "href": clause_address(process.slug, c.key)} for c in commitments],
        label=plan_messages.clause_label, themes=processes.themes(process.id), places=queries.places_said(process.id), sectors=SECTORS,
        outcomes=OUTCOMES, views=_views(filters, address), nav_here="processes", page_number=number,
        **shown(process, filters, number, address, clauses),
    )  # fmt: skip


def _views(filters: TraceFilters, address: str) -> list[dict[str, Any]]:
    kept = {name: value for name, value in filters.arguments().items() if name != "vista"}
    words = ((View.CONTRIBUTIONS, gettext("Del aporte al plan")), (View.CLAUSES, gettext("Del plan a los aportes")))
    return [
        {"text": text, "count": None, "href": link(address, {**kept, "vista": "" if view is View.CONTRIBUTIONS else str(view)}),
         "here": filters.view is view}
        for view, text in words
    ]  # fmt: skip


def _by_contribution(process: Process, filters: TraceFilters, number: int, address: str, clauses: list[Clause]) -> dict[str, Any]:
    counted = f"trace:{process.id}:{process.public_revision}:count:{link('', filters.arguments())}"
    total = int(fragment(counted, lambda: str(queries.trace_count(process.id, filters))))
    page = Page(queries.trace_page(process.id, filters, number), number, total)
    words = {outcome: str(label) for outcome, label in OUTCOMES.items()}
    known = {c.key for c in clauses}
    return {
        "rows": [_drawn(row, process.slug, words, known) for row in page.rows],
        "total": total,
        "pager_links": pager(page, address, filters.arguments()),
    }


def _drawn(row: TraceRow, slug: str, words: Mapping[Outcome, str], known: set[str]) -> dict[str, Any]:
    cells: dict[int, list[dict[str, str]]] = {}
    for mark in row.marks:
        if mark.key and mark.commitment:
            cells.setdefault(mark.commitment, []).append(
                {"key": sign(mark.key), "href": clause_address(slug, mark.key if mark.key in known else str(mark.commitment)),
                 "outcome": str(mark.outcome), "label": words[mark.outcome]}
            )  # fmt: skip
    is_public = row.visibility is Visibility.PUBLIC
    return {
        "code": row.code, "title": row.title if is_public else gettext("Aporte retirado de la vista"),
        "meta": ". ".join(part for part in (str(SECTORS[row.sector]), row.place, row.theme) if part) if is_public else "",
        "href": url_for("feedback.show", code=row.code), "outcome": str(row.outcome), "label": words[row.outcome],
        "difference": row.difference, "cells": cells,
    }  # fmt: skip


def _by_clause(process: Process, filters: TraceFilters, number: int, address: str, clauses: list[Clause]) -> dict[str, Any]:
    """The parts of the plan with how many contributions reached each, a page at a time."""
    tally = queries.clause_tally(process.id, filters)
    chosen = [c for c in clauses if not filters.clause or c.key == filters.clause or str(c.commitment) == filters.clause]
    first = (number - 1) * PER_CLAUSE_PAGE
    page = Page(chosen[first : first + PER_CLAUSE_PAGE], number, len(chosen), PER_CLAUSE_PAGE)
    kept = {name: value for name, value in filters.arguments().items() if name not in ("vista", "clausula")}
    return {
        "parts": [
            {
                "key": c.sign, "label": plan_messages.clause_label(c), "text": plan_messages.plain(c), "title": c.title,
                "href": clause_address(process.slug, c.key), "list": link(address, {**kept, "clausula": c.key}),
                "counts": [(str(outcome), str(OUTCOMES[outcome]), count) for outcome, count in sorted(tally.get(c.key, {}).items())],
                "is_commitment": not c.label,
            }
            for c in page.rows
        ],
        "total": len(chosen),
        "pager_links": pager(page, address, filters.arguments()),
    }  # fmt: skip


@bp.get("/procesos/<slug>/plan/matriz.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def trace_csv(process: Process) -> Response:
    return not_modified("trace-csv", process.id, process.public_revision) or tagged(
        csv_response(f"matriz-{process.slug}.csv", COLUMNS, _lines(process))
    )


def _lines(process: Process) -> Iterator[list[Any]]:
    """One line for each mark of each contribution; a contribution that is nowhere in the plan has one, its clause empty."""
    site, slug, code = current_app.config["SITE_URL"], process.slug, process.slug
    for row in queries.trace_rows(process.id):
        is_public = row.visibility is Visibility.PUBLIC
        for mark in row.marks:
            yield [
                code, row.code, row.title if is_public else "", str(row.sector), row.theme, row.place, str(row.outcome),
                mark.idea if is_public else "", str(mark.outcome), mark.commitment or "", mark.key, sign(mark.key) if mark.key else "",
                mark.difference,
                site + url_for("feedback.show", code=row.code), site + clause_address(slug, mark.key) if mark.key else "",
            ]  # fmt: skip


@bp.get("/procesos/<slug>/plan/matriz.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def trace_json(process: Process) -> Response:
    same = not_modified("trace-json", process.id, process.public_revision)
    if same:
        return same
    return tagged(
        json_response(
            {
                "proceso": process.slug,
                "clausulas": [{"clave": c.key, "compromiso": c.commitment, "texto": c.text} for c in plans.clauses(process.id)],
                "aportes": [_as_json(row) for row in queries.trace_rows(process.id)],
            }
        )
    )


def _as_json(row: TraceRow) -> dict[str, Any]:
    is_public = row.visibility is Visibility.PUBLIC
    return {
        "codigo": row.code, "titulo": row.title if is_public else None, "sector": str(row.sector), "decision": str(row.outcome),
        "marcas": [
            {"clausula": mark.key or None, "grado": str(mark.outcome), "idea": mark.idea if is_public else None,
             "que_cambio": mark.difference}
            for mark in row.marks
        ],
    }  # fmt: skip
