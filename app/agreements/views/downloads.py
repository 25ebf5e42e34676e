"""The act and its execution as data."""

from datetime import date
from typing import Any

from flask import Response, current_app, url_for

from app.agreements import messages, queries
from app.agreements.documents import ACT_COLUMNS, EXECUTION_COLUMNS
from app.agreements.rules.books import Part
from app.agreements.views import bp
from app.agreements.views.public import version_of
from app.budgeting import queries as rounds
from app.core import clock, dates
from app.core.clock import lima_day
from app.core.guard import public
from app.core.web import csv_response, json_response


@bp.get("/procesos/<slug>/presupuesto/acta/versiones/<int:version>.csv")
@public(load=version_of)
def act_csv(act: Any) -> Response:
    return csv_response(f"acta-{act.round.process.slug}-v{act.version}.csv", ACT_COLUMNS, _lines(act))


def _lines(act: Any) -> list[tuple[Any, ...]]:
    return [
        (
            line.number, line.code, line.title, line.ubigeo, _place(line), line.amount_cents, str(line.source or ""),
            line.unit.name if line.unit else "", line.entity_commits, line.agents_commit, line.due_on, act.version,
        )
        for line in queries.lines_of(act.id)
    ]  # fmt: skip


@bp.get("/procesos/<slug>/presupuesto/acta.csv")
@public(load=rounds.public_round)
def lines_csv(round_: Any) -> Response:
    """The lines of the act in force; none while there is no signed act."""
    act = queries.standing_act(round_.id)
    return csv_response(f"acta-{round_.process.slug}.csv", ACT_COLUMNS, _lines(act) if act else [])


@bp.get("/procesos/<slug>/presupuesto/acta.json")
@public(load=rounds.public_round)
def lines_json(round_: Any) -> Response:
    """The same rows."""
    act = queries.standing_act(round_.id)
    rows = _lines(act) if act else []
    return json_response([dict(zip(ACT_COLUMNS, [str(v) if isinstance(v, date) else v for v in row], strict=True)) for row in rows])


@bp.get("/procesos/<slug>/presupuesto/acta/versiones/<int:version>.json")
@public(load=version_of)
def act_json(act: Any) -> Response:
    """Exactly what was signed, with who signed it: people appear by their office."""
    text = queries.text_of(act.id, act.sha256)
    return json_response(
        {
            "version": act.version, "state": act.state.value, "sha256": act.sha256, "published_at": dates.rfc3339(act.published_at),
            "content": text.content if text else None,
            "signatures": [
                {"kind": s.kind.value, "way": s.way.value, "name": s.name, "post": s.post, "agent": s.agent.number if s.agent else None,
                    "signed_at": dates.rfc3339(s.signed_at), "sheet_sha256": s.sheet_sha256}
                for s in queries.signatures(act)
            ],
            "dissents": [{"post": d.post, "text": d.text, "made_at": dates.rfc3339(d.made_at)} for d in queries.dissents(act)],
        }
    )  # fmt: skip


def _place(line: Any) -> str:
    return line.territory.name if line.territory else ""


def _rows(round_: Any) -> list[Any]:
    act = queries.standing_act(round_.id)
    return queries.in_force(act, lima_day(clock.now())) if act else []


@bp.get("/procesos/<slug>/presupuesto/ejecucion.csv")
@public(load=rounds.public_round)
def execution_csv(round_: Any) -> Response:
    site, slug = current_app.config["SITE_URL"], round_.process.slug
    rows = []
    for row in _rows(round_):
        found, last = row.line, row.last
        rows.append(
            (
                found.number, found.code, found.title, found.ubigeo, found.territory.name if found.territory else "", found.amount_cents,
                str(messages.STATES[row.state]), last.cui if last else "", last and last.pia_cents, last and last.pim_cents,
                last and last.certified_cents, last and last.accrued_cents, last and last.paid_cents, last and last.as_of, found.due_on,
                int(row.is_late), str(last.reason_code or "") if last else "", last.why if last else "", last.difference if last else "",
                site + url_for("agreements.line", slug=slug, code=found.code),
            )
        )  # fmt: skip
    return csv_response(f"ejecucion-{slug}.csv", EXECUTION_COLUMNS, rows)


@bp.get("/procesos/<slug>/presupuesto/ejecucion.json")
@public(load=rounds.public_round)
def execution_json(round_: Any) -> Response:
    """Every line with all that was told of it, and the books."""
    rows = _rows(round_)
    books = queries.books_of(rows)
    return json_response(
        {
            "process": round_.process.slug, "fiscal_year": round_.fiscal_year,
            "books": {
                "agreed_cents": books.agreed, "pia_cents": books.pia, "pim_cents": books.pim, "accrued_cents": books.accrued,
                "paid_cents": books.paid, "beyond_agreed_cents": books.beyond, "balanced": books.is_balanced,
                "by_state": {state.value: cents for state, cents in books.by_state.items()},
                "by_part": {part.value: books.by_part[part] for part in Part}, "by_territory": dict(books.by_territory),
            },
            "lines": [_line(row) for row in rows],
        }
    )  # fmt: skip


def _line(row: Any) -> dict[str, Any]:
    return {
        "number": row.line.number, "code": row.line.code, "title": row.line.title, "ubigeo": row.line.ubigeo,
        "agreed_cents": row.line.amount_cents, "due_on": str(row.line.due_on), "state": row.state.value, "late": row.is_late,
        "updates": [
            {
                "number": u.number, "as_of": str(u.as_of), "state": u.state.value, "cui": u.cui, "pia_cents": u.pia_cents,
                "pim_cents": u.pim_cents, "certified_cents": u.certified_cents, "accrued_cents": u.accrued_cents,
                "paid_cents": u.paid_cents,
                "text": u.text, "reason": str(u.reason_code or ""), "why": u.why, "difference": u.difference, "imported": u.is_imported,
                "published_at": dates.rfc3339(u.published_at),
            }
            for u in queries.updates_of(row.line.project_id)
        ],
    }  # fmt: skip
