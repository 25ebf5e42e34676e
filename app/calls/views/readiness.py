"""Trainings and pre-assessments on the desk."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.calls import messages, queries, services
from app.calls.forms import AssessmentForm, InductionForm, SignForm
from app.calls.permissions import GRANTS, CallPermission
from app.calls.views import bp
from app.calls.views.desk import person_id
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.organisations import queries as organisations
from app.organisations.rules import Sector
from app.spaces import queries as spaces

INDUCTIONS = "/mesa/espacios/<slug>/inducciones"
ASSESSMENTS = "/mesa/espacios/<slug>/preevaluaciones"


def _entities() -> list[tuple[str, str]]:
    return [(o.slug, o.name) for o in organisations.organisations(Sector.GOVERNMENT)]


@bp.get(f"{INDUCTIONS}/nueva")
@guarded(CallPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def new_induction(space: Any) -> Response:
    return _induction(space, InductionForm())


@bp.post(INDUCTIONS)
@guarded(CallPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def record_induction(space: Any) -> Response:
    form = InductionForm().with_choices(_entities())
    entity = organisations.organisation_by_slug(form.organisation.data or "")
    if form.validate() and entity is not None:
        try:
            services.record_induction(space, entity, form.draft(), upload=form.upload(), person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(_("La inducción es pública."), "good")
            return redirect(url_for("calls.desk", slug=space.slug), 303)  # type: ignore[return-value]
    return _induction(space, form, 422)


def _induction(space: Any, form: Any, status: int = 200) -> Response:
    return make_response(render_template("calls/induction.html", space=space, form=form.with_choices(_entities())), status)


@bp.get(f"{ASSESSMENTS}/nueva")
@guarded(CallPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def new_assessment(space: Any) -> Response:
    return _assessment(space, None, AssessmentForm())


@bp.post(ASSESSMENTS)
@guarded(CallPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def save_assessment(space: Any) -> Response:
    return _save(space, None)


@bp.get(f"{ASSESSMENTS}/<int:assessment_id>")
@guarded(CallPermission.READ, GRANTS, load=queries.assessment)
def assessment(assessment: Any) -> Response:
    form = AssessmentForm(formdata=None)
    form.show_assessment(assessment)
    return _assessment(assessment.space, assessment, form)


@bp.post(f"{ASSESSMENTS}/<int:assessment_id>")
@guarded(CallPermission.KEEP, GRANTS, load=queries.assessment)
def update_assessment(assessment: Any) -> Response:
    return _save(assessment.space, assessment)


@bp.post(f"{ASSESSMENTS}/<int:assessment_id>/firmar")
@guarded(CallPermission.SIGN_ASSESSMENT, GRANTS, load=queries.assessment)
def sign_assessment(assessment: Any) -> Response:
    signing = SignForm(prefix="sign-")
    if carried_out(
        signing, lambda: services.sign_assessment(assessment, signing.office.data or "", person_id=person_id(), now=clock.now())
    ):
        db.session.commit()
        flash(_("La preevaluación está firmada y es pública."), "good")
        return redirect(url_for("calls.assessment", slug=assessment.space.slug, assessment_id=assessment.id), 303)  # type: ignore[return-value]
    form = AssessmentForm(formdata=None)
    form.show_assessment(assessment)
    return _assessment(assessment.space, assessment, form, 422, signing)


def _save(space: Any, assessment: Any) -> Response:
    form = AssessmentForm().with_choices(_entities())
    entity = organisations.organisation_by_slug(form.organisation.data or "")
    if form.validate() and entity is not None:
        try:
            saved = services.save_assessment(space, entity, form.draft(), assessment=assessment, person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(_("La preevaluación está guardada. Será pública cuando la firme un asiento del foro."), "good")
            return redirect(url_for("calls.assessment", slug=space.slug, assessment_id=saved.id), 303)  # type: ignore[return-value]
    return _assessment(space, assessment, form, 422)


def _assessment(space: Any, assessment: Any, form: Any, status: int = 200, signing: Any = None) -> Response:
    action = (
        url_for("calls.update_assessment", slug=space.slug, assessment_id=assessment.id)
        if assessment
        else url_for("calls.save_assessment", slug=space.slug)
    )
    return make_response(
        render_template(
            "calls/assessment.html", space=space, assessment=assessment, form=form.with_choices(_entities()), action=action, names=messages,
            signing=signing or SignForm(prefix="sign-", formdata=None),
        ),
        status,
    )  # fmt: skip
