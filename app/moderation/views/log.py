"""The public log of moderation, of a process and of the whole site: page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, make_response, render_template, request, url_for

from app.core import clock, dates
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, page_number, pager, tagged
from app.moderation import messages, queries
from app.moderation.queries import LogRow
from app.moderation.rules.acts import APPEALABLE
from app.moderation.views import bp
from app.processes import queries as processes

COLUMNS = ("fecha", "proceso", "acto", "codigo", "razon", "a_favor_de", "hasta", "apelado", "resultado", "resuelto")


@bp.get("/moderacion")
@public()
def site_log() -> Response:
    return _page(None)


@bp.get("/procesos/<slug>/moderacion")
@public(load=processes.public_process_by_slug)
def log(process: Any) -> Response:
    return _page(process)


def _page(process: Any) -> Response:
    number, code = page_number(), request.args.get("codigo", "").strip().upper()[:40]
    process_id = process.id if process else None
    same = not_modified("moderation", process_id, queries.log_version(process_id), clock.lima_day(clock.now()), code, number)
    if same:
        return tagged(same)
    page = queries.log_page(process_id, number, code=code)
    endpoint, given = ("moderation.log", {"slug": process.slug}) if process else ("moderation.site_log", {})
    return tagged(
        make_response(
            render_template(
                "moderation/log.html", process=process, space=process.space if process else None, page=page, code=code,
                counts=queries.log_counts(process_id), kinds=messages.KINDS, reasons=messages.REASONS, notes=messages.REASON_NOTES,
                outcomes=messages.OUTCOMES, appealable=APPEALABLE, nav_here="processes" if process else "audit",
                pager_links=pager(page, lambda n: url_for(endpoint, **given, codigo=code or None, pagina=n if n > 1 else None)),
            )
        )
    )  # fmt: skip


@bp.get("/moderacion.csv")
@public()
def site_log_csv() -> Response:
    return csv_response("moderacion.csv", COLUMNS, (tuple(row.values()) for row in _rows(None)))


@bp.get("/moderacion.json")
@public()
def site_log_json() -> Response:
    return json_response({"log": list(_rows(None)), "counts": _counts(None)})


@bp.get("/procesos/<slug>/moderacion.csv")
@public(load=processes.public_process_by_slug)
def log_csv(process: Any) -> Response:
    return csv_response(f"moderacion-{process.slug}.csv", COLUMNS, (tuple(row.values()) for row in _rows(process.id)))


@bp.get("/procesos/<slug>/moderacion.json")
@public(load=processes.public_process_by_slug)
def log_json(process: Any) -> Response:
    return json_response({"process": process.slug, "log": list(_rows(process.id)), "counts": _counts(process.id)})


def _rows(process_id: int | None) -> Iterator[dict[str, Any]]:
    return (dict(zip(COLUMNS, _values(row), strict=True)) for row in queries.log_rows(process_id))


def _values(row: LogRow) -> tuple[str, ...]:
    return (
        dates.rfc3339(row.at), row.process, row.kind.value, row.code, row.reason.value if row.reason else "", row.favoured,
        dates.rfc3339(row.until), dates.rfc3339(row.appealed_at), row.outcome.value if row.outcome else "", dates.rfc3339(row.decided_at),
    )  # fmt: skip


def _counts(process_id: int | None) -> dict[str, Any]:
    found = queries.log_counts(process_id)
    return {
        "acts": {kind.value: n for kind, n in found.kinds.items()}, "reasons": {reason.value: n for reason, n in found.reasons.items()},
        "appeals": {(outcome.value if outcome else "open"): n for outcome, n in found.appeals.items()},
    }  # fmt: skip
