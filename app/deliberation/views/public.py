"""What people said of a contribution, the same bytes for everybody; and all comments of a process as open data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for

from app.contributions import queries as contributions
from app.contributions.rules.terms import Visibility
from app.core import clock, dates
from app.core.guard import public
from app.core.web import Page, csv_response, json_response, not_modified, page_number, pager, tagged
from app.deliberation import messages, queries
from app.deliberation.rules.comments import Side
from app.deliberation.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.processes.models import Process

SIDES = {"a-favor": Side.FOR, "en-contra": Side.AGAINST, "preguntas": Side.QUESTION, "datos": Side.INFORMATION}
COLUMNS = ("codigo", "aporte", "lado", "autor", "fecha", "lengua", "texto", "respuestas_oficiales")


@bp.get("/aportes/<code>/comentarios")
@public(load=contributions.public_contribution_by_code)
def comments(contribution: Contribution) -> Response:
    asked, number, now = request.args.get("lado", ""), page_number(), clock.now()
    side, process = SIDES.get(asked), contribution.process
    found = queries.tally(contribution.id)
    same = not_modified("comments", contribution.code, process.public_revision, clock.lima_day(now), found.version, asked[:20], number)
    if same:
        return tagged(same)
    page = queries.comments_of(contribution.id, side, number)
    address: dict[str, Any] = {"code": contribution.code, "lado": asked if side else None}
    return tagged(
        make_response(
            render_template(
                "deliberation/comments.html", contribution=contribution, process=process, space=process.space, tally=found, side=side,
                rows=_drawn(page), chips=_chips(contribution.code, found, side), page=page, sides=messages.SIDES,
                standing=queries.deliberation_standing(process, now), nav_here="processes",
                pager_links=pager(page, lambda n: url_for("deliberation.comments", **address, pagina=n if n > 1 else None)),
            )
        )
    )  # fmt: skip


def _drawn(page: Page) -> list[dict[str, Any]]:
    answers = queries.answers_to(row.id for row in page.rows)
    return [{"comment": row, "is_public": row.visibility is Visibility.PUBLIC, "answers": answers.get(row.id, [])} for row in page.rows]


def _chips(code: str, found: queries.Tally, here: Side | None) -> list[dict[str, Any]]:
    words = {value: name for name, value in SIDES.items()}
    everything = {
        "text": messages.EVERYTHING, "count": found.comments, "href": url_for("deliberation.comments", code=code), "here": here is None,
    }  # fmt: skip
    return [everything] + [
        {
            "text": name, "count": found.sides[side], "href": url_for("deliberation.comments", code=code, lado=words[side]),
            "here": here is side,
        }
        for side, name in messages.SIDES.items()
    ]  # fmt: skip


@bp.get("/procesos/<slug>/comentarios.csv")
@public(load=processes.public_process_by_slug)
def comments_csv(process: Process) -> Response:
    return csv_response(f"comentarios-de-aportes-{process.slug}.csv", COLUMNS, (tuple(row.values()) for row in _rows(process)))


@bp.get("/procesos/<slug>/comentarios.json")
@public(load=processes.public_process_by_slug)
def comments_json(process: Process) -> Response:
    return json_response({"process": process.slug, "comments": list(_rows(process))})


def _rows(process: Process) -> Iterator[dict[str, Any]]:
    """Public comments only, as columns."""
    found = list(queries.public_comments(process.id))
    answers = queries.answers_to(comment.id for comment, _ in found)
    for comment, code in found:
        said = " / ".join(f"{row.name}, {row.post}, {row.organisation}: {row.text}" for row in answers.get(comment.id, []))
        values = (
            comment.code, code, comment.side.value, comment.public_name, dates.rfc3339(comment.written_at), comment.language.value,
            comment.text, said,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))
