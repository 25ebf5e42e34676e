"""The files of a participatory budget: its agents, its ceilings and its calendar, each in every version that was published."""

from collections.abc import Iterator
from typing import Any

from flask import Response

from app.budgeting import queries as budgeting
from app.budgeting.rules import calendar as calendars
from app.core import dates
from app.core.guard import public
from app.core.web import csv_response, json_response
from app.opendata import documents
from app.opendata.documents import Dataset
from app.opendata.views import bp


def _agents(round_: Any) -> Iterator[list[Any]]:
    for agent in budgeting.public_agents(round_.id):
        yield [
            agent.number, agent.name, agent.organisation_name, agent.kind.value, agent.sector.value, agent.ubigeo or "",
            agent.territory.name if agent.territory else "", "si" if agent.has_vote else "no",
        ]  # fmt: skip


def _ceilings(round_: Any) -> Iterator[list[Any]]:
    """A row for each part of each version; a version without parts has one row, of the whole."""
    for version in reversed(budgeting.ceiling_versions(round_.id)):
        said = [version.n, dates.rfc3339(version.published_at), version.reason, version.content["ceiling_cents"]]
        for part in version.content["parts"] or [{"ubigeo": "", "theme": "", "amount_cents": version.content["ceiling_cents"]}]:
            yield [*said, part["ubigeo"], part["theme"], part["amount_cents"]]


def _calendar(round_: Any) -> Iterator[list[Any]]:
    for version in reversed(budgeting.calendar_versions(round_.id)):
        for entry in calendars.from_json(version.content).entries:
            yield [
                version.n, dates.rfc3339(version.published_at), entry.phase.value, entry.activity.value, entry.title,
                entry.starts_on.isoformat(), entry.ends_on.isoformat(), entry.hours, entry.place,
            ]  # fmt: skip


def _names(dataset: Dataset) -> list[str]:
    return [column.name for column in dataset.columns]


def _csv(dataset: Dataset, round_: Any, rows: Iterator[list[Any]]) -> Response:
    return csv_response(f"{dataset.key}-{round_.process.slug}.csv", _names(dataset), list(rows))


def _json(dataset: Dataset, rows: Iterator[list[Any]]) -> Response:
    names = _names(dataset)
    return json_response([dict(zip(names, row, strict=True)) for row in rows])


@bp.get("/procesos/<slug>/presupuesto/agentes.csv")
@public(load=budgeting.public_round)
def budget_agents_csv(round_: Any) -> Response:
    return _csv(documents.AGENTS, round_, _agents(round_))


@bp.get("/procesos/<slug>/presupuesto/agentes.json")
@public(load=budgeting.public_round)
def budget_agents_json(round_: Any) -> Response:
    return _json(documents.AGENTS, _agents(round_))


@bp.get("/procesos/<slug>/presupuesto/techos.csv")
@public(load=budgeting.public_round)
def budget_ceilings_csv(round_: Any) -> Response:
    return _csv(documents.CEILINGS, round_, _ceilings(round_))


@bp.get("/procesos/<slug>/presupuesto/techos.json")
@public(load=budgeting.public_round)
def budget_ceilings_json(round_: Any) -> Response:
    return _json(documents.CEILINGS, _ceilings(round_))


@bp.get("/procesos/<slug>/presupuesto/calendario.csv")
@public(load=budgeting.public_round)
def budget_calendar_csv(round_: Any) -> Response:
    return _csv(documents.CALENDAR, round_, _calendar(round_))


@bp.get("/procesos/<slug>/presupuesto/calendario-abierto.json")
@public(load=budgeting.public_round)
def budget_calendar_json(round_: Any) -> Response:
    return _json(documents.CALENDAR, _calendar(round_))
