"""How the agreed lines go, as everybody reads it."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for

from app.agreements import documents, messages, queries
from app.agreements.rules.execution import LineState
from app.agreements.views import bp
from app.budgeting import queries as rounds
from app.core import clock
from app.core.clock import lima_day
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.feedback.messages import REASONS

LATE = "con-retraso"


@bp.get("/procesos/<slug>/presupuesto/ejecucion")
@public(load=rounds.public_round)
def execution(round_: Any) -> Response:
    process, today = round_.process, lima_day(clock.now())
    same = not_modified("execution", process.slug, process.public_revision, today, request.query_string)
    if same:
        return same
    act = queries.standing_act(round_.id)
    if act is None:
        return tagged(make_response(render_template("agreements/none.html", process=process, space=process.space)))
    everything = queries.in_force(act, today)
    state, ubigeo = request.args.get("estado", ""), request.args.get("territorio", "")
    shown = [row for row in everything if _is_asked(row, state) and ubigeo in ("", row.line.ubigeo or "todo")]
    books = queries.books_of(everything)
    widest = max((max(r.line.amount_cents, r.standing.pim_cents or r.standing.pia_cents or 0) for r in everything), default=1)
    return tagged(
        make_response(
            render_template(
                "agreements/execution.html", process=process, space=process.space, round=round_, act=act, rows=shown, total=len(everything),
                books=books, names=messages, reasons=REASONS, late=sum(row.is_late for row in everything),
                silent=sum(row.is_silent for row in everything), bars={row.line.code: documents.bars(row, widest) for row in shown},
                chips=_chips(process.slug, everything, state, ubigeo), places=_places(everything), ubigeo=ubigeo, state=state,
                is_filtered=bool(state or ubigeo),
            )
        )
    )  # fmt: skip


def _is_asked(row: Any, state: str) -> bool:
    return state in ("", row.state.value) or (state == LATE and row.is_late)


def _places(rows: Any) -> list[tuple[str, str]]:
    found = {row.line.ubigeo or "todo": row.line.territory.name if row.line.territory else "" for row in rows}
    return sorted(found.items(), key=lambda place: place[1])


def _chips(slug: str, rows: Any, state: str, ubigeo: str) -> list[dict[str, Any]]:
    more: dict[str, Any] = {"territorio": ubigeo} if ubigeo else {}
    inside = [row for row in rows if ubigeo in ("", row.line.ubigeo or "todo")]
    chips = [{"text": "", "count": len(inside), "href": url_for("agreements.execution", slug=slug, **more), "here": not state}]
    for known in LineState:
        count = sum(row.state is known for row in inside)
        if count or state == known.value:
            href = url_for("agreements.execution", slug=slug, estado=known.value, **more)
            chips.append({"text": messages.STATES[known], "count": count, "href": href, "here": state == known.value})
    return chips


@bp.get("/procesos/<slug>/presupuesto/ejecucion/<code>")
@public(load=queries.public_line)
def line(found: Any) -> Response:
    process, today = found.act.round.process, lima_day(clock.now())
    same = not_modified("line", found.code, process.public_revision, today)
    if same:
        return same
    updates = queries.updates_of(found.project_id)
    row = queries.row_of(found, today)
    return tagged(
        make_response(
            render_template(
                "agreements/line.html", process=process, space=process.space, line=found, row=row, updates=updates, names=messages,
                reasons=REASONS, files=queries.photos_of([update.id for update in updates]), bars=documents.bars(row, _widest(row)),
            )
        )
    )  # fmt: skip


def _widest(row: Any) -> int:
    return max(row.line.amount_cents, row.standing.pim_cents or 0, row.standing.pia_cents or 0)
