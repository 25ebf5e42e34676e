"""The milestones of a commitment: added and changed in the draft, proposed for change once the plan is approved."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, render_template
from flask_babel import gettext

from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.plans import services
from app.plans.forms import MilestoneForm, NothingForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.plan import PlanState
from app.plans.views import bp
from app.plans.views.loading import by, commitment_for_staff, milestone_for_staff, see


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/nuevo")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def new_milestone(commitment: Any) -> Response:
    return _page(commitment, None, MilestoneForm(formdata=None))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/nuevo")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def create_milestone(commitment: Any) -> Response:
    form, slug, number = MilestoneForm(), commitment.plan.process.slug, commitment.number
    if carried_out(form, lambda: services.add_milestone(commitment, form.draft(), **by()), undo=True):
        db.session.commit()
        flash(gettext("Hito agregado."), "good")
        return see("plans.show_commitment", "#hitos", slug=slug, number=number)
    return _page(commitment_for_staff(slug, number) or commitment, None, form, 422)


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/<milestone>")
@guarded(PlanPermission.DRAFT, GRANTS, load=milestone_for_staff)
def show_milestone(found: Any) -> Response:
    return _page(found.commitment, found, MilestoneForm(formdata=None, obj=found))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/<milestone>")
@guarded(PlanPermission.DRAFT, GRANTS, load=milestone_for_staff)
def edit_milestone(found: Any) -> Response:
    """Saved at once in a draft; in an approved plan it becomes a change that both sectors must sign."""
    form, slug, number, milestone = MilestoneForm(), found.commitment.plan.process.slug, found.commitment.number, found.number
    is_approved = found.commitment.plan.state is PlanState.APPROVED
    if form.validate():
        try:
            if is_approved:
                services.propose_milestone_change(found.commitment, found, form.draft(), form.reason.data or "", **by())
            else:
                services.edit_milestone(found.commitment, found, form.draft(), **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            said = (
                gettext("Cambio propuesto. Falta que lo firmen los dos sectores.")
                if is_approved
                else gettext("Hito %(n)s guardado.", n=milestone)
            )
            flash(said, "good")
            return see("plans.show_commitment", "#hitos", slug=slug, number=number)
    found = milestone_for_staff(slug, number, milestone) or found
    return _page(found.commitment, found, form, 422)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/<milestone>/quitar")
@guarded(PlanPermission.DRAFT, GRANTS, load=milestone_for_staff)
def remove_milestone(found: Any) -> Response:
    form, slug, number = NothingForm(), found.commitment.plan.process.slug, found.commitment.number
    try:
        services.remove_milestone(found.commitment, found, **by())
    except RuleBroken as broken:
        db.session.rollback()
        flash(form.sentence(broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(gettext("Hito quitado del borrador."), "good")
    return see("plans.show_commitment", "#hitos", slug=slug, number=number)


def _page(commitment: Any, milestone: Any, form: MilestoneForm, status: int = 200) -> Response:
    process = commitment.plan.process
    return make_response(
        render_template(
            "plans/milestone.html", process=process, space=process.space, commitment=commitment, milestone=milestone, form=form,
            is_approved=commitment.plan.state is PlanState.APPROVED, nav_here="desk", flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip
