"""Writing the plan: its heading, the list of its commitments, its publication and its delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, get_flashed_messages, make_response, render_template
from flask_babel import gettext

from app.core.db import db
from app.core.guard import guarded
from app.core.web import carried_out
from app.plans import messages, queries, services
from app.plans.forms import PlanForm, SubmissionForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.plan import PlanState, advice_on_count
from app.plans.views import bp
from app.plans.views.loading import by, process_for_staff, see

if TYPE_CHECKING:
    from app.processes.models import Process


@bp.get("/mesa/procesos/<slug>/plan")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def edit(process: Process) -> Response:
    return _page(process, PlanForm(formdata=None, obj=queries.plan_of(process.id)))


def _page(process: Process, form: PlanForm, status: int = 200, submission: SubmissionForm | None = None) -> Response:
    plan = queries.plan_of(process.id)
    commitments = queries.commitments(plan.id) if plan else []
    advice = advice_on_count(sum(c.state is not CommitmentState.WITHDRAWN for c in commitments))
    return make_response(
        render_template(
            "plans/edit.html", process=process, space=process.space, plan=plan, form=form, commitments=commitments,
            states=messages.COMMITMENT_STATES, is_approved=bool(plan and plan.state is PlanState.APPROVED),
            advice=messages.COUNT_ADVICE[advice] if advice else "", versions=list(reversed(queries.versions(plan.id))) if plan else [],
            kinds=messages.VERSION_KINDS, submission=submission or SubmissionForm(formdata=None, prefix="entrega"),
            comments=sum(queries.comment_counts(plan.id).values()) if plan else 0, nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/plan")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def save(process: Process) -> Response:
    form, slug, plan = PlanForm(), process.slug, queries.plan_of(process.id)
    if carried_out(form, lambda: services.save_plan(process, plan, form.draft(), **by()), undo=True):
        db.session.commit()
        flash(gettext("Plan guardado."), "good")
        return see("plans.edit", slug=slug)
    return _page(process_for_staff(slug) or process, form, 422)


@bp.post("/mesa/procesos/<slug>/plan/entrega")
@guarded(PlanPermission.SUBMIT, GRANTS, load=process_for_staff)
def submit(process: Process) -> Response:
    form, slug, plan = SubmissionForm(prefix="entrega"), process.slug, queries.plan_of(process.id)
    if plan is None:
        return see("plans.edit", slug=slug)
    if carried_out(
        form,
        lambda: services.record_submission(plan, form.submitted_on.data, form.document.data or "", form.url.data or "", **by()),
        undo=True,
    ):
        db.session.commit()
        flash(gettext("Entrega registrada."), "good")
        return see("plans.edit", slug=slug)
    process = process_for_staff(slug) or process
    return _page(process, PlanForm(formdata=None, obj=queries.plan_of(process.id)), 422, form)
