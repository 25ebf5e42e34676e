"""For everybody who wants to let others know: the poster, the message, the text for the radio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Response, current_app, make_response, redirect, render_template, url_for

from app.core import clock, pdf
from app.core.cache import fragment
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.notices import documents, queries
from app.notices.documents.poster import as_pdf
from app.notices.messages import LANGUAGE_NAMES
from app.notices.rules import LONGEST_MESSAGE, LONGEST_RADIO, SHORTEST_RADIO, Medium, seconds_to_read
from app.notices.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process

BASE = "/procesos/<slug>"


def _same(process: Process, kind: str) -> Response | None:
    """What is to come changes with the hour, so a notice is as old as its hour."""
    return not_modified("notice", kind, process.id, process.public_revision, clock.now().replace(minute=0), pdf.is_available())


@bp.get(f"{BASE}/difundir")
@public(load=processes.public_process_by_slug)
def spread(process: Process) -> Response:
    same = _same(process, "spread")
    if same:
        return tagged(same)
    said, texts = queries.announcement(process, clock.now()), queries.texts(process.id)
    message, radio = documents.message(said), documents.radio_script(said)
    return tagged(make_response(render_template(
        "notices/spread.html", process=process, space=process.space, said=said, texts=texts, media=Medium, languages=LANGUAGE_NAMES,
        message=message, share=_share(message), longest=LONGEST_MESSAGE, radio=radio, seconds=seconds_to_read(radio),
        shortest_radio=SHORTEST_RADIO, longest_radio=LONGEST_RADIO, seconds_of=seconds_to_read,
        shares={medium: _share(row.text) for medium, row in texts.items()}, has_pdf=pdf.is_available(), how_to_enable=pdf.HOW_TO_ENABLE,
    )))  # fmt: skip


def _share(text: str) -> str:
    return "https://wa.me/?text=" + quote(text, safe="")


@bp.get(f"{BASE}/mensaje.txt")
@public(load=processes.public_process_by_slug)
def message(process: Process) -> Response:
    return _plain(process, "message", lambda said: documents.message(said))


@bp.get(f"{BASE}/guion-radio.txt")
@public(load=processes.public_process_by_slug)
def radio(process: Process) -> Response:
    return _plain(process, "radio", lambda said: documents.radio_script(said))


def _plain(process: Process, kind: str, made: Any) -> Response:
    same = _same(process, kind)
    if same:
        return same
    text = made(queries.announcement(process, clock.now()))
    return tagged(Response(text + "\n", content_type="text/plain; charset=utf-8"))


def poster_context(process: Process, size: str) -> dict[str, Any]:
    """What notices/poster.html reads; `size` is "a4" or "a3"."""
    said, other = queries.announcement(process, clock.now()), queries.texts(process.id).get(Medium.POSTER)
    return {
        "process": process, "space": process.space, "poster": documents.poster(said, other.text if other else ""),
        "version": said.version, "size": size, "other": other, "how_to_enable": pdf.HOW_TO_ENABLE, "has_pdf": pdf.is_available(),
    }  # fmt: skip


@bp.get(f"{BASE}/afiche")
@public(load=processes.public_process_by_slug)
def poster(process: Process) -> Response:
    same = _same(process, "poster")
    return tagged(same or make_response(render_template("notices/poster.html", is_pdf=False, **poster_context(process, "a4"))))


@bp.get(f"{BASE}/afiche-a4.pdf")
@public(load=processes.public_process_by_slug)
def poster_sheet(process: Process) -> Response:
    return _pdf(process, "a4")


@bp.get(f"{BASE}/afiche-a3.pdf")
@public(load=processes.public_process_by_slug)
def poster_large(process: Process) -> Response:
    return _pdf(process, "a3")


def _pdf(process: Process, size: str) -> Response:
    """Drawn once an hour at most; without Pango it leads to the page to print."""
    if not pdf.is_available():
        return redirect(url_for("notices.poster", slug=process.slug), 302)  # type: ignore[return-value]
    same = _same(process, size)
    if same:
        return same
    try:
        drawn = drawn_poster(process, size)
    except pdf.PdfBusy:
        return make_response(render_template("errors/503.html", problem=""), 503, {"Retry-After": "20"})
    response = make_response(drawn)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="afiche-{process.slug}-{size}.pdf"'
    return tagged(response)


def drawn_poster(process: Process, size: str) -> bytes:
    """Raises PdfUnavailable and PdfBusy."""
    name = f"notices:{process.slug}:{process.public_revision}:{clock.now():%Y%m%d%H}:{size}:{current_app.config['SITE_URL']}"
    return fragment(name, lambda: as_pdf(**poster_context(process, size)))
