"""The plan in public: each commitment, its milestones, and the contributions it comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext

from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.clock import lima_day
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, tagged
from app.feedback import queries
from app.feedback.messages import OUTCOMES
from app.feedback.rules.outcomes import Outcome
from app.feedback.views import bp
from app.plans import messages
from app.plans import queries as plans
from app.plans.messages import SEATS
from app.plans.rules import PlanState
from app.plans.rules.template import FIELDS
from app.plans.rules.versions import CommitmentText
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.plans.models import ActionPlan
    from app.processes.models import Process

FEEDING = (Outcome.ADOPTED, Outcome.ADOPTED_PARTIALLY, Outcome.ALREADY_COVERED)
_OTHERS = tuple(f.name for f in FIELDS if f.name not in ("title", "organisation", "theme", "starts_on", "ends_on"))
_COLUMNS = (
    "proceso", "compromiso", "titulo", "estado", "entidad_responsable", "tema", "empieza", "termina", *_OTHERS,
    "hito", "titulo_hito", "inicio_hito", "fecha_hito", "responsable_hito",
    "producto_hito", "verificacion_hito", "cumplimiento",
    "porcentaje", "aportes", "url",
)  # fmt: skip


def origins(process_id: int) -> dict[int, list[dict[str, Any]]]:
    """Commitment number -> the contributions that feed it, with the degree in which each entered."""
    labels = {outcome: str(label) for outcome, label in OUTCOMES.items()}
    before, after = url_for("feedback.show", code="~").split("~")
    hidden = gettext("Aporte retirado de la vista")
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
    now = clock.now()
    today = lima_day(now)
    same = not_modified(process.id, process.public_revision, "plan", today)
    if same:
        return same
    found = plans.plan_of(process.id)
    return tagged(
        make_response(
            render_template(
                "feedback/plan.html", process=process, space=process.space, plan=found, rows=plans.tracker(found, today) if found else [],
                origins=origins(process.id), overrides=overrides(found) if found and found.approved_with_override else [],
                is_approved=bool(found and found.state is PlanState.APPROVED), coverage=queries.coverage(process.id),
                completions=messages.COMPLETIONS, states=messages.COMMITMENT_STATES, kinds=messages.VERSION_KINDS,
                versions=list(reversed(plans.versions(found.id))) if found else [],
                consultation=plans.consultation(found, now) if found else None, nav_here="processes",
            )
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/plan.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def plan_csv(process: Process) -> Response:
    return not_modified(process.id, process.public_revision, "plan-csv") or tagged(
        csv_response(f"plan-{process.slug}.csv", _COLUMNS, _rows(process))
    )


def _rows(process: Process) -> list[list[Any]]:
    """One row per milestone with the whole template; a commitment without milestones has one row."""
    found = plans.plan_of(process.id)
    if found is None:
        return []
    fed, said = origins(process.id), {row.commitment.number: row for row in plans.tracker(found, lima_day(clock.now()))}
    rows = []
    for c in plans.plan_text(found).commitments:
        row, texts = said[c.number], c.fields
        url = f"{current_app.config['SITE_URL']}{url_for('feedback.commitment', slug=process.slug, number=c.number)}"
        codes = " ".join(origin["code"] for origin in fed.get(c.number, ()))
        head = [
            process.slug, c.number, texts["title"], str(row.commitment.state), texts.get("organisation", ""), row.commitment.theme_slug,
            texts.get("starts_on", ""), texts.get("ends_on", ""), *(texts.get(name, "") for name in _OTHERS),
        ]  # fmt: skip
        for m in c.milestones or (None,):
            last = row.milestones.get(m.number) if m else row.latest
            step = [m.number, m.title, m.starts_on, m.due_on, m.responsible, m.expected_output, m.evidence] if m else [""] * 7
            rows.append([*head, *step, str(last.completion) if last else "", last.percent if last else "", codes, url])
    return rows


@bp.get("/procesos/<slug>/plan.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def plan_json(process: Process) -> Response:
    same = not_modified(process.id, process.public_revision, "plan-json")
    if same:
        return same
    found = plans.plan_of(process.id)
    if found is None:
        return tagged(json_response({"proceso": process.slug, "plan": None}))
    fed, said = origins(process.id), {row.commitment.number: row for row in plans.tracker(found, lima_day(clock.now()))}
    facts = plans.plan_facts(process.id)
    return tagged(
        json_response(
            {
                "proceso": process.slug,
                "plan": {
                    "titulo": found.title, "resumen": found.summary, "empieza": _day(found.starts_on), "termina": _day(found.ends_on),
                    "estado": str(found.state), "origen": str(facts.source) if facts else None, "norma": found.approval_norm,
                    "norma_url": found.approval_norm_url or None, "aprobado": rfc3339(found.approved_at) or None,
                    "excepcion": overrides(found) if found.approved_with_override else [],
                    "entregado_ogp": rfc3339(found.submitted_at) or None, "entrega_documento": found.submitted_document or None,
                    "entrega_url": found.submitted_url or None,
                    "versiones": [
                        {"n": v.n, "tipo": str(v.kind), "publicada": rfc3339(v.published_at), "sha256": v.sha256, "motivo": v.reason}
                        for v in plans.versions(found.id)
                    ],
                },
                "compromisos": [_as_json(c, said[c.number], fed.get(c.number, ())) for c in plans.plan_text(found).commitments],
            }
        )
    )  # fmt: skip


def _as_json(c: CommitmentText, row: plans.TrackerRow, fed: Any) -> dict[str, Any]:
    return {
        "numero": c.number, "titulo": c.fields["title"], "descripcion": c.fields["description"], "estado": str(row.commitment.state),
        "entidad_responsable": c.fields.get("organisation", ""), "tema": row.commitment.theme_slug,
        "ficha": {name: text for name, text in c.fields.items() if name not in ("title", "description", "organisation", "theme")},
        "cumplimiento": str(row.latest.completion) if row.latest else None, "porcentaje": row.latest.percent if row.latest else None,
        "hitos": [
            {"numero": m.number, "titulo": m.title, "inicio": m.starts_on or None, "fecha": m.due_on, "responsable": m.responsible,
             "producto": m.expected_output, "verificacion": m.evidence,
             "cumplimiento": str(row.milestones[m.number].completion) if m.number in row.milestones else None}
            for m in c.milestones
        ],
        "aportes": [{"codigo": o["code"], "decision": o["outcome"], "hito": o["milestone"]} for o in fed],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
