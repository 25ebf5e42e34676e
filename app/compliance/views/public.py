"""The minimum requirements of a process, for everybody: the page, its data, its history, and the evidence in one file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, abort, make_response, render_template, request, send_file, url_for

from app.activities import messages as activities_messages
from app.audit import queries as audit
from app.compliance import documents, messages, queries, services
from app.compliance.rules.irm import IrmVerdict
from app.compliance.views import bp, shown
from app.core import clock
from app.core.cache import fragment
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, open_data, page_number, pager, tagged
from app.organisations.messages import SECTORS
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process


def _same(process: Process, *more: object) -> Response | None:
    """304 when nothing public happened since: the register's head moves with every act, and lights may change with the day."""
    return not_modified("requirements", process.public_revision, audit.head()[1], clock.lima_day(clock.now()), *more)


@bp.get("/procesos/<slug>/requisitos")
@public(load=processes.public_process_by_slug)
def index(process: Process) -> Response:
    same = _same(process)
    if same:
        return tagged(same)
    version = f"requirements:{process.id}:{process.public_revision}:{audit.head()[1]}:{clock.lima_day(clock.now())}"
    return tagged(make_response(fragment(version, lambda: _page(process))))


def _page(process: Process) -> str:
    """The page whole: made once for each version of the public record."""
    judgement = queries.judge(process, clock.now())
    irm = queries.irm_result(process.id)
    return render_template(
        "compliance/index.html", process=process, space=process.space, banner=messages.BANNER, sets=shown.sets(judgement),
        absent=shown.absent(judgement), summary=shown.summary(judgement), irm=irm, latest=queries.latest_changes(process.id),
        irm_text=messages.IRM[irm.verdict if irm else IrmVerdict.UNAVAILABLE], outreach=_outreach(judgement), results=messages.RESULTS,
    )  # fmt: skip


def _outreach(judgement: queries.Judgement) -> list[dict[str, Any]]:
    return [
        {
            "action": row.action, "place": row.place, "stands": row.stands, "channel": activities_messages.CHANNELS[row.action.channel],
            "sector": SECTORS[row.action.sector], "language": activities_messages.OUTREACH_LANGUAGES[row.action.language],
            "files": [
                {"text": f.title, "href": url_for("evidence.download", key=f.key), "detail": f.detail, "note": ""} for f in row.files
            ],
        }
        for row in judgement.records.outreach_rows
    ]  # fmt: skip


@bp.get("/procesos/<slug>/requisitos.json")
@public(load=processes.public_process_by_slug)
def index_json(process: Process) -> Response:
    same = _same(process, "json")
    if same:
        return tagged(same)
    judgement = queries.judge(process, clock.now())
    return tagged(json_response(documents.as_json(judgement, queries.irm_result(process.id))))


@bp.get("/procesos/<slug>/requisitos/historial")
@public(load=processes.public_process_by_slug)
def history(process: Process) -> Response:
    """When each result changed; with `?dia=`, what the page said on that day."""
    day = _day(request.args.get("dia", ""))
    page = queries.changes(process.id, page_number())
    return make_response(
        render_template(
            "compliance/history.html", process=process, space=process.space, page=page, day=day,
            said=queries.said_on(process.id, day) if day else [], asked=request.args.get("dia", "")[:10], results=messages.RESULTS,
            meanings=messages.MEANINGS, banner=messages.BANNER,
            pager=pager(page, lambda n: url_for("compliance.history", slug=process.slug, pagina=n if n > 1 else None)),
        )
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


@bp.get("/procesos/<slug>/requisitos/historial.csv")
@public(load=processes.public_process_by_slug)
def history_csv(process: Process) -> Response:
    rows = documents.history(queries.all_changes(process.id))
    return csv_response(f"requisitos-{process.slug}.csv", documents.HISTORY_COLUMNS, rows)


@bp.get("/procesos/<slug>/requisitos/historial.json")
@public(load=processes.public_process_by_slug)
def history_json(process: Process) -> Response:
    """What the page said on `?dia=` (today when it is missing): SHA-256 of each `facts_text`, in UTF-8, is its `facts_sha256`."""
    day = _day(request.args.get("dia", "")) or clock.lima_day(clock.now())
    rows = queries.said_on(process.id, day)
    facts = queries.facts_of(process.id, [row.facts_sha256 for row in rows])
    return json_response({"process": process.slug, "day": day.isoformat(), "requirements": documents.said_on(rows, facts)})


@bp.get("/procesos/<slug>/requisitos/evidencias.zip")
@public(load=processes.public_process_by_slug)
def pack(process: Process) -> Response:
    """Everything that shows what the process did, as one file that needs neither this site nor the network."""
    try:
        path = services.pack_of(process, now=clock.now())
    except services.PackBusy:
        abort(503)
    response = send_file(
        path, mimetype="application/zip", as_attachment=True, download_name=f"evidencias-{process.slug}.zip", conditional=True, max_age=0
    )
    return open_data(response)
