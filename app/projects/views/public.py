"""Public pages of projects: the list, one with its whole story, the criteria; and all of it as data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _

from app.budgeting import queries as rounds
from app.core import clock, dates
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, page_number, pager, tagged
from app.processes import queries as processes
from app.projects import documents, messages, queries
from app.projects.rules import ProjectState
from app.projects.rules.evaluating import Step, criteria_of
from app.projects.rules.filters import ProjectFilters
from app.projects.views import bp, shown

if TYPE_CHECKING:
    from app.budgeting.models import BudgetRound
    from app.projects.models import Project

AT_ONCE = 300


@bp.get("/procesos/<slug>/proyectos")
@public(load=rounds.public_round)
def index(round_: BudgetRound) -> Response:
    filters = ProjectFilters.parse(request.args)
    page = queries.page_of(round_.id, filters, page_number())
    totals = queries.sums(round_.id)

    def href(**changes: str) -> str:
        given: dict[str, Any] = {k: v for k, v in {**filters.arguments(), **changes}.items() if v}
        return url_for("projects.index", slug=round_.process.slug, **given)

    chips = [{"text": _("Todos"), "count": totals.projects, "href": href(estado=""), "here": filters.state is None}] + [
        {"text": messages.STATES[s], "count": n, "href": href(estado=s.value), "here": filters.state is s}
        for s, n in totals.by_state.items()
    ]
    return make_response(
        render_template(
            "projects/index.html", round=round_, process=round_.process, space=round_.process.space, filters=filters, page=page,
            cards=[shown.card(p) for p in page.rows], totals=totals, chips=chips, soles=messages.soles,
            themes=processes.themes(round_.process_id), territories=queries.territories_used(round_.id),
            pager_links=pager(page, lambda n: href(pagina=str(n) if n > 1 else "")), sheet=queries.published_sheet(round_.id),
            matrix=queries.published_matrix(round_.id),
        )
    )  # fmt: skip


def _rows(round_: BudgetRound) -> Iterator[list[Any]]:
    """Each public project as the dataset declares it, a few hundred at a time."""
    slug, site = round_.process.slug, current_app.config["SITE_URL"]
    rows = queries.all_rows(round_.id)
    while some := list(islice(rows, AT_ONCE)):
        ids = [p.id for p in some]
        origins, answers = queries.origins(ids), queries.current_answers(ids)
        into = queries.codes_of([p.merged_into_id for p in some])
        for p in some:
            yield documents.project_row(p, slug, documents.codes_of(origins, p.id), answers.get(p.id), into, site)


@bp.get("/procesos/<slug>/proyectos.csv")
@public(load=rounds.public_round)
def index_csv(round_: BudgetRound) -> Response:
    return csv_response(f"proyectos-{round_.process.slug}.csv", documents.PROJECT_COLUMNS, _rows(round_))


@bp.get("/procesos/<slug>/proyectos.json")
@public(load=rounds.public_round)
def index_json(round_: BudgetRound) -> Response:
    return json_response([dict(zip(documents.PROJECT_COLUMNS, row, strict=True)) for row in _rows(round_)])


@bp.get("/procesos/<slug>/evaluaciones.csv")
@public(load=rounds.public_round)
def evaluations_csv(round_: BudgetRound) -> Response:
    """A row for each criterion of every published evaluation."""
    return csv_response(f"evaluaciones-{round_.process.slug}.csv", documents.EVALUATION_COLUMNS, _evaluation_rows(round_))


def _evaluation_rows(round_: BudgetRound) -> Iterator[list[Any]]:
    codes = {p.id: p.code for p in queries.projects_of(round_.id)}
    for found in queries.all_published_evaluations(round_.id):
        yield from documents.evaluation_rows(codes[found.project_id], found)


@bp.get("/proyectos/<codigo>")
@public(load=queries.public_project)
def show(project: Project) -> Response:
    today = clock.lima_day(clock.now())
    told = project.round.process.public_revision  # what packages above tell of it
    same = not_modified("project", project.id, project.public_revision, project.revision, project.round.revision, told, today)
    if same:
        return tagged(same)
    pieces = current_app.extensions.get("minka.project_story", lambda _project: [])(project)
    return tagged(
        make_response(
            render_template(
                "projects/show.html", project=project, process=project.round.process, space=project.round.process.space, today=today,
                look=messages.LOOKS[project.state], state=messages.STATES[project.state], soles=messages.soles, pieces=pieces,
                point=_point(project), **shown.whole(project),
            )
        )
    )  # fmt: skip


def _point(project: Project) -> str:
    return f"{project.latitude:.5g},{project.longitude:.5g}" if project.latitude and project.longitude else ""


@bp.get("/proyectos/<codigo>.json")
@public(load=queries.public_project)
def show_json(project: Project) -> Response:
    found = shown.whole(project)
    own, into = queries.current_answer(project.id), found["into"]
    return json_response(
        {
            **shown.facts(project, found["origins"], own, {into.id: into.code} if into else {}),
            "historia": [
                {"fecha": dates.rfc3339(c["at"]), "que": c["said"], "quien": c["role"], "razon": c["reason"]} for c in found["changes"]
            ],
            "evaluaciones": [
                {
                    "numero": e["n"], "conclusion": e["conclusion"], "opinion": e["opinion"], "publicada": dates.rfc3339(e["published_at"]),
                    "criterios": [
                        {"criterio": row["name"], "hallazgo": row["finding"], "nota": row["note"]}
                        for _step, rows in e["steps"] for row in rows
                    ],
                }
                for e in found["evaluations"]
            ],
            "apelaciones": [
                {"numero": a["number"], "procede": a["is_upheld"], "razon": a["reason"], "recibida": dates.rfc3339(a["received_at"])}
                for a in found["appeals"]
            ],
        }
    )  # fmt: skip


@bp.get("/procesos/<slug>/proyectos/criterios")
@public(load=rounds.public_round)
def criteria(round_: BudgetRound) -> Response:
    """By what projects are judged: every published version, and since when it does not change."""
    sheets = queries.sheets(round_.id)
    steps = [(messages.STEPS[s], [c for c in criteria_of(sheets[0].criteria) if c.step is s]) for s in Step] if sheets else []
    return make_response(
        render_template(
            "projects/criteria.html", process=round_.process, space=round_.process.space, sheets=sheets, steps=steps,
            done=queries.sums(round_.id).by_state, states=messages.STATES, not_admissible=ProjectState.NOT_ADMISSIBLE,
        )
    )  # fmt: skip
