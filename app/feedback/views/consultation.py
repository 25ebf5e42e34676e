"""The consultation of the draft plan: publishing it, and its comments with the answer each received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, public
from app.core.web import Page, csv_response, not_modified, page_number, tagged
from app.feedback import queries
from app.feedback.messages import OUTCOMES
from app.feedback.views import bp
from app.feedback.views.paging import pager
from app.plans import messages
from app.plans import queries as plans
from app.plans import services as plan_services
from app.plans.forms import ReasonForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.clauses import is_key, sign
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.plans.models import ActionPlan
    from app.processes.models import Process

COLUMNS = ("proceso", "clausula", "version", "codigo", "fecha", "proponente", "texto", "decision", "respuesta", "url")


def _plan_of(slug: str) -> ActionPlan | None:
    return plans.plan_by_slug(slug)


@bp.post("/mesa/procesos/<slug>/plan/consulta")
@guarded(PlanPermission.CONSULT, GRANTS, load=_plan_of)
def publish_draft(plan: ActionPlan) -> Response:
    """Fix the draft as a published text and open it to comments; how many answers wait is known here."""
    form, slug = ReasonForm(), plan.process.slug
    waiting, person_id = queries.waiting_count(plan.process_id), current_actor().person_id
    assert person_id is not None  # noqa: S101 - the guard let somebody in
    try:
        if not form.validate():
            flash(gettext("La razón es demasiado larga. Acórtela y publique otra vez."), "stop")
            return redirect(url_for("plans.edit", slug=slug), 303)  # type: ignore[return-value]
        version = plan_services.publish_for_consultation(
            plan, form.reason.data or "", waiting=waiting, person_id=person_id, now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        flash(form.sentence(broken.problems[0]), "stop")
        return redirect(url_for("plans.edit", slug=slug), 303)  # type: ignore[return-value]
    n = version.n
    db.session.commit()
    flash(gettext("Borrador publicado para consulta: versión %(n)s.", n=n), "good")
    if waiting:
        flash(gettext("Quedan %(count)s aportes sin respuesta: el proceso sigue en su etapa hasta responderlos.", count=waiting), "warn")
    return redirect(url_for("plans.edit", slug=slug), 303)  # type: ignore[return-value]


@bp.get("/procesos/<slug>/plan/consulta/comentarios")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def comments(process: Process) -> Response:
    asked, number = request.args.get("clausula", "")[:80], page_number()
    clause = asked if is_key(asked) else ""
    same = not_modified("comments", process.id, process.public_revision, clause, number)
    if same:
        return same
    plan = plans.plan_of(process.id)
    counts = plans.comment_counts(plan.id) if plan else {}
    total = counts.get(clause, 0) if clause else sum(counts.values())
    rows = queries.comments_page(plan.id, clause, number) if plan else []
    address = url_for("feedback.comments", slug=process.slug)
    labels = {c.key: c for c in plans.consultation(plan, clock.now()).clauses} if plan else {}
    return tagged(
        make_response(
            render_template(
                "feedback/comments.html", process=process, space=process.space, rows=[_drawn(row, labels, process.slug) for row in rows],
                clause=sign(clause) if clause else "", total=total, pager_links=pager(Page(rows, number, total), address,
                {"clausula": clause}),
                page_number=number, nav_here="processes",
            )
        )
    )  # fmt: skip


def _drawn(row: Any, labels: dict[str, Any], slug: str) -> dict[str, Any]:
    part, is_public = labels.get(row.clause), row.visibility is Visibility.PUBLIC
    reasons = {Visibility.HIDDEN: gettext("Comentario oculto por moderación."), Visibility.WITHDRAWN: gettext("Retirado por su autor.")}
    hidden = reasons.get(row.visibility, gettext("En revisión del moderador."))
    return {
        "code": row.code if row.visibility is not Visibility.HELD else "", "clause": sign(row.clause), "version": row.n,
        "label": messages.clause_label(part) if part else "", "name": row.public_name if is_public else "",
        "text": row.text if is_public else hidden, "received_at": row.received_at, "outcome": str(row.outcome) if row.outcome else "",
        "outcome_label": str(OUTCOMES[row.outcome]) if row.outcome else gettext("Sin respuesta todavía"), "answer": row.answer or "",
        "href": url_for("feedback.show", code=row.code) if row.visibility is not Visibility.HELD else "",
        "place": url_for("plans.consultation", slug=slug) + (f"#{part.anchor}" if part else ""),
    }  # fmt: skip


@bp.get("/procesos/<slug>/plan/consulta/comentarios.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def comments_csv(process: Process) -> Response:
    plan = plans.plan_of(process.id)
    site = current_app.config["SITE_URL"]
    rows = (
        [process.slug, r.clause, r.n, r.code, r.received_at.isoformat(), r.public_name, r.text, str(r.outcome or ""), r.answer or "",
         site + url_for("feedback.show", code=r.code)]
        for r in (queries.comments_page(plan.id, "", 1, per_page=100_000) if plan else ())
        if r.visibility is Visibility.PUBLIC
    )  # fmt: skip
    return not_modified("comments-csv", process.id, process.public_revision) or tagged(
        csv_response(f"comentarios-{process.slug}.csv", COLUMNS, rows)
    )
