"""The plan in public: each commitment, its milestones, and the contributions it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext

from app.contributions.rules.terms import Visibility
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, tagged
from app.feedback import queries
from app.feedback.messages import OUTCOMES
from app.feedback.rules.outcomes import Outcome
from app.feedback.views import bp
from app.plans import queries as plans
from app.plans.messages import SEATS
from app.plans.rules import PlanState
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.plans.models import ActionPlan
    from app.processes.models import Process

FEEDING = (Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY, Outcome.ALREADY_COVERED)
_COLUMNS = (
    "proceso",
    "compromiso",
    "titulo",
    "entidad_responsable",
    "tema",
    "hito",
    "titulo_hito",
    "fecha_hito",
    "responsable_hito",
    "aportes",
    "url",
)


def origins(process_id: int) -> dict[int, list[dict[str, Any]]]:
    """Commitment number -> the contributions that feed it, with the degree in which each entered."""
    labels = {outcome: str(label) for outcome, label in OUTCOMES.items()}
    before, after = url_for("feedback.show", code="~").split("~")
    hidden = gettext("Aporte oculto por moderación")
    found: dict[int, list[dict[str, Any]]] = {}
    for number, milestone, code, title, visibility, outcome in queries.origins(process_id):
        found.setdefault(number, []).append(
            {
                "code": code,
                "title": title if visibility is Visibility.PUBLIC else hidden,
                "outcome": outcome.value,
                "label": labels[outcome],
                "milestone": milestone or "",
                "href": f"{before}{code}{after}",
            }
        )
    return found


def overrides(plan: ActionPlan) -> list[dict[str, str]]:
    """The public reasons for approving while contributions waited."""
    signed = plans.signatures(plan.id, plan.revision)
    return [{"seat": str(SEATS[seat]), "reason": row.override_reason} for seat, row in sorted(signed.items()) if row.override_reason]


@bp.get("/procesos/<slug>/plan")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def plan(process: Process) -> Response:
    same = not_modified(process.id, process.public_revision, "plan")
    if same:
        return same
    found = plans.plan_of(process.id)
    return tagged(
        make_response(
            render_template(
                "feedback/plan.html",
                process=process,
                space=process.space,
                plan=found,
                commitments=plans.commitments(found.id) if found else [],
                origins=origins(process.id),
                overrides=overrides(found) if found and found.approved_with_override else [],
                is_approved=bool(found and found.state is PlanState.APPROVED),
                coverage=queries.coverage(process.id),
                nav_here="processes",
            )
        )
    )


@bp.get("/procesos/<slug>/plan.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def plan_csv(process: Process) -> Response:
    return not_modified(process.id, process.public_revision, "plan-csv") or tagged(
        csv_response(f"plan-{process.slug}.csv", _COLUMNS, _rows(process))
    )


def _rows(process: Process) -> list[list[Any]]:
    """One row per milestone; a commitment without milestones has one row."""
    found = plans.plan_of(process.id)
    fed = origins(process.id)
    rows = []
    for c in plans.commitments(found.id) if found else []:
        url = f"{current_app.config['SITE_URL']}{url_for('feedback.plan', slug=process.slug)}#compromiso-{c.number}"
        codes = " ".join(origin["code"] for origin in fed.get(c.number, ()))
        for m in c.milestones or (None,):
            rows.append(
                [
                    process.slug,
                    c.number,
                    c.title,
                    c.organisation,
                    c.theme_slug,
                    m.number if m else "",
                    m.title if m else "",
                    m.due_on.isoformat() if m else "",
                    m.responsible if m else "",
                    codes,
                    url,
                ]
            )
    return rows


@bp.get("/procesos/<slug>/plan.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def plan_json(process: Process) -> Response:
    same = not_modified(process.id, process.public_revision, "plan-json")
    if same:
        return same
    found, fed = plans.plan_of(process.id), origins(process.id)
    if found is None:
        return tagged(json_response({"proceso": process.slug, "plan": None}))
    return tagged(
        json_response(
            {
                "proceso": process.slug,
                "plan": {
                    "titulo": found.title,
                    "resumen": found.summary,
                    "empieza": found.starts,
                    "termina": found.ends,
                    "estado": str(found.state),
                    "norma": found.approval_norm,
                    "aprobado": found.approved_at.isoformat() if found.approved_at else None,
                    "excepcion": overrides(found) if found.approved_with_override else [],
                },
                "compromisos": [
                    {
                        "numero": c.number,
                        "titulo": c.title,
                        "descripcion": c.description,
                        "entidad_responsable": c.organisation,
                        "tema": c.theme_slug,
                        "hitos": [
                            {"numero": m.number, "titulo": m.title, "fecha": m.due_on.isoformat(), "responsable": m.responsible}
                            for m in c.milestones
                        ],
                        "aportes": [{"codigo": o["code"], "decision": o["outcome"], "hito": o["milestone"]} for o in fed.get(c.number, ())],
                    }
                    for c in plans.commitments(found.id)
                ],
            }
        )
    )
