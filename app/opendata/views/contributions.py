"""The list of datasets, and the files of contributions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, render_template

from app.budgeting import queries as budgeting
from app.contributions import queries as contributions
from app.contributions.queries import ContributionRow
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Language
from app.core import dates
from app.core.guard import public
from app.core.web import csv_response, json_response
from app.feedback import queries as feedback
from app.opendata import documents
from app.opendata.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process

ANSWERS_AT_ONCE = 500
NEWEST = 30


@bp.get("/datos")
@public()
def index() -> str:
    everything = processes.public_processes()
    everything, rounds = processes.public_processes(), budgeting.processes_with_round()
    datasets = [(dataset, [p for p in everything if not dataset.of_rounds or p.id in rounds]) for dataset in documents.DATASETS]
    return render_template("opendata/index.html", datasets=datasets, of_the_site=documents.OF_THE_SITE)


def _rows(process: Process) -> Iterator[list[Any]]:
    """Each public contribution as the dataset declares it, oldest first."""
    waiting: list[ContributionRow] = []
    for row in contributions.all_rows(process.id, ContributionFilters()):
        waiting.append(row)
        if len(waiting) == ANSWERS_AT_ONCE:
            yield from _with_answers(process, waiting)
            waiting = []
    yield from _with_answers(process, waiting)


def _with_answers(process: Process, rows: list[ContributionRow]) -> Iterator[list[Any]]:
    answers = feedback.current_answers([row.id for row in rows])
    summaries = contributions.summaries([row.id for row in rows if row.language is not Language.SPANISH])
    for row in rows:
        answer, summary = answers.get(row.id), summaries.get(row.id)
        district, province, region = _names(row.place, row.ubigeo)
        yield [
            row.code,
            process.slug,
            dates.rfc3339(row.received_at),
            row.channel.value,
            row.workshop or "",
            row.sector.value,
            row.public_name,
            region,
            province,
            district,
            row.ubigeo or "",
            row.language.value,
            row.theme,
            row.title,
            row.text,
            answer.outcome.value if answer else "",
            "si" if row.answered_at else "no",
            f"{current_app.config['SITE_URL']}/aportes/{row.code}",
            summary.text if summary else "",
            summary.written_by if summary else "",
        ]


def _names(place: str, ubigeo: str | None) -> tuple[str, str, str]:
    """District, province and region out of a full name ("Ccorca, Cusco, Cusco"), as many as its code has."""
    parts = place.split(", ") if place and ubigeo and ubigeo != "00" else []
    return tuple(["", "", "", *parts][-3:])  # type: ignore[return-value]


@bp.get("/procesos/<slug>/aportes.csv")
@public(load=processes.public_process_by_slug)
def contributions_csv(process: Process) -> Response:
    return csv_response(f"aportes-{process.slug}.csv", [column.name for column in documents.CONTRIBUTIONS.columns], _rows(process))


@bp.get("/procesos/<slug>/aportes.json")
@public(load=processes.public_process_by_slug)
def contributions_json(process: Process) -> Response:
    names = [column.name for column in documents.CONTRIBUTIONS.columns]
    return json_response([dict(zip(names, row, strict=True)) for row in _rows(process)])


@bp.get("/procesos/<slug>/aportes.atom")
@public(load=processes.public_process_by_slug)
def contributions_atom(process: Process) -> Response:
    newest = contributions.rows_of(contributions.filtered(process.id, ContributionFilters()).limit(NEWEST))
    updated = newest[0].received_at if newest else process.created_at
    content = render_template("opendata/contributions.atom", process=process, rows=newest, updated=updated)
    return Response(content, mimetype="application/atom+xml")
