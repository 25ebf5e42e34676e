"""The act as everybody reads it, on screen and on paper."""

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext

from app.agreements import documents, messages, queries
from app.agreements.views import bp
from app.budgeting import queries as rounds
from app.core import pdf
from app.core.cache import fragment
from app.core.guard import public
from app.core.web import not_modified, tagged


def version_of(slug: str, version: int) -> Any:
    return queries.public_act(slug, version)


def _page(act: Any) -> Response:
    versions = queries.public_acts(act.round.id)
    return make_response(
        render_template(
            "agreements/show.html", **documents.act_sheet(act), versions=versions, names=messages, is_current=act.state == "published"
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/presupuesto/acta")
@public(load=rounds.public_round)
def show(round_: Any) -> Response:
    act = queries.standing_act(round_.id)
    if act is None:
        return make_response(render_template("agreements/none.html", process=round_.process, space=round_.process.space))
    same = not_modified("act", round_.process.slug, round_.process.public_revision)
    return same or tagged(_page(act))


@bp.get("/procesos/<slug>/presupuesto/acta/versiones/<int:version>")
@public(load=version_of)
def version(act: Any) -> Response:
    return _page(act)


@bp.get("/procesos/<slug>/presupuesto/acta/versiones/<int:version>/imprimir")
@public(load=version_of)
def act_sheet(act: Any) -> Response:
    """The same sheet the PDF is made of, for machines that cannot make one."""
    return make_response(_sheet(act, is_pdf=False))


def _sheet(act: Any, *, is_pdf: bool) -> str:
    return render_template("agreements/act_sheet.html", is_pdf=is_pdf, names=messages, **documents.act_sheet(act))


@bp.get("/procesos/<slug>/presupuesto/acta/versiones/<int:version>.pdf")
@public(load=version_of)
def act_pdf(act: Any) -> Response:
    """Drawn once for each text; without Pango it leads to the page to print."""
    slug = act.round.process.slug
    if not pdf.is_available():
        return redirect(url_for("agreements.act_sheet", slug=slug, version=act.version), 302)  # type: ignore[return-value]
    draw = lambda: documents.as_pdf("agreements/act_sheet.html", names=messages, **documents.act_sheet(act))  # noqa: E731 - when not kept
    try:
        content = fragment(f"act:{slug}:{act.version}:{act.round.process.public_revision}:pdf", draw)
    except pdf.PdfBusy:
        busy = gettext("Se están haciendo otros PDF. Espere medio minuto e inténtelo otra vez.")
        return make_response(render_template("errors/503.html", problem=busy), 503, {"Retry-After": "30"})
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="acta-{slug}-v{act.version}.pdf"'
    return response
