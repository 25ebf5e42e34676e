"""The public tracker: how each commitment stands, as both sectors read it, and which semesters nobody reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext

from app.core import clock
from app.core.clock import lima_day
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, tagged
from app.plans import messages, queries
from app.plans.rules import progress as rules
from app.plans.rules.progress import Completion
from app.plans.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process

COLUMNS = (
    "proceso", "compromiso", "hito", "titulo", "entidad_responsable", "semestre", "lectura_de", "cumplimiento", "porcentaje", "texto",
    "proximo_paso", "evidencia_url", "publicado", "verificado", "version", "url",
)  # fmt: skip


@bp.get("/procesos/<slug>/plan/seguimiento")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def tracker(process: Process) -> Response:
    today = lima_day(clock.now())
    same = not_modified("tracker", process.id, process.public_revision, today)
    if same:
        return same
    plan = queries.plan_of(process.id)
    rows = queries.tracker(plan, today) if plan else []
    return tagged(
        make_response(
            render_template(
                "plans/tracker.html", process=process, space=process.space, plan=plan, rows=rows, parts=_parts(rows),
                completions=messages.COMPLETIONS, states=messages.COMMITMENT_STATES, overdue=sum(1 for row in rows if row.overdue),
                differing=sum(1 for row in rows if row.differ), is_followed=bool(plan and queries.first_day(plan)),
                since=missing_since, name=messages.period_name, nav_here="processes",
            )
        )
    )  # fmt: skip


def missing_since(row: queries.TrackerRow) -> str:
    """ "Sin avance publicado desde el primer semestre de 2027", for a commitment whose semesters ended unreported."""
    if not row.overdue:
        return ""
    return gettext("Sin avance publicado desde el %(period)s", period=messages.period_name(row.overdue[0]))


def _parts(rows: list[queries.TrackerRow]) -> list[tuple[str, str, int]]:
    """(code, words, how many) by the government's last reading, best first; those never reported last."""
    counted: dict[str, int] = {}
    for row in rows:
        if row.is_in_force:
            key = row.latest.completion.value if row.latest else ""
            counted[key] = counted.get(key, 0) + 1
    found: list[tuple[str, str, int]] = [
        (str(c.value), str(messages.COMPLETIONS[c]), counted[c.value]) for c in reversed(Completion) if c.value in counted
    ]
    return [*found, ("", gettext("Sin avance publicado"), counted[""])] if "" in counted else found


@bp.get("/procesos/<slug>/plan/seguimiento.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def tracker_csv(process: Process) -> Response:
    return not_modified("tracker-csv", process.id, process.public_revision) or tagged(
        csv_response(f"seguimiento-{process.slug}.csv", COLUMNS, _rows(process))
    )


def _rows(process: Process) -> list[list[Any]]:
    plan = queries.plan_of(process.id)
    known = {c.number: c for c in queries.commitments(plan.id)} if plan else {}
    rows = []
    for r in queries.progress_of(process.id):
        url = current_app.config["SITE_URL"] + url_for("feedback.commitment", slug=process.slug, number=r.commitment)
        c = known[r.commitment]
        rows.append(
            [process.slug, r.commitment, r.clause if "." in r.clause else "", c.title, c.organisation, r.period, str(r.reading_of),
             str(r.completion), r.percent, r.text, r.next_step, r.evidence_url, rfc3339(r.published_at), rfc3339(r.verified_at), r.version,
             url]
        )  # fmt: skip
    return rows


@bp.get("/procesos/<slug>/plan/seguimiento.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def tracker_json(process: Process) -> Response:
    today = lima_day(clock.now())
    same = not_modified("tracker-json", process.id, process.public_revision, today)
    if same:
        return same
    plan = queries.plan_of(process.id)
    rows = queries.tracker(plan, today) if plan else []
    return tagged(
        json_response(
            {
                "proceso": process.slug,
                "semestre": rules.period_of(today),
                "compromisos": [
                    {
                        "numero": row.commitment.number, "titulo": row.commitment.title, "estado": str(row.commitment.state),
                        "entidad_responsable": row.commitment.organisation, "hitos": len(row.commitment.milestones),
                        "hitos_completos": row.done, "semestres_sin_avance": list(row.overdue),
                        "semestres": [
                            {
                                "semestre": s.period, "difieren": s.differ, "entidad": _reading(s.government),
                                "sociedad_civil": _reading(s.civil),
                            }
                            for s in row.semesters
                        ],
                    }
                    for row in rows
                ],
            }
        )
    )  # fmt: skip


def _reading(row: queries.ProgressRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "cumplimiento": str(row.completion), "porcentaje": row.percent, "texto": row.text, "proximo_paso": row.next_step,
        "evidencia": row.evidence_url or None, "publicado": rfc3339(row.published_at), "verificado": rfc3339(row.verified_at) or None,
        "version": row.version,
    }  # fmt: skip
