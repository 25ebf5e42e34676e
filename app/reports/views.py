"""The public feedback report of a process, and the same as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, render_template, url_for
from flask_babel import gettext as _

from app.core import clock, pdf
from app.core.cache import fragment
from app.core.guard import public
from app.core.web import Page, csv_response, json_response, not_modified, page_number, pager, tagged
from app.processes import queries as processes
from app.reports import services
from app.reports.documents import data, word
from app.reports.documents.content import Content, gather

if TYPE_CHECKING:
    from app.processes.models import Process

bp = Blueprint("reports", __name__)
PAIRS_SHOWN, ANNEX_PER_PAGE = 3, 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _content(process: Process) -> Content:
    return gather(process, clock.now())


def _name(process: Process, part: object) -> str:
    """Under which what was made is kept: for everybody the same, until something public changes or the day is over."""
    return f"report:{process.id}:{process.public_revision}:{clock.lima_day(clock.now())}:{part}"


def _same(process: Process, *parts: object) -> Response | None:
    return not_modified(process.id, process.public_revision, "report", clock.lima_day(clock.now()), *parts)


@bp.get("/procesos/<slug>/informe")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show(process: Process) -> Response:
    number = page_number()
    same = _same(process, "html", number)
    if same:
        return same
    return tagged(Response(fragment(_name(process, number), lambda: _page(process, number).encode()), mimetype="text/html"))


def _page(process: Process, number: int) -> str:
    content = _content(process)
    first = (number - 1) * ANNEX_PER_PAGE
    page = Page(content.annex[first : first + ANNEX_PER_PAGE], number, len(content.annex), ANNEX_PER_PAGE)
    return render_template(
        "reports/show.html",
        process=process,
        space=process.space,
        content=content,
        shown=PAIRS_SHOWN,
        annex=page,
        page_number=number,
        pager_links=pager(page, lambda n: url_for("reports.show", slug=process.slug, pagina=n, _anchor="anexo")),
        nav_here="processes",
    )


@bp.get("/procesos/<slug>/informe.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show_json(process: Process) -> Response:
    return _same(process, "json") or tagged(json_response(data.as_json(_content(process))))


@bp.get("/procesos/<slug>/informe.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show_csv(process: Process) -> Response:
    return _same(process, "csv") or tagged(csv_response(f"informe-{process.slug}.csv", data.COLUMNS, data.rows(_content(process))))


@bp.get("/procesos/<slug>/informe.docx")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show_docx(process: Process) -> Response:
    same = _same(process, "docx")
    if same:
        return same
    made = fragment(_name(process, "docx"), lambda: word.as_docx(_content(process)))
    return tagged(_file(made, DOCX, f"informe-{process.slug}.docx"))


@bp.get("/procesos/<slug>/informe.pdf")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def show_pdf(process: Process) -> Response:
    """The PDF, or the page to print with the reason why there is none (yet)."""
    same = _same(process, "pdf")
    if same:
        return same
    content = _content(process)
    try:
        printed = services.printed(process, content, process.public_revision)
    except pdf.PdfUnavailable:
        return _to_print(process, content, str(pdf.HOW_TO_ENABLE))
    except pdf.PdfBusy:
        printed = None
    if printed is None:
        return _to_print(
            process, content, _("El PDF de este informe se está preparando; estará aquí en unas horas. Mientras, imprima esta página.")
        )
    return tagged(_file(printed, "application/pdf", f"informe-{process.slug}.pdf"))


def _to_print(process: Process, content: Content, reason: str) -> Response:
    page = make_response(render_template("reports/printed.html", process=process, space=process.space, content=content, reason=reason))
    page.headers["Cache-Control"] = "public, no-cache"
    return page


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
