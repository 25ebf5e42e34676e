"""The directory of organisations, the page of one, and both as data."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.contributions import messages as contributions_words
from app.core import clock
from app.core.guard import public
from app.core.web import csv_response, json_response, page_number, pager
from app.directory import documents, queries
from app.directory.views import bp
from app.organisations import messages as words
from app.organisations import queries as organisations
from app.organisations.rules import Sector
from app.spaces import queries as spaces

UNVERIFIED = "sin-verificar"


@bp.get("/organizaciones")
@public()
def index() -> str:
    filters = _filters()
    page = organisations.directory(filters, page_number())

    def href(number: int) -> str:
        kept: dict[str, Any] = {name: request.args[name] for name in ("q", "sector", "verificadas") if request.args.get(name)}
        return url_for("directory.index", **kept, pagina=number if number > 1 else None)

    return render_template(
        "directory/index.html", lines=queries.listed(page.rows), page=page, pager_links=pager(page, href), filters=filters, names=words,
        is_filtered=filters != organisations.DirectoryFilters(),
    )  # fmt: skip


def _filters() -> organisations.DirectoryFilters:
    """What the address asks for; what it does not know is left out."""
    sector = next((s for s in Sector if s.value == request.args.get("sector")), None)
    return organisations.DirectoryFilters(
        request.args.get("q", "").strip()[:80], sector, only_verified=request.args.get("verificadas") == "si"
    )


@bp.get("/organizaciones.csv")
@public()
def index_csv() -> Response:
    return csv_response("organizaciones.csv", documents.COLUMNS, _rows())


@bp.get("/organizaciones.json")
@public()
def index_json() -> Response:
    return json_response([dict(zip(documents.COLUMNS, row, strict=True)) for row in _rows()])


def _rows() -> Any:
    return documents.rows(queries.listed(organisations.whole_directory()), current_app.config["SITE_URL"])


def _found(slug: str) -> tuple[Any, str] | None:
    found = organisations.public_organisation(slug)
    return None if found is None else (found, slug)


@bp.get("/organizaciones/<slug>")
@public(load=_found)
def show(found: tuple[Any, str]) -> Response:
    organisation, slug = found
    if organisation.slug != slug:  # it changed its name, or became part of another: the address goes on leading somewhere
        return redirect(url_for("directory.show", slug=organisation.slug), 301)  # type: ignore[return-value]
    (line,) = queries.listed([organisation])
    asked = UNVERIFIED if request.args.get("ver") == UNVERIFIED else None
    number, first = page_number(), 1
    said = queries.said_by(organisation.id, first if asked else number)
    named = queries.said_in_name_of(organisation.id, number if asked else first)
    shown = named if asked else said

    def href(number: int) -> str:
        return url_for("directory.show", slug=slug, ver=asked, pagina=number if number > 1 else None)

    return make_response(
        render_template(
            "directory/show.html", organisation=organisation, line=line, said=shown, pager_links=pager(shown, href), names=words,
            channels=contributions_words.CHANNELS, is_unverified=bool(asked), chips=_chips(slug, said.total, named.total, bool(asked)),
            judged=queries.judged(organisation.id), units=organisations.units_of(organisation.id),
            former=organisations.former_names([organisation.id]), merged=organisations.merged_into(organisation.id),
            acting=len(queries.acting_for(organisation.id, clock.lima_day(clock.now()))),
            parent=organisations.organisation_by_id(organisation.parent_id), any_space=next(iter(spaces.spaces()), None),
        )
    )  # fmt: skip


def _chips(slug: str, sent: int, named: int, here: bool) -> list[dict[str, Any]]:
    return [
        {"text": _("Enviados por ella"), "count": sent, "href": url_for("directory.show", slug=slug), "here": not here},
        {
            "text": _("Sin verificar"), "count": named, "href": url_for("directory.show", slug=slug, ver=UNVERIFIED),
            "here": here,
        },
    ]  # fmt: skip


@bp.get("/organizaciones/<slug>.json")
@public(load=_found)
def show_json(found: tuple[Any, str]) -> Response:
    organisation = found[0]
    (row,) = documents.rows(queries.listed([organisation]), current_app.config["SITE_URL"])
    said, named = queries.said_by(organisation.id, 1), queries.said_in_name_of(organisation.id, 1)
    last = {"ultimos_aportes": said.rows, "a_su_nombre_sin_verificar": named.rows}
    codes = {name: [one.code for one in rows] for name, rows in last.items()}
    return json_response({**dict(zip(documents.COLUMNS, row, strict=True)), **codes})
