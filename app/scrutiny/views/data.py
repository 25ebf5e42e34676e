"""The result as open data: JSON, CSV, Pabulib, and the bundle that counts again. Only after both sectors signed."""

from fractions import Fraction
from typing import Any

from flask import Response, abort, render_template, url_for

from app.budgeting.counting import amounts
from app.core.guard import public
from app.core.web import csv_response, json_response, open_data
from app.scrutiny import queries
from app.scrutiny.services.counting import BUNDLE, PABULIB
from app.scrutiny.views import bp, shown
from app.scrutiny.views.results import URL, around, count_of

COLUMNS = ("numero", "titulo", "territorio", "ubigeo", "costo_soles", "votantes", "puntaje", "elegido", "apoyo_porcentaje", "por_que")


@bp.get(f"{URL}/resultados.json")
@public(load=queries.published_vote)
def results_json(vote: Any) -> Response:
    count = count_of(vote)
    return json_response({
        "process": vote.round.process.slug, "vote": vote.slug, "title": vote.title, "published_at": count.published_at.isoformat(),
        "counting": count.version, "seed": count.seed, "seed_source": vote.seed_source, "rules_sha256": vote.rules_sha256,
        "result_sha256": count.result_sha256, "pabulib_sha256": count.pabulib_sha256, "recounted_alike": count.agrees,
        "bundle": url_for("scrutiny.bundle", slug=vote.round.process.slug, vote=vote.slug, _external=True), **count.result,
    })  # fmt: skip


@bp.get(f"{URL}/resultados.csv")
@public(load=queries.published_vote)
def results_csv(vote: Any) -> Response:
    """A row for each project, in the order of the page; figures are numbers, and empty where none may be told."""
    result = count_of(vote).result
    raw = {row["project_id"]: (row, part["zone"]) for part in result["parts"] for row in part["report"]["projects"]}
    rows = []
    for part in shown.parts(result):
        for line in (*part["chosen"], *part["others"]):
            row, zone = raw[line.number]
            rows.append((
                int(line.number), line.title, line.place, zone, amounts.money(Fraction(row["cost"])), row.get("votes"), row.get("score"),
                "si" if line.is_chosen else "no", line.support, line.why,
            ))  # fmt: skip
    return csv_response(f"resultados-{vote.slug}.csv", COLUMNS, rows)


@bp.get(f"{URL}.pb")
@public(load=queries.published_vote)
def pabulib(vote: Any) -> Response:
    return _file(vote, PABULIB, f"{vote.round.process.slug}-{vote.slug}.pb", "text/plain; charset=utf-8")


@bp.get(f"{URL}/conteo.zip")
@public(load=queries.published_vote)
def bundle(vote: Any) -> Response:
    return _file(vote, BUNDLE, f"conteo-{vote.round.process.slug}-{vote.slug}.zip", "application/zip")


@bp.get(f"{URL}/conteo")
@public(load=queries.published_vote)
def count_again(vote: Any) -> str:
    """How to count again in three lines."""
    count = count_of(vote)
    can = count.result["with_ballots"] or _adds_up(count.result)
    return render_template(
        "scrutiny/count_again.html", **around(vote), count=count, can=can, parts=shown.parts(count.result),
        file=queries.file_of(vote.id, BUNDLE), archive=f"conteo-{vote.round.process.slug}-{vote.slug}.zip",
    )  # fmt: skip


def _adds_up(result: Any) -> bool:
    """Whether the published totals are enough to count again: no part was told without figures, and none needs each ballot."""
    return result["kind"] != "ordinal" and all(
        not part["is_discreet"] and part["report"]["rule"].startswith("greedy") for part in result["parts"]
    )


def _file(vote: Any, name: str, shown_as: str, kind: str) -> Response:
    found = queries.file_of(vote.id, name)
    if found is None:
        abort(404)
    response = Response(found.content, mimetype=kind.partition(";")[0])
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{shown_as}"'
    response.set_etag(found.sha256[:20])
    return open_data(response)
