"""The evaluation as the public reads it: the order, the means, and what they rest on. Nobody's own marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, make_response, render_template, url_for

from app.contributions.rules.terms import Visibility
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, tagged
from app.evaluation import queries
from app.evaluation.messages import points
from app.evaluation.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.evaluation.queries import RankingPage
    from app.processes.models import Process


@bp.get("/procesos/<slug>/evaluacion")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show(process: Process) -> Response:
    same = not_modified("evaluation", process.id, process.public_revision)
    if same:
        return same
    page = queries.ranking(process.id)
    return tagged(make_response(render_template(
        "evaluation/show.html", process=process, space=process.space, page=page, rows=_rows(page) if page else [],
        criteria=[c for c in processes.criteria(process.id) if c.published_at], standing=queries.criteria_standing(process.id),
        earlier=queries.rankings(process.id)[1:], means=_means(page) if page else [], nav_here="processes",
    )))  # fmt: skip


def _rows(page: RankingPage) -> list[dict[str, Any]]:
    """The lines of the ranking, in words."""
    return [
        {
            "place": row.place, "code": row.code, "title": row.title if row.visibility is Visibility.PUBLIC else "",
            "points": points(row.score_hundredths), "evaluators": row.evaluators, "excluded": row.excluded,
            "href": url_for("feedback.show", code=row.code) if row.visibility is not Visibility.HELD else "",
        }
        for row in page.rows
    ]  # fmt: skip


def _means(page: RankingPage) -> list[dict[str, Any]]:
    """The mean of each criterion for each contribution, as the table of what the order rests on."""
    return [{"code": row.code, "values": [points(mean) for mean in row.by_criterion]} for row in page.rows]


@bp.get("/procesos/<slug>/evaluacion.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show_csv(process: Process) -> Response:
    same = not_modified("evaluation-csv", process.id, process.public_revision)
    if same:
        return same
    page = _published(process)
    names = [criterion["name"] for criterion in page.basis["criteria"]]
    columns = ["puesto", "codigo", "titulo", "puntaje", "evaluadores", "excluidos_por_conflicto", *names, "url"]
    site = current_app.config["SITE_URL"]
    rows = (
        [
            row.place, row.code, row.title if row.visibility is Visibility.PUBLIC else "", points(row.score_hundredths), row.evaluators,
            row.excluded, *(points(mean) for mean in row.by_criterion), f"{site}/aportes/{row.code}",
        ]
        for row in page.rows
    )  # fmt: skip
    return tagged(csv_response(f"evaluacion-{process.slug}.csv", columns, rows))


@bp.get("/procesos/<slug>/evaluacion.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show_json(process: Process) -> Response:
    same = not_modified("evaluation-json", process.id, process.public_revision)
    if same:
        return same
    page, standing = _published(process), queries.criteria_standing(process.id)
    return tagged(json_response({
        "proceso": process.slug,
        "version": page.n,
        "publicado": rfc3339(page.published_at),
        "sha256": page.sha256,
        "razon_del_cambio": page.reason or None,
        "criterios_publicados_antes_de_los_aportes": standing.in_time,
        "base": page.basis,
        "lineas": [
            {
                "code": row.code, "place": row.place, "score_hundredths": row.score_hundredths, "evaluators": row.evaluators,
                "excluded": row.excluded, "by_criterion": row.by_criterion,
            }
            for row in page.rows
        ],
    }))  # fmt: skip


def _published(process: Process) -> RankingPage:
    page = queries.ranking(process.id)
    if page is None:
        abort(404)
    return page
