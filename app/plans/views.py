"""Writing the plan: its heading, commitments and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.plans import queries, services
from app.plans.forms import CommitmentForm, MilestoneForm, NothingForm, PlanForm
from app.plans.messages import STATES
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules import PlanState
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.plans.models import Commitment
    from app.processes.models import Process

bp = Blueprint("plans", __name__)


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


def commitment_for_staff(slug: str, number: int) -> Commitment | None:
    return queries.commitment_by_slug(slug, number)


def _by() -> dict[str, Any]:
    return {"person_id": current_actor().person_id, "now": clock.now()}


def _see(endpoint: str, **arguments: Any) -> Response:
    return redirect(url_for(endpoint, **arguments), 303)  # type: ignore[return-value]


@bp.get("/mesa/procesos/<slug>/plan")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def edit(process: Process) -> Response:
    return _plan_page(process, PlanForm(formdata=None, obj=queries.plan_of(process.id)))


def _plan_page(process: Process, form: PlanForm, status: int = 200) -> Response:
    plan = queries.plan_of(process.id)
    return make_response(
        render_template(
            "plans/edit.html",
            process=process,
            space=process.space,
            plan=plan,
            form=form,
            commitments=queries.commitments(plan.id) if plan else [],
            state=str(STATES[plan.state]) if plan else "",
            is_approved=bool(plan and plan.state is PlanState.APPROVED),
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


@bp.post("/mesa/procesos/<slug>/plan")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def save(process: Process) -> Response:
    form, slug, plan = PlanForm(), process.slug, queries.plan_of(process.id)
    if form.validate():
        try:
            services.save_plan(process, plan, form.draft(), **_by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            flash(gettext("Plan guardado."), "good")
            return _see("plans.edit", slug=slug)
    return _plan_page(process_for_staff(slug) or process, form, 422)


@bp.get("/mesa/procesos/<slug>/plan/compromisos/nuevo")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def new_commitment(process: Process) -> Response:
    return _commitment_page(process, CommitmentForm(formdata=None), None)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/nuevo")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def create_commitment(process: Process) -> Response:
    form, slug, plan = CommitmentForm(), process.slug, queries.plan_of(process.id)
    if plan is None:
        flash(gettext("Primero póngale título al plan."), "warn")
        return _see("plans.edit", slug=slug)
    if form.validate():
        try:
            commitment = services.add_commitment(plan, form.draft(), **_by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            number = commitment.number
            db.session.commit()
            return _see("plans.show_commitment", slug=slug, number=number)
    return _commitment_page(process_for_staff(slug) or process, form, None, 422)


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def show_commitment(commitment: Commitment) -> Response:
    return _commitment_page(commitment.plan.process, _filled(commitment), commitment)


def _filled(commitment: Commitment) -> CommitmentForm:
    """The form showing what is saved."""
    return CommitmentForm(
        formdata=None,
        data={
            "title": commitment.title,
            "description": commitment.description,
            "organisation": commitment.organisation.slug if commitment.organisation else "",
            "theme": commitment.theme.slug if commitment.theme else "",
        },
    )


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def edit_commitment(commitment: Commitment) -> Response:
    form, slug, number = CommitmentForm(), commitment.plan.process.slug, commitment.number
    if form.validate():
        try:
            services.edit_commitment(commitment, form.draft(), **_by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            flash(gettext("Compromiso guardado."), "good")
            return _see("plans.show_commitment", slug=slug, number=number)
    commitment = commitment_for_staff(slug, number) or commitment
    return _commitment_page(commitment.plan.process, form, commitment, 422)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/retirar")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def remove_commitment(commitment: Commitment) -> Response:
    form, slug, number = NothingForm(), commitment.plan.process.slug, commitment.number
    try:
        services.remove_commitment(commitment, **_by())
    except RuleBroken as broken:
        db.session.rollback()
        flash(form.sentence(broken.problems[0]), "stop")
        return _see("plans.show_commitment", slug=slug, number=number)
    db.session.commit()
    flash(gettext("Compromiso %(number)s retirado del borrador.", number=number), "good")
    return _see("plans.edit", slug=slug)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def create_milestone(commitment: Commitment) -> Response:
    form, slug, number = MilestoneForm(prefix="hito"), commitment.plan.process.slug, commitment.number
    if form.validate():
        try:
            services.add_milestone(commitment, form.draft(), **_by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for("plans.show_commitment", slug=slug, number=number) + "#hitos", 303)  # type: ignore[return-value]
    commitment = commitment_for_staff(slug, number) or commitment
    return _commitment_page(commitment.plan.process, _filled(commitment), commitment, 422, form)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/<milestone>")
@guarded(PlanPermission.DRAFT, GRANTS, load=lambda slug, number, milestone: _with_milestone(slug, number, milestone))
def edit_milestone(found: Any) -> Response:
    form, slug, number, milestone = _milestone_form(found), found.commitment.plan.process.slug, found.commitment.number, found.number
    if form.validate():
        try:
            services.edit_milestone(found.commitment, found, form.draft(), **_by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            flash(gettext("Hito %(number)s guardado.", number=milestone), "good")
            return redirect(url_for("plans.show_commitment", slug=slug, number=number) + "#hitos", 303)  # type: ignore[return-value]
    commitment = commitment_for_staff(slug, number)
    assert commitment is not None  # noqa: S101 - its milestone was loaded at the start of this request
    return _commitment_page(commitment.plan.process, _filled(commitment), commitment, 422, edited={milestone: form})


def _milestone_form(milestone: Any, **arguments: Any) -> MilestoneForm:
    """A form of its own for each milestone of the page; "2.1" cannot stand in a name that scripts and styles choose by."""
    return MilestoneForm(prefix=f"hito-{milestone.number.replace('.', '-')}", **arguments)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/hitos/<milestone>/retirar")
@guarded(PlanPermission.DRAFT, GRANTS, load=lambda slug, number, milestone: _with_milestone(slug, number, milestone))
def remove_milestone(found: Any) -> Response:
    form, slug, number = NothingForm(), found.commitment.plan.process.slug, found.commitment.number
    try:
        services.remove_milestone(found.commitment, found, **_by())
    except RuleBroken as broken:
        db.session.rollback()
        flash(form.sentence(broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(gettext("Hito retirado del borrador."), "good")
    return _see("plans.show_commitment", slug=slug, number=number)


def _with_milestone(slug: str, number: int, milestone: str) -> Any:
    return queries.milestone_by_slug(slug, number, milestone)


def _commitment_page(
    process: Process, form: CommitmentForm, commitment: Commitment | None, status: int = 200,
    milestone_form: MilestoneForm | None = None, edited: Mapping[str, MilestoneForm] | None = None,
) -> Response:  # fmt: skip
    form.organisation.choices = [SelectChoice("", gettext("Elija…")), *(SelectChoice(s, n) for s, n in queries.organisations())]
    form.theme.choices = [SelectChoice("", gettext("Sin tema")), *(SelectChoice(t.slug, t.name) for t in processes.themes(process.id))]
    plan, milestones, edited = queries.plan_of(process.id), queries.milestones_of(commitment.id) if commitment else [], edited or {}
    return make_response(
        render_template(
            "plans/commitment.html",
            process=process,
            space=process.space,
            plan=plan,
            form=form,
            commitment=commitment,
            milestones=[(m, edited.get(m.number) or _milestone_form(m, formdata=None, obj=m), m.number in edited) for m in milestones],
            milestone_form=milestone_form or MilestoneForm(formdata=None, prefix="hito"),
            nav_here="desk",
            is_approved=bool(plan and plan.state is PlanState.APPROVED),
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )
