"""The published schedule, each of its versions, and the difference between any two."""

from typing import Any

from flask import Response, abort, make_response, render_template

from app.core import clock
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.processes import messages, queries
from app.processes.rules.difference import difference
from app.processes.views import bp, shown


@bp.get("/procesos/<slug>/cronograma")
@public(load=queries.public_process_by_slug)
def schedule(process: Any) -> Response:
    now = clock.now()
    same = not_modified("schedule", process.id, process.public_revision, clock.lima_day(now))
    if same:
        return tagged(same)
    page = queries.schedule_page(process, now)
    latest = page.latest
    n = latest.n or 0 if latest else 0
    return tagged(
        make_response(
            render_template(
                "processes/schedule.html", process=process, space=process.space, page=page, latest=latest, now=now,
                notice=page.notice, notice_sentence=messages.notice_sentence(page.notice), flags=messages.FLAGS,
                phases=shown.knots(page.schedules[n], now) if n else [], start_at=page.notice.start_at,
                opportunities=shown.cards(page, n, now) if n else [],
                cancelled=shown.cancelled(page), history=shown.history(page), states=messages.STATES,
            )
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/cronograma/versiones/<int:n>")
@public(load=lambda slug, n: _page_with(slug, n))
def version(found: Any) -> Response:
    page, n = found
    now = clock.now()
    same = not_modified("version", page.process.id, n, page.process.public_revision)
    if same:
        return tagged(same)
    return tagged(
        make_response(
            render_template(
                "processes/version.html", process=page.process, space=page.process.space, page=page, version=page.version(n),
                schedule=page.schedules[n], phases=shown.knots(page.schedules[n], now, is_still=True),
                opportunities=shown.cards(page, n, now), entry=next(entry for entry in shown.history(page) if entry["n"] == n),
            )
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/cronograma/versiones/<int:n>.json")
@public(load=lambda slug, n: _page_with(slug, n))
def version_json(found: Any) -> Response:
    """The very text that was hashed, approved and published: its SHA-256 is the one on the page."""
    page, n = found
    response = Response(page.version(n).content, mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get("/procesos/<slug>/cronograma/diferencias/<int:a>/<int:b>")
@public(load=lambda slug, a, b: _two_versions(slug, a, b))
def differences(found: Any) -> Response:
    page, a, b = found
    same = not_modified("difference", page.process.id, a, b, page.process.public_revision)
    if same:
        return tagged(same)
    rows = messages.difference_rows(difference(page.schedules[a], page.schedules[b]))
    return tagged(
        make_response(
            render_template(
                "processes/differences.html", process=page.process, space=page.process.space, page=page, rows=rows,
                before=page.version(a), after=page.version(b), numbers=[version.n for version in page.versions],
            )
        )
    )  # fmt: skip


def _page_with(slug: str, n: int) -> tuple[queries.SchedulePage, int] | None:
    """The page of a public process that has version `n`."""
    process = queries.public_process_by_slug(slug)
    page = queries.schedule_page(process, clock.now()) if process else None
    return (page, n) if page and n in page.schedules else None


def _two_versions(slug: str, a: int, b: int) -> tuple[queries.SchedulePage, int, int] | None:
    found = _page_with(slug, a)
    if found is None or b not in found[0].schedules:
        abort(404)
    return found[0], a, b
