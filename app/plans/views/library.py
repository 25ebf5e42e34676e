"""The library of past plans: what documents state, with its source; what they do not state, said so."""

from typing import Any

from flask import Response, make_response, render_template

from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, tagged
from app.plans import messages, queries
from app.plans.views import bp

COLUMNS = (
    "plan", "nombre", "anios", "compromisos_segun_documentos", "norma", "compromiso", "titulo", "resumen", "fuente", "fuente_url",
    "irm_verificable", "irm_lente_gobierno_abierto", "irm_potencial", "irm_cumplimiento", "irm_resultados_tempranos", "irm_informe_url",
    "importado",
)  # fmt: skip


@bp.get("/planes")
@public()
def library() -> Response:
    rows = queries.past_plans()
    same = not_modified("past-plans", *(row.plan.sha256 for row in rows))
    if same:
        return same
    return tagged(
        make_response(render_template("plans/library.html", rows=rows, completions=messages.IRM_COMPLETION, nav_here="processes"))
    )


@bp.get("/planes/<slug>")
@public(load=queries.past_plan_by_slug)
def past_plan(plan: Any) -> Response:
    same = not_modified("past-plan", plan.sha256)
    if same:
        return same
    return tagged(
        make_response(
            render_template(
                "plans/past_plan.html", plan=plan, facts=queries.facts_of(plan.id), commitments=queries.past_commitments(plan.id),
                yes_no=messages.YES_NO, potential=messages.IRM_POTENTIAL, completions=messages.IRM_COMPLETION,
                early=messages.IRM_EARLY_RESULTS, nav_here="processes",
            )
        )
    )  # fmt: skip


@bp.get("/planes.csv")
@public()
def library_csv() -> Response:
    rows = []
    for balance in queries.past_plans():
        plan = balance.plan
        head = [plan.slug, plan.name, plan.years, plan.commitment_count, plan.approval_norm]
        for c in [*queries.past_commitments(plan.id)] or [None]:  # type: ignore[list-item]
            codes = (
                [c.number, c.title, c.summary, c.source_title, c.source_url, c.irm_verifiable, c.irm_open_gov_lens, c.irm_potential,
                 c.irm_completion, c.irm_early_results, c.irm_report_url]
                if c else [""] * 11
            )  # fmt: skip
            rows.append([*head, *codes, plan.imported_at.date().isoformat()])
    return tagged(csv_response("planes.csv", COLUMNS, rows))


@bp.get("/planes.json")
@public()
def library_json() -> Response:
    return tagged(json_response({"importado_con_posterioridad": True, "planes": [_plan(balance) for balance in queries.past_plans()]}))


def _plan(balance: queries.Balance) -> dict[str, Any]:
    plan = balance.plan
    return {
        "plan": plan.slug, "nombre": plan.name, "anios": plan.years or None, "compromisos_segun_documentos": plan.commitment_count,
        "norma": plan.approval_norm or None, "resumen": plan.summary, "importado": plan.imported_at.date().isoformat(),
        "hechos": [
            {"sobre": f.label, "texto": f.text, "fuente": f.source_title, "url": f.source_url or None} for f in queries.facts_of(plan.id)
        ],
        "compromisos": [
            {
                "numero": c.number, "titulo": c.title, "resumen": c.summary, "fuente": c.source_title, "url": c.source_url or None,
                "irm": {
                    "verificable": c.irm_verifiable, "lente_gobierno_abierto": c.irm_open_gov_lens, "potencial": c.irm_potential,
                    "cumplimiento": c.irm_completion, "resultados_tempranos": c.irm_early_results, "informe": c.irm_report_url or None,
                },
            }
            for c in queries.past_commitments(plan.id)
        ],
    }  # fmt: skip
