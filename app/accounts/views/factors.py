"""The second step: an application with codes, codes on paper, keys."""

from typing import Any

import segno
from flask import current_app, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import AuthenticatorForm
from app.accounts.messages import PROBLEMS
from app.accounts.permissions import GRANTS, AccountPermission
from app.accounts.rules.codes import grouped
from app.accounts.views import bp
from app.accounts.views.present import ask_for_proof, current_session, hold, home, origin
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, local_path

Answer = str | tuple[str, int] | Response


def is_required() -> bool:
    """Whether this person's roles ask for a second step."""
    actor = current_actor()
    return current_app.config["STAFF_SECOND_FACTOR"] and (bool(actor.roles) or actor.awaits_second_factor)


@bp.get("/mi-cuenta/segundo-paso")
@guarded(AccountPermission.READ_OWN, GRANTS, before_second_factor=True)
def factors() -> str:
    return render_template(
        "accounts/factors.html", application=queries.authenticator_of(current_user.id), keys=queries.passkeys_of(current_user.id),
        codes_left=queries.recovery_codes_left(current_user.id), is_required=is_required(), awaits=current_actor().awaits_second_factor,
        target=local_path(request.args.get("siguiente")) or "", flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get("/mi-cuenta/segundo-paso/aplicacion")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def authenticator() -> Answer:
    return ask_for_proof(url_for("accounts.authenticator")) or _setup(
        AuthenticatorForm(formdata=None), *services.propose_secret(current_user)
    )


def _setup(form: AuthenticatorForm, secret: str, address: str, sealed: str, status: int = 200) -> tuple[str, int]:
    form.sealed.data = sealed
    drawing = segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")
    return render_template("accounts/authenticator.html", form=form, grouped=grouped(secret), address=address, drawing=drawing), status


@bp.post("/mi-cuenta/segundo-paso/aplicacion")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def add_authenticator() -> Answer:
    form = AuthenticatorForm()
    if refusal := ask_for_proof(url_for("accounts.authenticator")):
        return refusal
    proposed = services.proposed_secret(current_user, form.sealed.data or "")
    if proposed is None:  # the page lay open for too long: a new secret, and nothing was lost but a code
        return redirect(url_for("accounts.authenticator"), 303)
    if form.validate():
        try:
            codes = services.add_authenticator(current_user, proposed[0], form.code.data, now=clock.now(), origin=origin())
        except RuleBroken as broken:
            db.session.commit()
            form.show(broken)
        else:
            return stronger(codes)
    return _setup(form, *proposed, status=422)


def stronger(codes: list[str]) -> str:
    """The session has its second step from now on, under a new key; the paper codes are shown once."""
    person: Any = current_user._get_current_object()
    key = services.prove_again(current_session(), now=clock.now(), second_factor=True)
    services.close_all(person.id, now=clock.now(), but=current_session().id)
    db.session.commit()
    hold(person, key)
    return render_template("accounts/recovery_codes.html", codes=codes, home=home())


@bp.post("/mi-cuenta/segundo-paso/codigos")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def recovery_codes() -> Answer:
    if refusal := ask_for_proof(url_for("accounts.factors")):
        return refusal
    codes = services.new_recovery_codes(current_user, now=clock.now())
    db.session.commit()
    return render_template("accounts/recovery_codes.html", codes=codes, home=home())


@bp.post("/mi-cuenta/segundo-paso/aplicacion/quitar")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def remove_authenticator() -> Answer:
    if refusal := ask_for_proof(url_for("accounts.factors")):
        return refusal
    try:
        services.remove_authenticator(current_user, is_required=is_required(), now=clock.now())
    except RuleBroken as broken:
        flash(sentence(PROBLEMS, broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(_("La aplicación ya no se pide al ingresar."), "good")
    return redirect(url_for("accounts.factors"), 303)
