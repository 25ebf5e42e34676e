"""Calls on the desk: written, published, applications checked, claims answered, seats taken."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.calls import messages, queries, services
from app.calls.forms import (
    CallForm,
    CancelForm,
    CheckForm,
    ClaimAnswerForm,
    DeclareForm,
    JurorForm,
    LotForm,
    SeatForm,
    results_form,
    score_form,
)
from app.calls.permissions import GRANTS, CallPermission
from app.calls.rules.applying import ApplicationState, Outcome
from app.calls.rules.choosing import proposed
from app.calls.rules.course import CallState, Selection
from app.calls.services.calls import draft_of
from app.calls.services.choosing import candidates, seats_by_sector
from app.calls.views import bp, shown
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.evidence import queries as evidence
from app.spaces import queries as spaces

BASE = "/mesa/espacios/<slug>/convocatorias"
CALL = f"{BASE}/<call>"


def person_id() -> int:
    return current_actor().person_id or 0


def to_call(call: Any, said: str, anchor: str | None = None) -> Response:
    flash(said, "good")
    return redirect(url_for("calls.desk_call", slug=call.space.slug, call=call.slug, _anchor=anchor), 303)  # type: ignore[return-value]


@bp.get(BASE)
@guarded(CallPermission.READ, GRANTS, load=spaces.space_by_slug)
def desk(space: Any) -> str:
    calls = queries.calls_of(space.id, public_only=False)
    now = clock.now()
    return render_template(
        "calls/desk.html", space=space, calls=calls, stages={call.id: shown.stage_of(call, now) for call in calls}, names=messages,
        inductions=queries.inductions(space.id), assessments=queries.assessments(space.id, signed_only=False),
    )  # fmt: skip


@bp.get(f"{BASE}/nueva")
@guarded(CallPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def new(space: Any) -> Response:
    return _edit(space, None, CallForm())


@bp.post(BASE)
@guarded(CallPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def create(space: Any) -> Response:
    return _save(space, None)


@bp.get(f"{CALL}/editar")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def edit(call: Any) -> Response:
    form = CallForm(formdata=None)
    form.show_draft(draft_of(call))
    return _edit(call.space, call, form)


@bp.post(f"{CALL}/editar")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def update(call: Any) -> Response:
    return _save(call.space, call)


def _save(space: Any, call: Any) -> Response:
    form = CallForm()
    if form.validate():
        try:
            saved = services.save_call(space, form.draft(), call=call, person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return to_call(saved, _("El borrador está guardado. Todavía no es público."))
    return _edit(space, call, form, 422)


def _edit(space: Any, call: Any, form: Any, status: int = 200) -> Response:
    action = url_for("calls.update", slug=space.slug, call=call.slug) if call else url_for("calls.create", slug=space.slug)
    return make_response(render_template("calls/edit.html", space=space, call=call, form=form, action=action), status)


@bp.get(CALL)
@guarded(CallPermission.READ, GRANTS, load=queries.desk_call)
def desk_call(call: Any) -> Response:
    return page(call)


@bp.post(f"{CALL}/publicar")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def publish(call: Any) -> Response:
    try:
        services.publish(call, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(call, 422, refused=said(broken))
    db.session.commit()
    return to_call(call, _("La convocatoria es pública y quedó anotada en el registro."))


@bp.post(f"{CALL}/cancelar")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def cancel(call: Any) -> Response:
    form = CancelForm(prefix="cancel-")
    if carried_out(form, lambda: services.cancel(call, form.reason.data or "", person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_call(call, _("La convocatoria está cancelada y su página dice por qué."))
    return page(call, 422, cancelling=form)


@bp.post(f"{CALL}/cerrar")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def finish(call: Any) -> Response:
    try:
        services.finish(call, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(call, 422, refused=said(broken))
    db.session.commit()
    return to_call(call, _("La convocatoria está cerrada."))


class OfCall:
    """An application together with the call it belongs to, so that the call decides who may touch it."""

    def __init__(self, call: Any, application: Any) -> None:
        self.call, self.application, self.scope = call, application, call.scope


def application_of(slug: str, call: str, code: str) -> OfCall | None:
    found = queries.application(code)
    if found is None or found.call.slug != call or found.call.space.slug != slug:
        return None
    return OfCall(found.call, found)


@bp.post(f"{CALL}/postulaciones/<code>/requisitos")
@guarded(CallPermission.KEEP, GRANTS, load=application_of)
def check(found: OfCall) -> Response:
    form = CheckForm(prefix=f"check-{found.application.number}-")
    if carried_out(
        form,
        lambda: services.check(
            found.application, is_eligible=form.verdict.data == "yes", reason=form.reason.data or "", person_id=person_id(), now=clock.now()
        ),
    ):
        db.session.commit()
        return to_call(found.call, _("La verificación está guardada y es pública."), "postulaciones")
    return page(found.call, 422, checking=form, checking_code=found.application.code)


@bp.post(f"{CALL}/postulaciones/<code>/reclamo")
@guarded(CallPermission.KEEP, GRANTS, load=application_of)
def answer_claim(found: OfCall) -> Response:
    claim = queries.claim_of(found.application.id)
    form = ClaimAnswerForm(prefix=f"claim-{found.application.number}-")
    if claim is not None and form.validate():
        outcome = Outcome(form.outcome.data) if form.outcome.data else None
        try:
            services.answer_claim(
                claim, form.answer.data or "", is_upheld=form.verdict.data == "yes", outcome=outcome, person_id=person_id(), now=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return to_call(found.call, _("La respuesta al reclamo es pública y se envió."), "reclamos")
    return page(found.call, 422, answering=form, answering_code=found.application.code)


@bp.post(f"{CALL}/postulaciones/<code>/asiento")
@guarded(CallPermission.KEEP, GRANTS, load=application_of)
def seat(found: OfCall) -> Response:
    form = SeatForm(prefix=f"seat-{found.application.number}-")
    if carried_out(
        form,
        lambda: services.seat_chosen(
            found.application, form.number.data or 0, person_id=person_id(), now=clock.now(), opens_accounts=bool(form.opens_account.data)
        ),
    ):
        db.session.commit()
        return to_call(found.call, _("El periodo del asiento empezó y es público."), "postulaciones")
    return page(found.call, 422, seating=form, seating_code=found.application.code)


def said(broken: RuleBroken) -> str:
    return " ".join(sentence(messages.PROBLEMS, problem) for problem in broken.problems)


def page(call: Any, status: int = 200, **more: Any) -> Response:
    """The desk page of a call; `more` replaces a form by the one that was sent, with its errors."""
    juror = queries.juror_of(call.id, person_id())
    applications = queries.applications(call.id)
    claims = queries.claims(call.id)
    context = {
        "call": call, "space": call.space, "names": messages, "stage": shown.stage_of(call, clock.now()), "offers": shown.offers(call.id),
        "criteria": queries.call_criteria(call.id), "applications": applications, "claims": claims, "jury": shown.jury(call),
        "claim_by_code": {claim.application.code: claim for claim in claims}, "juror": juror, "points": shown.points, "refused": "",
        "files": _files(applications), "is_scored": call.selection is Selection.SCORING,
        "is_by_lot": call.selection is Selection.LOT, "is_by_vote": call.selection is Selection.VOTE,
        "checking": None, "checking_code": "", "answering": None, "answering_code": "", "seating": None, "seating_code": "",
        "scoring": None,
        "scoring_code": "", "has_results": call.state in shown.WITH_RESULTS,
    }  # fmt: skip
    return make_response(render_template("calls/desk_call.html", **context | _forms(call, applications, juror) | more), status)


def _files(applications: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for file in evidence.of_many(queries.APPLICATION_SUBJECT, [a.id for a in applications], public_only=False):
        found.setdefault(file.subject_id, []).append(file)
    return found


def _forms(call: Any, applications: Any, juror: Any) -> dict[str, Any]:
    eligible = [a for a in applications if a.state is ApplicationState.ELIGIBLE]
    order = proposed(candidates(call), seats_by_sector(call) or {}) if call.state is CallState.EVALUATING else {}
    criteria = [(c.id, c.name, c.scale) for c in queries.call_criteria(call.id)]
    given: dict[int, dict[int, int]] = {}
    for score in queries.scores(call.id) if juror else ():
        if score.juror_id == juror.id:
            given.setdefault(score.application_id, {})[score.criterion_id] = score.value
    scoring = {}
    for application in eligible if juror else ():
        values = {f"value-{key}": value for key, value in given.get(application.id, {}).items()}
        scoring[application.id] = score_form(criteria, prefix=f"score-{application.number}-", formdata=None, data=values)
    return {
        "cancelling": CancelForm(prefix="cancel-", formdata=None), "naming": JurorForm(prefix="juror-", formdata=None),
        "declaring": DeclareForm(prefix="declare-", formdata=None), "drawing": LotForm(prefix="lot-", formdata=None),
        "score_forms": scoring, "given": given,
        "deciding": results_form([(a.id, a.organisation_name) for a in eligible], order, prefix="result-", formdata=None),
        "eligible": eligible,
    }  # fmt: skip
