"""Choosing on the desk: jury, scores, lot, vote, results."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.calls import queries, services
from app.calls.forms import DeclareForm, JurorForm, LotForm, results_form, score_form
from app.calls.permissions import GRANTS, CallPermission
from app.calls.rules.applying import ApplicationState
from app.calls.views import bp
from app.calls.views.desk import CALL, OfCall, application_of, page, person_id, said, to_call
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.organisations.rules import Sector


@bp.post(f"{CALL}/jurado")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def name_juror(call: Any) -> Response:
    form = JurorForm(prefix="juror-")
    if form.validate():
        person = accounts.person_by_email(form.email.data or "")
        if person is None:
            form.email.errors = [_("Nadie tiene una cuenta con ese correo. Pida a la administración que la abra.")]
            return page(call, 422, naming=form)
        try:
            services.name_juror(call, person, form.office.data or "", Sector(form.sector.data), person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return to_call(call, _("Integra el jurado. Falta que declare sus conflictos de interés."), "jurado")
    return page(call, 422, naming=form)


@bp.post(f"{CALL}/declarar")
@guarded(CallPermission.SCORE, GRANTS, load=queries.desk_call)
def declare(call: Any) -> Response:
    form = DeclareForm(prefix="declare-")
    if carried_out(form, lambda: services.declare(call, form.numbers(), form.note.data or "", person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_call(call, _("Su declaración es pública."), "jurado")
    return page(call, 422, declaring=form)


@bp.post(f"{CALL}/evaluar")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def begin_evaluation(call: Any) -> Response:
    try:
        services.begin_evaluation(call, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(call, 422, refused=said(broken))
    db.session.commit()
    return to_call(call, _("La evaluación empezó."))


@bp.post(f"{CALL}/postulaciones/<code>/puntaje")
@guarded(CallPermission.SCORE, GRANTS, load=application_of)
def score(found: OfCall) -> Response:
    criteria = [(c.id, c.name, c.scale) for c in queries.call_criteria(found.call.id)]
    form = score_form(criteria, prefix=f"score-{found.application.number}-")
    if carried_out(form, lambda: services.score(found.application, form.values(), person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_call(found.call, _("Su puntaje está guardado."), "postulaciones")
    return page(found.call, 422, scoring=form, scoring_code=found.application.code)


@bp.post(f"{CALL}/sorteo")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def draw(call: Any) -> Response:
    form = LotForm(prefix="lot-")
    if carried_out(form, lambda: services.draw(call, form.seed.data or "", form.source.data or "", person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_call(call, _("El sorteo está hecho: cualquiera puede repetirlo con la semilla."), "resultados")
    return page(call, 422, drawing=form)


@bp.post(f"{CALL}/voto")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def put_to_vote(call: Any) -> Response:
    try:
        services.put_to_vote(call, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(call, 422, refused=said(broken))
    db.session.commit()
    return to_call(call, _("La votación está abierta para los asientos del foro."), "resultados")


@bp.post(f"{CALL}/resultados")
@guarded(CallPermission.KEEP, GRANTS, load=queries.desk_call)
def publish_results(call: Any) -> Response:
    eligible = [a for a in queries.applications(call.id) if a.state is ApplicationState.ELIGIBLE]
    form = results_form([(a.id, a.organisation_name) for a in eligible], {}, prefix="result-")
    if carried_out(form, lambda: services.publish_results(call, form.results(), person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_call(call, _("Los resultados son públicos y se escribió a cada postulante con su razón."))
    return page(call, 422, deciding=form)
