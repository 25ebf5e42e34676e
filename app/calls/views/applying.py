"""Applying without an account or with one, and the private page of an application."""

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.calls import messages, queries, services
from app.calls.forms import ApplicationForm, ClaimForm
from app.calls.permissions import GRANTS, CallPermission
from app.calls.rules.applying import ApplicationState
from app.calls.rules.course import CallKind, CallStage
from app.calls.services.applications import token_hash
from app.calls.views import bp, shown
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, public
from app.core.web import carried_out
from app.organisations import queries as organisations

WITHDRAWABLE = (CallStage.OPEN, CallStage.CLOSED, CallStage.EVALUATING)


@bp.get("/convocatorias/<slug>/postular")
@public(load=queries.public_call)
def new_application(call: Any) -> Response:
    return _page(call, _form(call), with_account=False)


@bp.post("/convocatorias/<slug>/postular")
@public(load=queries.public_call)
def apply(call: Any) -> Response:
    return _apply(call, with_account=False)


@bp.get("/mesa/convocatorias/<slug>/postular")
@guarded(CallPermission.APPLY, GRANTS, load=queries.public_call)
def new_application_with_account(call: Any) -> Response:
    form = _form(call, formdata=None, data={"representative": current_actor().name})
    return _page(call, form, with_account=True)


@bp.post("/mesa/convocatorias/<slug>/postular")
@guarded(CallPermission.APPLY, GRANTS, load=queries.public_call)
def apply_with_account(call: Any) -> Response:
    return _apply(call, with_account=True)


def _apply(call: Any, *, with_account: bool) -> Response:
    form = _form(call)
    if form.validate():
        named = next((o for o in organisations.organisations() if o.name.casefold() == (form.organisation.data or "").casefold()), None)
        try:
            application, token = services.apply(
                call, form.draft(), organisation=named, upload=form.upload(), submission_key=form.submission_key.data or "",
                person_id=current_actor().person_id if with_account else None, now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            if not token:  # the same form, sent again: its private page was shown the first time
                return redirect(url_for("calls.show", slug=call.slug), 303)  # type: ignore[return-value]
            return redirect(url_for("calls.application", token=token), 303)  # type: ignore[return-value]
    return _page(call, form, with_account=with_account, status=422)


def _form(call: Any, **settings: Any) -> ApplicationForm:
    called = list(dict.fromkeys(seat.sector for seat in queries.call_seats(call.id)))
    return ApplicationForm(**settings).limit(called, is_contest=call.kind is CallKind.CONTEST)


def _page(call: Any, form: ApplicationForm, *, with_account: bool, status: int = 200) -> Response:
    endpoint = "calls.apply_with_account" if with_account else "calls.apply"
    return make_response(
        render_template(
            "calls/apply.html", call=call, space=call.space, form=form, offers=shown.offers(call.id), action=url_for(endpoint,
            slug=call.slug), with_account=with_account,
            is_open=shown.stage_of(call, clock.now()) is CallStage.OPEN, is_contest=call.kind is CallKind.CONTEST,
        ),
        status,
    )  # fmt: skip


@dataclass(frozen=True)
class _Own:
    """An application with the token of whoever came to it; the token itself is kept nowhere."""

    application: Any
    token: str

    @property
    def page(self) -> Response:
        return redirect(url_for("calls.application", token=self.token), 303)  # type: ignore[return-value]


def _by_token(token: str) -> _Own | None:
    found = queries.application_by_token(token_hash(token))
    return _Own(found, token) if found is not None else None


@bp.get("/postulaciones/<token>")
@public(load=_by_token)
def application(own: _Own) -> Response:
    return _private(own)


@bp.post("/postulaciones/<token>/retirar")
@public(load=_by_token)
def withdraw(own: _Own) -> Response:
    try:
        services.withdraw(own.application, now=clock.now())
    except RuleBroken:
        return _private(own, 422, refused=_("Ya no se puede retirar: los resultados son públicos o la convocatoria terminó."))
    db.session.commit()
    return own.page


@bp.post("/postulaciones/<token>/reclamo")
@public(load=_by_token)
def claim(own: _Own) -> Response:
    form = ClaimForm()
    if carried_out(form, lambda: services.claim(own.application, form.text.data or "", now=clock.now())):
        db.session.commit()
        return own.page
    return _private(own, 422, claiming=form)


def _private(own: _Own, status: int = 200, **more: Any) -> Response:
    application, call = own.application, own.application.call
    stage = shown.stage_of(call, clock.now())
    context = {
        "application": application, "call": call, "space": call.space, "names": messages, "claim": queries.claim_of(application.id),
        "token": own.token, "may_withdraw": stage in WITHDRAWABLE and application.state is not ApplicationState.WITHDRAWN,
        "may_claim": stage is CallStage.CLAIMS, "claiming": ClaimForm(formdata=None), "refused": "",
        "has_results": call.state in shown.WITH_RESULTS,
    }  # fmt: skip
    response = make_response(render_template("calls/application.html", **context | more), status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
